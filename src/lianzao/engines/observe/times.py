"""Set-up and run times, waiting and yields, gathered from reports by part, operation and resource."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from lianzao.engines.observe.operations import Step
from lianzao.engines.observe.reports import Kind
from lianzao.engines.observe.site import Time
from lianzao.engines.observe.spread import spread

HOUR = 3600.0
SHORTEST_WAIT = 0.1  # hours; less is the walk to the next machine
OFTEN = 0.25  # of the orders at a machine: set up in fewer is a slip of the code, no set-up
PIECES = 20.0  # by which an operation's yield leans on the shop's

Place = tuple[str, str, str]
"""Part, operation, resource."""


class Times:
    """Durations by place, each leaning on what is like it: `levels` from the widest to the place itself."""

    def __init__(self, cases: Iterable[tuple[Place, float]], levels: Sequence[tuple[int, ...]]) -> None:
        self._levels = levels
        self._cases: dict[tuple[str, ...], list[float]] = defaultdict(list)
        for place, value in cases:
            for level in levels:
                self._cases[_pick(place, level)].append(value)

    def at(self, place: Place) -> Time | None:
        """The time there, None where nothing like it was ever measured."""
        time = None
        for level in self._levels:
            time = spread(self._cases.get(_pick(place, level), ()), time)
        return time

    def seen(self, *like: str) -> int:
        """In how many cases, at one of the levels."""
        return len(self._cases.get(like, ()))


def _pick(place: Place, level: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(place[at] for at in level)


def per_piece(steps: Iterable[Step]) -> Times:
    """Minutes per piece, good or not, one case for each order at a place; reports without pieces add their minutes."""
    minutes: dict[tuple[str, Place], float] = defaultdict(float)
    pieces: dict[tuple[str, Place], float] = defaultdict(float)
    for operation, report in steps:
        if report.kind is Kind.RUN and report.minutes is not None:
            case = (report.order, (report.part, operation, report.resource))
            minutes[case] += report.minutes
            pieces[case] += report.good + report.rejected
    by_work = ((1,), (1, 0), (1, 0, 2))  # a piece takes long for what it is, wherever it is made
    return Times(((case[1], minutes[case] / made) for case, made in pieces.items() if made > 0), by_work)


def set_ups(steps: Sequence[Step]) -> Callable[[Place], Time | None]:
    """Minutes of set-up, one case for each order at a place; None where an operation is seldom set up at a resource."""
    minutes: dict[tuple[str, Place], float] = defaultdict(float)
    for operation, report in steps:
        if report.kind is Kind.SETUP and report.minutes is not None:
            minutes[report.order, (report.part, operation, report.resource)] += report.minutes
    by_machine = ((1, 2), (1, 2, 0))
    measured = Times(((case[1], took) for case, took in minutes.items()), by_machine)
    visits = Counter(
        (operation, resource)
        for operation, resource, _ in {(step.operation, step.report.resource, step.report.order) for step in steps}
    )

    def at(place: Place) -> Time | None:
        _, operation, resource = place
        usual = measured.seen(operation, resource) >= OFTEN * visits[operation, resource]
        return measured.at(place) if usual else None

    return at


def waits(steps: Iterable[Step]) -> dict[str, Time]:
    """By resource, hours from the last report of an order's operation to the first of its next one there.

    Where only the day of a report is known, its end is taken, so that such a wait is too long by up to a day.
    """
    by_order: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_order[step.report.order].append(step)
    waited: dict[str, list[float]] = defaultdict(list)
    for own in by_order.values():
        own.sort(key=lambda step: (step.report.taken_up, step.report.ended, step.operation))
        free = own[0].report.ended
        for before, after in pairwise(own):
            if after.operation != before.operation:
                waited[after.report.resource].append((after.report.taken_up - free) / HOUR)
            free = max(free, after.report.ended)
    real = {resource: [hours for hours in cases if hours > SHORTEST_WAIT] for resource, cases in waited.items()}
    everywhere = spread(hours for cases in real.values() for hours in cases)
    found = ((resource, spread(cases, everywhere)) for resource, cases in real.items() if cases)
    return {resource: time for resource, time in found if time is not None}


def first_pass(steps: Sequence[Step]) -> dict[tuple[str, str], float]:
    """By part and operation, the share of pieces that were good, leaning on the shop's share by PIECES."""
    good: dict[tuple[str, str], float] = defaultdict(float)
    bad: dict[tuple[str, str], float] = defaultdict(float)
    for operation, report in steps:
        good[report.part, operation] += report.good
        bad[report.part, operation] += report.rejected
    whole = sum(good.values()) + sum(bad.values())
    usual = sum(good.values()) / whole if whole else 1.0
    return {
        place: (good[place] + PIECES * usual) / (good[place] + bad[place] + PIECES)
        for place in good.keys() | bad.keys()
    }
