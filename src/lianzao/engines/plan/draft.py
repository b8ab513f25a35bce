"""A schedule in the making: one option for each operation, everything as early as that allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianzao.engines.plan.net import ANY_LEG, NEVER, OUT, LegChoice, Net, OnResource
from lianzao.engines.plan.problem import Resource
from lianzao.engines.plan.timeline import Fit

Floors = Mapping[tuple[int, int], int]
"""(operation, option) → earliest start that the search imposes; NEVER forbids the option."""

NO_FLOORS: Floors = {}


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes from one operation to the next: `leg` is OUT where nothing travels."""

    ready: int
    arrival: int
    leg: int


@dataclass(frozen=True, slots=True)
class Draft:
    """By number of operation: its option, when all it needs was there, its place, and the owner's answer."""

    options: tuple[int, ...]
    readies: tuple[int, ...]
    fits: tuple[Fit, ...]
    answered: tuple[int, ...]
    carried: Mapping[tuple[int, int], Carried]
    ready: int
    arrival: int


@dataclass(frozen=True, slots=True)
class Overload:
    """`operations` overload a resource together until `until`: one of them must start then or later."""

    operations: tuple[int, ...]
    until: int


def drafted(net: Net, options: Sequence[int], floors: Floors = NO_FLOORS, legs: LegChoice = ANY_LEG) -> Draft | None:
    """Everything placed in turn, as if no operation stood in another's way; None when something has no place."""
    readies: list[int] = []
    fits: list[Fit] = []
    answered: list[int] = []
    carried: dict[tuple[int, int], Carried] = {}

    def carry(before: int, lag: int, to: int, target: str | None) -> int:
        origin, ready = net.options[before][options[before]].site, answered[before] + lag
        arrival, leg = net.arrival(origin, target, ready, legs.get((before, to)))
        carried[before, to] = Carried(ready, arrival, leg)
        return arrival

    for number, chosen in enumerate(options):
        site = net.options[number][chosen].site
        ready = net.release(number)
        for before, lag in net.arcs[number]:
            ready = max(ready, carry(before, lag, number, site))
        earliest = max(ready, floors.get((number, chosen), 0))
        fit = None if earliest >= NEVER else net.place(number, chosen, earliest)
        if fit is None:
            return None
        readies.append(ready)
        fits.append(fit)
        answered.append(net.answered(number, chosen, fit.end))
    arrival = max(carry(last, 0, OUT, net.problem.destination) for last in net.lasts)
    if arrival >= NEVER:
        return None
    ready = max(answered[last] for last in net.lasts)
    return Draft(tuple(options), tuple(readies), tuple(fits), tuple(answered), carried, ready, arrival)


def first_overload(net: Net, draft: Draft) -> Overload | None:
    """Where operations of the draft overload a resource with each other, if they do."""
    if net.is_chain:
        return None
    sharing: dict[str, list[int]] = {}
    for number, chosen in enumerate(draft.options):
        option = net.options[number][chosen]
        if isinstance(option, OnResource):
            sharing.setdefault(option.resource.key, []).append(number)
    for key, numbers in sharing.items():
        if len(numbers) > 1:
            members = [(number, draft.fits[number], _units(net, number, draft.options[number])) for number in numbers]
            found = overload(net.problem.resources[key], members)
            if found is not None:
                return found
    return None


def overload(resource: Resource, members: Sequence[tuple[int, Fit, int]]) -> Overload | None:
    """The first time at which `members` (operation, place, units), each fitting alone, take too much together."""
    if not _overlap(members):
        return None
    booked = resource.timeline(1)
    first, last = min(fit.start for _, fit, _ in members), max(fit.end for _, fit, _ in members)
    moments = {fit.start for _, fit, _ in members} | set(booked.changes_within(first, last))
    for moment in sorted(moments):
        level, until = booked.booked(moment)
        active = sorted(
            ((units, number, fit.end) for number, fit, units in members if fit.start <= moment < fit.end), reverse=True
        )
        if len(active) < 2 or level + sum(units for units, _, _ in active) <= resource.capacity:
            continue
        taken = level
        few: list[tuple[int, int, int]] = []
        while taken <= resource.capacity:
            few.append(active[len(few)])
            taken += few[-1][0]
        units_of_few, first_end = taken - level, min(end for _, _, end in few)
        while until < first_end and booked.booked(int(until))[0] + units_of_few > resource.capacity:
            until = booked.booked(int(until))[1]
        return Overload(tuple(number for _, number, _ in few), int(min(until, first_end)))
    return None


def _overlap(members: Iterable[tuple[int, Fit, int]]) -> bool:
    reach = -1
    for start, end in sorted((fit.start, fit.end) for _, fit, _ in members):
        if start < reach:
            return True
        reach = max(reach, end)
    return False


def _units(net: Net, number: int, chosen: int) -> int:
    option = net.options[number][chosen]
    return option.mode.units if isinstance(option, OnResource) else 0
