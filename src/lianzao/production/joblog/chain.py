"""Why an order takes as long as it does: its lead time shared out over waiting, set-up and work of its operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianzao.engines.observe import LearnedMode, LearnedOperation, LearnedSite

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Span:
    """Part of an order's lead time: `because` is queue, set-up or work."""

    because: str
    operation: str
    resource: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Usual:
    """An operation on the resource it is mostly done on."""

    operation: LearnedOperation
    mode: LearnedMode


def usual_routing(shop: LearnedSite, part: str) -> list[Usual]:
    """How `part` is mostly made; nothing for a part whose reports tell of no step."""
    found = next((each for each in shop.parts if each.name == part), None)
    if found is None or not found.routings:
        return []
    return [Usual(each, each.modes[0]) for each in found.routings[0].operations if each.modes]


def chain(shop: LearnedSite, routing: Sequence[Usual], quantity: float, start: int, end: int) -> list[Span]:
    """The time from `start` to `end` as spans that fill it: touch times as learnt, the rest is waiting.

    Waiting is shared out as work was seen to lie before each resource; where touch times alone are longer than the
    whole, as several pieces are then under way at once, they are shortened alike.
    """
    whole = end - start
    if whole <= 0:
        return []
    if not routing:
        return [Span("queue", "", "", start, end)]
    waits = {each.name: each.wait_hours.mean * HOUR if each.wait_hours else 0.0 for each in shop.resources}
    set_ups = [each.mode.set_up.median * MINUTE if each.mode.set_up else 0.0 for each in routing]
    works = [each.mode.per_piece.median * MINUTE * quantity if each.mode.per_piece else 0.0 for each in routing]
    lying = [waits.get(each.mode.resource, 0.0) for each in routing]
    touch = sum(set_ups) + sum(works)
    shorter = min(1.0, whole / touch) if touch else 1.0
    longer = (whole - touch * shorter) / sum(lying) if sum(lying) else 0.0
    spans: list[Span] = []
    moment = float(start)
    for each, lies, sets_up, works_on in zip(routing, lying, set_ups, works, strict=True):
        for because, seconds in (("queue", lies * longer), ("set-up", sets_up * shorter), ("work", works_on * shorter)):
            begins, moment = moment, moment + seconds
            if round(moment) > round(begins):
                spans.append(Span(because, each.operation.name, each.mode.resource, round(begins), round(moment)))
    return _filled(spans, start, end)


def _filled(spans: list[Span], start: int, end: int) -> list[Span]:
    """Rounding, or a shop where nothing was seen to wait, leaves a rest: it is waiting before everything."""
    ends = spans[-1].end if spans else start
    if ends == end:
        return spans
    rest = end - ends
    later = [Span(each.because, each.operation, each.resource, each.start + rest, each.end + rest) for each in spans]
    if rest > 0:
        return [Span("queue", "", "", start, start + rest), *later]
    first = later[0]
    return [Span(first.because, first.operation, first.resource, start, first.end), *later[1:]]
