"""What can be had for money: for each operation and site, the ends that no other end beats in both time and cost.

Exact in itself for chains and trees, as long as no front is longer than LABELS; longer ones are thinned, keeping the
fastest and the cheapest, and the result says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from lianzao.engines.plan.draft import Floors
from lianzao.engines.plan.net import NEVER, OUT, LegChoice, Net, travelled
from lianzao.engines.plan.problem import FREE, Leg

LABELS = 48


class Label(NamedTuple):
    """Something reached at `time` for `cost`, all before it included. `made_of` leads back through what it needs.

    A label of an operation has its `option`; one that came over an arc has the arc and its leg.
    """

    time: int
    cost: Decimal
    option: int
    arc: tuple[int, int]
    made_of: tuple[Label, ...]


NO_ARC = (OUT, OUT)


@dataclass(frozen=True, slots=True)
class Front:
    """Labels at the destination, from the fastest to the cheapest."""

    labels: Sequence[Label]
    thinned: bool


def front_of(net: Net, floors: Floors, legs: LegChoice, deadline: int) -> Front:
    """All that arrives by `deadline`, as if no operation of the plan stood in another's way."""
    growing = _Growing(net, floors, legs, deadline)
    for number in range(len(net.operations)):
        growing.grow(number)
    labels = growing.joined([(last, 0) for last in net.lasts], OUT, net.problem.destination)
    return Front(labels, growing.thinned)


def chosen_by(net: Net, label: Label) -> tuple[list[int], dict[tuple[int, int], int]]:
    """The option of every operation, and the leg of every arc, that led to `label` at the destination."""
    options = [OUT] * len(net.operations)
    legs: dict[tuple[int, int], int] = {}
    waiting = list(label.made_of)
    while waiting:
        part = waiting.pop()
        waiting.extend(part.made_of)
        if part.arc == NO_ARC:
            continue
        before = part.arc[0]
        if part.option != OUT:
            legs[part.arc] = part.option
        if part.made_of:
            options[before] = part.made_of[0].option
    return options, legs


class _Growing:
    def __init__(self, net: Net, floors: Floors, legs: LegChoice, deadline: int) -> None:
        self.net, self.floors, self.legs, self.deadline = net, floors, legs, deadline
        self.fronts: list[dict[str | None, list[Label]]] = []
        self.thinned = False
        self._by_ways: dict[tuple[int, ...], list[Label]] = {}

    def grow(self, number: int) -> None:
        """The fronts of an operation, by site, from those of all before it."""
        reached: dict[str | None, list[Label]] = {}
        grown: dict[str | None, list[Label]] = {}
        for chosen, option in enumerate(self.net.options[number]):
            site = option.site
            if site not in reached:
                reached[site] = self.joined(self.net.arcs[number], number, site)
            floor = self.floors.get((number, chosen), 0)
            for label in reached[site]:
                end = self.net.end(number, chosen, max(label.time, floor))
                answered = self.net.answered(number, chosen, end)
                if answered <= self.deadline:
                    made = Label(answered, label.cost + option.mode.cost, chosen, NO_ARC, label.made_of)
                    grown.setdefault(site, []).append(made)
        self.fronts.append({site: self._pruned(labels) for site, labels in grown.items()})

    def joined(self, arcs: Sequence[tuple[int, int]], to: int, site: str | None) -> list[Label]:
        """When everything before `to` can be at `site`, and for how much."""
        start = self.net.problem.release if to == OUT else self.net.release(to)
        carried = [self._carried(before, lag, to, site) for before, lag in arcs]
        if not all(carried):
            return []
        times = sorted({max(start, label.time) for labels in carried for label in labels}) or [start]
        clocks = [[label.time for label in labels] for labels in carried]
        found = []
        for time in times:
            places = [bisect_right(clock, time) - 1 for clock in clocks]
            if all(place >= 0 for place in places):
                parts = tuple(labels[place] for labels, place in zip(carried, places, strict=True))
                found.append(Label(time, sum((part.cost for part in parts), FREE), OUT, NO_ARC, parts))
        return self._pruned(found)

    def _carried(self, before: int, lag: int, to: int, site: str | None) -> list[Label]:
        """One arc; the same for all sites that are reached in the same ways, which sites of one place often share."""
        ways = [self.net.legs(origin, site) for origin in self.fronts[before]]
        key = (before, lag, to, *map(id, ways))  # the problem keeps them
        if key not in self._by_ways:
            self._by_ways[key] = self._carried_by(ways, before, lag, to)
        return self._by_ways[key]

    def _carried_by(self, ways_from: Sequence[Sequence[Leg] | None], before: int, lag: int, to: int) -> list[Label]:
        """An operation with several followers is paid for by the first; to the others it comes free."""
        arc, only = (before, to), self.legs.get((before, to))
        found = []
        for ways, labels in zip(ways_from, self.fronts[before].values(), strict=True):
            for label in labels:
                if ways is None:
                    found.append(Label(label.time + lag, label.cost, OUT, arc, (label,)))
                    continue
                for choice, way in enumerate(ways):
                    if only is None or only == choice:
                        arrival = travelled(way, label.time + lag)[2]
                        found.append(Label(arrival, label.cost + way.cost, choice, arc, (label,)))
        followers = self.net.followers[before]
        if followers and followers[0] != to and found:
            return [Label(min(label.time for label in found), FREE, OUT, arc, ())]
        return self._pruned(found)

    def _pruned(self, labels: Iterable[Label]) -> list[Label]:
        """Only what nothing beats in time and cost, by time."""
        kept: list[Label] = []
        for label in sorted(labels, key=lambda one: one[:2]):
            if label.time > min(self.deadline, NEVER - 1):
                break
            if not kept or label.cost < kept[-1].cost:
                kept.append(label)
        if len(kept) <= LABELS:
            return kept
        self.thinned = True
        return [kept[place * (len(kept) - 1) // (LABELS - 1)] for place in range(LABELS)]
