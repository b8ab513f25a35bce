"""From reports to the site that wrote them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from statistics import median

from lianzao.engines.observe import times, week
from lianzao.engines.observe.operations import Step, is_rework, steps_of
from lianzao.engines.observe.overlap import capacity
from lianzao.engines.observe.reports import Report
from lianzao.engines.observe.routings import Variant, paths, variants
from lianzao.engines.observe.site import (
    LearnedMode,
    LearnedOperation,
    LearnedPart,
    LearnedResource,
    LearnedRouting,
    LearnedSite,
)

HOUR = 3600.0


def learn(reports: Sequence[Report], whole: Collection[str] = ()) -> LearnedSite:
    """The site behind `reports`, at least one.

    `whole` names the orders seen from their first operation to their last: routings are taken from these, and from
    the others only for parts that have none.
    """
    steps = steps_of(reports)
    site_hours = week.site_hours(week.worked(reports))
    by_part: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_part[report.part].append(report)
    learner = _Routings(steps, frozenset(whole))
    return LearnedSite(
        began=min(report.began for report in reports),
        ended=max(report.known for report in reports),
        orders=len({report.order for report in reports}),
        shifts=week.shifts(site_hours),
        resources=_resources(reports, steps, site_hours),
        parts=tuple(_part(name, by_part[name], learner) for name in sorted(by_part)),
    )


def _resources(
    reports: Sequence[Report], steps: Sequence[Step], site_hours: Sequence[bool]
) -> tuple[LearnedResource, ...]:
    by_name: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_name[report.resource].append(report)
    waited = times.waits(steps)
    found = []
    for name in sorted(by_name):
        own = by_name[name]
        hours = week.resource_hours(week.worked(own), site_hours)
        found.append(
            LearnedResource(
                name=name,
                capacity=capacity(own),
                shifts=week.shifts(site_hours if hours is None else hours),
                own_calendar=hours is not None,
                reports=len(own),
                busy_hours=sum(report.ended - report.began for report in own if report.timed) / HOUR,
                wait_hours=waited.get(name),
            )
        )
    return tuple(found)


def _part(name: str, reports: Sequence[Report], learner: _Routings) -> LearnedPart:
    quantities = {report.order: report.order_quantity for report in reports}
    return LearnedPart(
        name=name,
        orders=len(quantities),
        quantity=float(median(quantities.values())),
        first_pass=_untouched(reports, sum(quantities.values())),
        routings=learner.of(name),
    )


def _untouched(reports: Sequence[Report], ordered: float) -> float:
    """The share of `ordered` pieces that nobody rejected or reworked."""
    touched = sum(report.rejected + (report.good if is_rework(report) else 0.0) for report in reports)
    return max(1.0 - touched / ordered, 0.0)


class _Routings:
    """The routings of each part, with the times and yields that all parts share."""

    def __init__(self, steps: Sequence[Step], whole: frozenset[str]) -> None:
        self._per_piece = times.per_piece(steps)
        self._set_up = times.set_ups(steps)
        self._first_pass = times.first_pass(steps)
        self._paths: dict[str, dict[str, tuple[str, ...]]] = {}
        self._choices: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        of_part: dict[str, list[Step]] = defaultdict(list)
        for step in steps:
            of_part[step.report.part].append(step)
        for part, own in of_part.items():  # an order that names two parts is made in two ways
            self._paths[part] = paths(own)
        for (_, part, operation), resource in {
            ((step.report.order, step.report.part, step.operation), step.report.resource) for step in steps
        }:
            self._choices[part, operation][resource] += 1
        self._whole = whole

    def of(self, part: str) -> tuple[LearnedRouting, ...]:
        all_paths = self._paths.get(part, {})
        seen_whole = {order: path for order, path in all_paths.items() if order in self._whole}
        found = variants(seen_whole or all_paths)
        orders = sum(len(variant.orders) for variant in found)
        return tuple(self._routing(part, number, variant, orders) for number, variant in enumerate(found, 1))

    def _routing(self, part: str, number: int, variant: Variant, orders: int) -> LearnedRouting:
        return LearnedRouting(
            variant=number,
            orders=len(variant.orders),
            share=len(variant.orders) / orders,
            operations=tuple(
                LearnedOperation(name, present, self._first_pass[part, name], self._modes(part, name))
                for name, present in variant.operations
            ),
        )

    def _modes(self, part: str, operation: str) -> tuple[LearnedMode, ...]:
        choices = self._choices[part, operation]
        return tuple(
            LearnedMode(
                resource=resource,
                share=count / choices.total(),
                set_up=self._set_up((part, operation, resource)),
                per_piece=self._per_piece.at((part, operation, resource)),
            )
            for resource, count in sorted(choices.items(), key=lambda item: (-item[1], item[0]))
        )
