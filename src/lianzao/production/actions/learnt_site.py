"""A site that was learnt from a log, as rows: work centres, resources, calendar, items with routings and modes.

What a log does not say is filled in the same way for all: the zone is UTC, as no log names one; a shop whose week could
not be learnt works Monday to Friday from 8 to 17; an operation that nobody timed, as packing often is, takes a minute
a piece, give or take as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from math import exp, sqrt

from lianzao.capacity.models import Calendar, ShiftRule
from lianzao.catalog.models import Item, Step, StepMode
from lianzao.engines.observe import LearnedMode, LearnedOperation, LearnedPart, LearnedSite, Shift, Time
from lianzao.network.models import Resource, Site, WorkCentre
from lianzao.production.models import LogImport, LogRouting

ZONE = "UTC"
USUAL_WEEK = tuple(Shift(weekday, 8 * 60, 17 * 60) for weekday in range(5))
UNTIMED = Time(median=1.0, sigma=0.7, seen=0)  # minutes per piece
NO_SET_UP = Time(median=0.0, sigma=0.0, seen=0)
MOST_MINUTES = Decimal(9_999_999)
MOST_SPREAD = 2.0  # beyond it a figure from a few rows says only that nothing is known
APART = 10  # between the numbers of steps, so that one can be put between
VARIANT = 10_000  # between the numbers of the steps of one variant and the next


@dataclass(frozen=True, slots=True)
class Machines:
    """The work centres and resources by the name the log gives both."""

    centres: Mapping[str, WorkCentre]
    resources: Mapping[str, Resource]


def add_machines(site: Site, learnt: LearnedSite) -> Machines:
    """A work centre for each resource, as a log groups none; a pool is one resource of its capacity."""
    centres = {each.name: WorkCentre(site=site, name=each.name) for each in learnt.resources}
    WorkCentre.objects.bulk_create(centres.values())
    resources = {
        each.name: Resource(work_centre=centres[each.name], name=each.name, capacity=each.capacity)
        for each in learnt.resources
    }
    Resource.objects.bulk_create(resources.values())
    return Machines(centres, resources)


def add_calendar(site: Site, learnt: LearnedSite, machines: Machines, confirmed_at: datetime) -> None:
    """The site's week, and that of each resource with hours of its own. Holidays no log tells, so none are kept."""
    calendar = Calendar.objects.create(site=site, confirmed_at=confirmed_at)
    rules = [*_rules(calendar, None, learnt.shifts or USUAL_WEEK)]
    for each in learnt.resources:
        if each.own_calendar and each.shifts:
            rules += _rules(calendar, machines.centres[each.name], each.shifts)
    ShiftRule.objects.bulk_create(rules)


def add_items(site: Site, log: LogImport, learnt: LearnedSite, machines: Machines, language: str) -> None:
    """An item for each part; its other ways of being made are steps under a feature that nobody selects by default."""
    items = {
        part.name: Item(code=part.name, name={language: part.name}, site=site, origin_import=log.ref)
        for part in learnt.parts
    }
    Item.objects.bulk_create(items.values())
    routings: list[LogRouting] = []
    planned: list[tuple[Step, LearnedOperation]] = []
    for part in learnt.parts:
        item = items[part.name]
        routings += _routings(log, item, part)
        planned += _steps(item, part, language)
    LogRouting.objects.bulk_create(routings)
    Step.objects.bulk_create(step for step, _ in planned)
    StepMode.objects.bulk_create(
        _mode(step, machines.resources[mode.resource], mode) for step, operation in planned for mode in operation.modes
    )


def minutes(time: Time, places: str) -> Decimal:
    """The median as the catalogue keeps it."""
    return min(Decimal(time.median), MOST_MINUTES).quantize(Decimal(places))


def spread(time: Time) -> float:
    """The relative standard deviation of a log-normal time, as plans take it."""
    return min(sqrt(max(exp(min(time.sigma, MOST_SPREAD) ** 2) - 1, 0.0)), MOST_SPREAD)


def _rules(calendar: Calendar, centre: WorkCentre | None, shifts: Iterable[Shift]) -> Iterator[ShiftRule]:
    days: dict[tuple[int, int], list[int]] = defaultdict(list)
    for shift in shifts:
        days[shift.starts, shift.ends].append(shift.weekday)
    for (starts, ends), weekdays in sorted(days.items()):
        yield ShiftRule(
            calendar=calendar, work_centre=centre, weekdays=weekdays, start=_clock(starts), end=_clock(ends)
        )


def _clock(minute: int) -> time:
    """Midnight at a day's end is the next day's first moment."""
    return time(minute // 60 % 24, minute % 60)


def _feature(variant: int) -> str:
    return "" if variant == 1 else f"routing-{variant}"


def _routings(log: LogImport, item: Item, part: LearnedPart) -> Iterator[LogRouting]:
    for each in part.routings:
        yield LogRouting(
            log=log,
            item=item,
            variant=each.variant,
            feature=_feature(each.variant),
            orders=each.orders,
            share=each.share,
            first_pass=part.first_pass,
        )


def _steps(item: Item, part: LearnedPart, language: str) -> Iterator[tuple[Step, LearnedOperation]]:
    others = [f"!{_feature(each.variant)}" for each in part.routings if each.variant > 1]
    for routing in part.routings:
        for place, operation in enumerate(routing.operations, 1):
            usual = operation.modes[0]
            step = Step(
                item=item,
                number=(routing.variant - 1) * VARIANT + place * APART,
                name={language: operation.name},
                setup=minutes(usual.set_up or NO_SET_UP, "0.001"),
                run=minutes(usual.per_piece or UNTIMED, "0.00001"),
                spread=spread(usual.per_piece or UNTIMED),
                when=others if routing.variant == 1 else [_feature(routing.variant)],
            )
            yield step, operation


def _mode(step: Step, resource: Resource, mode: LearnedMode) -> StepMode:
    return StepMode(
        step=step,
        resource=resource,
        setup=minutes(mode.set_up or NO_SET_UP, "0.001"),
        run=minutes(mode.per_piece or UNTIMED, "0.00001"),
        spread=spread(mode.per_piece or UNTIMED),
    )
