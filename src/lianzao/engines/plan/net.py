"""A problem made ready for search: operations numbered in an order that respects precedence, answers remembered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lianzao.base.messages import _
from lianzao.engines.plan.problem import FREE, Delay, Leg, Mode, Operation, Problem, Resource
from lianzao.engines.plan.refusals import BadProblem, NoMode
from lianzao.engines.plan.timeline import Fit

NEVER: Final = 1 << 62
OUT: Final = -1
"""Stands for the destination where the number of an operation is asked for."""

LegChoice = Mapping[tuple[int, int], int]
"""(operation, operation it goes to or OUT) → the one leg allowed."""

ANY_LEG: LegChoice = {}


@dataclass(frozen=True, slots=True)
class OnResource:
    """A mode with its resource. `index` is its place among the operation's modes."""

    index: int
    mode: Mode
    resource: Resource

    @property
    def site(self) -> str:
        return self.resource.site

    @property
    def owner(self) -> str:
        return self.resource.owner


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delay among the modes of an operation."""

    index: int
    mode: Delay

    @property
    def site(self) -> str | None:
        return self.mode.site

    @property
    def owner(self) -> str:
        return self.mode.owner


Option = OnResource | Waiting


class Net:
    """Numbered operations; `options[n]` are those of operation n, cheap ones first, so that ties go to the cheap."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.operations = _in_order(problem.operations)
        number = {operation.key: n for n, operation in enumerate(self.operations)}
        self.arcs = [[(number[arc.operation], arc.lag) for arc in operation.after] for operation in self.operations]
        self.followers: list[list[int]] = [[] for _ in self.operations]
        for follower, arcs in enumerate(self.arcs):
            for before, _lag in arcs:
                self.followers[before].append(follower)
        self.lasts = [n for n, followers in enumerate(self.followers) if not followers]
        self.options = [self._options(operation) for operation in self.operations]
        self._fits: dict[tuple[int, int, int], Fit | None] = {}
        self._arrivals: dict[tuple[str, str, int, int | None], tuple[int, int]] = {}

    @property
    def is_chain(self) -> bool:
        """Whether no two operations can ever be under way at once."""
        return self.is_tree and len(self.lasts) == 1 and all(len(arcs) <= 1 for arcs in self.arcs)

    @property
    def is_tree(self) -> bool:
        """Whether each result goes to one place."""
        return all(len(followers) <= 1 for followers in self.followers)

    def place(self, operation: int, option: int, earliest: int) -> Fit | None:
        """Where `operation` ends first in this option, from `earliest` on, as if no other of ours were there."""
        key = (operation, option, earliest)
        if key not in self._fits:
            self._fits[key] = self._place(operation, self.options[operation][option], earliest)
        return self._fits[key]

    def end(self, operation: int, option: int, earliest: int) -> int:
        """The end of that place, or NEVER."""
        if earliest >= NEVER:
            return NEVER
        fit = self.place(operation, option, earliest)
        return NEVER if fit is None else fit.end

    def answered(self, operation: int, option: int, end: int) -> int:
        """When what was made until `end` counts as ready: all that comes after starts from here."""
        return end if end >= NEVER else self.options[operation][option].mode.answered(end)

    def release(self, operation: int) -> int:
        """Before this it cannot start, whatever the mode."""
        return max(self.problem.release, self.operations[operation].release)

    def legs(self, origin: str | None, target: str | None) -> Sequence[Leg] | None:
        """The ways between two sites; None where nothing needs to travel."""
        if origin is None or target is None or origin == target:
            return None
        return self.problem.transports.get((origin, target), ())

    def arrival(self, origin: str | None, target: str | None, ready: int, leg: int | None = None) -> tuple[int, int]:
        """When what is ready at `origin` is at `target` at the earliest, and by which leg (OUT for none at all).

        `leg` allows that one only. (NEVER, OUT) when there is no way.
        """
        if origin is None or target is None or origin == target or ready >= NEVER:
            return ready, OUT
        key = (origin, target, ready, leg)
        if key not in self._arrivals:
            ways = [
                (travelled(way, ready)[2], way.cost, choice)
                for choice, way in enumerate(self.problem.transports.get((origin, target), ()))
                if leg is None or leg == choice
            ]
            arrival, _cost, choice = min(ways, default=(NEVER, FREE, OUT))
            self._arrivals[key] = arrival, choice
        return self._arrivals[key]

    def _options(self, operation: Operation) -> list[Option]:
        if not operation.modes:
            raise NoMode(at=operation.key, operation=operation.key)
        found: list[Option] = []
        for index, mode in enumerate(operation.modes):
            if isinstance(mode, Delay):
                found.append(Waiting(index, mode))
                continue
            resource = self.problem.resources.get(mode.resource)
            if resource is None:
                raise BadProblem(_("Resource “{key}” is not in the problem."), at=operation.key, key=mode.resource)
            found.append(OnResource(index, mode, resource))
        return sorted(found, key=lambda option: option.mode.cost)

    def _place(self, operation: int, option: Option, earliest: int) -> Fit | None:
        earliest = max(earliest, option.mode.release)
        if isinstance(option, Waiting):
            start = next_departure(option.mode.departures, earliest)
            return None if start >= NEVER else Fit(start, start, start + option.mode.seconds)
        mode, timeline = option.mode, option.resource.timeline(option.mode.units)
        return timeline.fit(earliest, mode.setup, mode.run, interruptible=self.operations[operation].interruptible)


def next_departure(departures: Sequence[int] | None, ready: int) -> int:
    """The first departure not before `ready`; without a timetable, at once."""
    if departures is None:
        return ready
    place = bisect_left(departures, ready)
    return departures[place] if place < len(departures) else NEVER


def travelled(leg: Leg, ready: int) -> tuple[int, int, int]:
    """Departure, arrival at customs, arrival."""
    start = next_departure(leg.departures, ready)
    if start >= NEVER:
        return NEVER, NEVER, NEVER
    return start, start + leg.seconds, start + leg.seconds + leg.customs


def _in_order(operations: Sequence[Operation]) -> list[Operation]:
    """Each after all it comes after; otherwise as given."""
    by_key = {operation.key: operation for operation in operations}
    if not operations or len(by_key) != len(operations):
        raise BadProblem(_("There must be operations, each with a key of its own."), at="operations")
    ordered: dict[str, Operation] = {}
    waiting = list(operations)
    while waiting:
        still = []
        for operation in waiting:
            if all(arc.operation in ordered for arc in operation.after):
                ordered[operation.key] = operation
            else:
                still.append(operation)
        if len(still) == len(waiting):
            raise BadProblem(
                _("Operation “{operation}” comes after itself, or after one that does not exist."),
                at=still[0].key,
                operation=still[0].key,
            )
        waiting = still
    return list(ordered.values())
