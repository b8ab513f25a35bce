"""The earliest arrival, exactly.

In a relaxed problem, in which operations of the same plan do not stand in each other's way, the earliest end of each
(operation, option) follows from those before it, since a later start never ends earlier. For a chain, that is it.
Where operations of a tree overload a resource together until some moment, one of them must start then or later:
branching over which one, best bound first, is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from lianzao.engines.plan.draft import NO_FLOORS, Draft, Floors, drafted, first_overload
from lianzao.engines.plan.net import ANY_LEG, NEVER, OUT, LegChoice, Net
from lianzao.engines.plan.refusals import NoPlan, NoTime, NoWay
from lianzao.engines.plan.series import in_series, longest_after_first

NODES = 400
"""Relaxed problems looked at before the search is content with what it has."""
DIVE_EVERY = 12
"""One in so many of them is also made into a whole plan, so that there is a good one when the search ends."""


@dataclass(frozen=True, slots=True)
class Found:
    draft: Draft
    exact: bool


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Earliest ends by operation and option; the best by operation and site: (when it is answered, option)."""

    floors: Floors
    ends: list[list[int]]
    best: list[dict[str | None, tuple[int, int]]]
    arrival: int


def earliest(net: Net, floors: Floors = NO_FLOORS, legs: LegChoice = ANY_LEG, nodes: int = NODES) -> Found:
    """The draft that arrives first. Raises NoTime, NoWay."""
    root = _relax(net, floors, legs)
    if root.arrival >= NEVER:
        raise _refusal(net, root, legs)
    best = _accepted(net, root, legs)
    if best is not None:
        return Found(best, exact=True)
    choices = _choices(net, root, legs)
    best = _sooner(
        in_series(net, choices, floors, legs), in_series(net, choices, floors, legs, longest_after_first(net))
    )
    order = count()
    heap = [(root.arrival, 0, next(order), root)]
    while heap and nodes > 0:
        bound, depth, turn, node = heappop(heap)
        if best is not None and bound >= best.arrival:
            return Found(best, exact=True)
        draft = _accepted(net, node, legs)
        if draft is not None:
            return Found(draft, exact=True)
        if turn % DIVE_EVERY == 1:
            best = _sooner(best, in_series(net, _choices(net, node, legs), node.floors, legs))
        for changed, child_floors in _branches(net, node, legs):
            nodes -= 1
            child = _relax(net, child_floors, legs, node, changed)
            if child.arrival < (NEVER if best is None else best.arrival):
                heappush(heap, (child.arrival, depth - 1, next(order), child))
    if best is None:
        busiest = net.operations[net.lasts[-1]].key
        raise NoTime(at=busiest, operation=busiest)
    return Found(best, exact=not heap or heap[0][0] >= best.arrival)


def _sooner(one: Draft | None, other: Draft | None) -> Draft | None:
    return min((draft for draft in (one, other) if draft is not None), key=lambda draft: draft.arrival, default=None)


def _relax(net: Net, floors: Floors, legs: LegChoice, parent: Relaxed | None = None, changed: int = 0) -> Relaxed:
    """All earliest ends; from `parent` only those that the new floors of operation `changed` may move."""
    ends = [] if parent is None else list(parent.ends[:changed])
    best = [] if parent is None else list(parent.best[:changed])
    moved = set(range(len(net.operations))) if parent is None else {changed}
    for number in range(len(ends), len(net.operations)):
        if number not in moved and parent is not None:
            ends.append(parent.ends[number])
            best.append(parent.best[number])
            continue
        ready_at: dict[str | None, int] = {}
        own_ends, own_best = [], dict[str | None, tuple[int, int]]()
        for chosen, option in enumerate(net.options[number]):
            site = option.site
            if site not in ready_at:
                ready_at[site] = _ready(net, best, number, site, legs)
            end = net.end(number, chosen, max(ready_at[site], floors.get((number, chosen), 0)))
            own_ends.append(end)
            answered = net.answered(number, chosen, end)
            if answered < NEVER and (site not in own_best or answered < own_best[site][0]):
                own_best[site] = (answered, chosen)
        ends.append(own_ends)
        best.append(own_best)
        if parent is not None and own_best != parent.best[number]:
            moved.update(net.followers[number])
    arrival = max(_carried(net, best, last, 0, OUT, net.problem.destination, legs)[0] for last in net.lasts)
    return Relaxed(floors, ends, best, arrival)


def _ready(
    net: Net, best: list[dict[str | None, tuple[int, int]]], number: int, site: str | None, legs: LegChoice
) -> int:
    ready = net.release(number)
    for before, lag in net.arcs[number]:
        ready = max(ready, _carried(net, best, before, lag, number, site, legs)[0])
    return ready


def _carried(
    net: Net,
    best: list[dict[str | None, tuple[int, int]]],
    before: int,
    lag: int,
    to: int,
    site: str | None,
    legs: LegChoice,
) -> tuple[int, int]:
    """When the result of `before` is at `site` at the earliest, and by which of its options."""
    leg = legs.get((before, to))
    return min(
        ((net.arrival(origin, site, ready + lag, leg)[0], chosen) for origin, (ready, chosen) in best[before].items()),
        default=(NEVER, OUT),
    )


def _choices(net: Net, node: Relaxed, legs: LegChoice) -> list[int]:
    """The option of each operation that makes the relaxed arrival; of several followers it suits the last."""
    choices = [OUT] * len(net.operations)
    for last in net.lasts:
        choices[last] = _carried(net, node.best, last, 0, OUT, net.problem.destination, legs)[1]
    for number in reversed(range(len(net.operations))):
        site = net.options[number][choices[number]].site
        for before, lag in net.arcs[number]:
            if choices[before] == OUT:
                choices[before] = _carried(net, node.best, before, lag, number, site, legs)[1]
    return choices


def _accepted(net: Net, node: Relaxed, legs: LegChoice) -> Draft | None:
    """The relaxed plan, if it holds as it stands."""
    draft = drafted(net, _choices(net, node, legs), node.floors, legs)
    if draft is None or draft.arrival > node.arrival or first_overload(net, draft) is not None:
        return None
    return draft


def _branches(net: Net, node: Relaxed, legs: LegChoice) -> list[tuple[int, Floors]]:
    """The problems that together hold every plan of this one but what is wrong with it."""
    choices = _choices(net, node, legs)
    draft = drafted(net, choices, node.floors, legs)
    if draft is None or any(draft.fits[n].end > node.ends[n][chosen] for n, chosen in enumerate(choices)):
        return _settle_site(net, node)
    found = first_overload(net, draft)
    if found is None:
        return []
    return [(number, {**node.floors, (number, choices[number]): found.until}) for number in found.operations]


def _settle_site(net: Net, node: Relaxed) -> list[tuple[int, Floors]]:
    """Followers want the result of one operation from different sites: settle it for the first of these."""
    for number, followers in enumerate(net.followers):
        if len(followers) > 1 and len(node.best[number]) > 1:
            return [
                (
                    number,
                    {
                        **node.floors,
                        **{
                            (number, chosen): NEVER
                            for chosen, option in enumerate(net.options[number])
                            if option.site != site
                        },
                    },
                )
                for site in node.best[number]
            ]
    return []


def _refusal(net: Net, node: Relaxed, legs: LegChoice) -> NoPlan:
    for number, operation in enumerate(net.operations):
        if not node.best[number]:
            reached = any(_ready(net, node.best, number, option.site, legs) < NEVER for option in net.options[number])
            refusal: type[NoPlan] = NoTime if reached else NoWay
            return refusal(at=operation.key, operation=operation.key)
    last = net.operations[net.lasts[-1]].key
    return NoWay(at=last, operation=last)
