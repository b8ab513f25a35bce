"""From tasks and candidates to the planner's problem, and from its plan to slots with names that are ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from lianzao.base.calendars import Interval
from lianzao.capacity.availability import DAY, Availability, availability
from lianzao.capacity.decisions import Load
from lianzao.catalog.models import Step
from lianzao.catalog.rates import Rates
from lianzao.catalog.sheets import Sheets
from lianzao.engines import plan
from lianzao.network.models import Resource
from lianzao.trade.candidates import Candidate
from lianzao.trade.demand import Demand, Task
from lianzao.trade.disclosure import Ports
from lianzao.trade.lanes import Lanes, Place, place_of, weekday_moments
from lianzao.trade.solution import Reason, Slot

CENT = Decimal("0.01")
BUYER = "buyer"  # the key of the buyer's place in a plan
SHIPMENT = {"en": "Shipment", "de": "Versand", "zh": "发货"}


@dataclass(frozen=True, slots=True)
class Again:
    """What stands already when work is planned again: tasks that are done or under way, an owner's later start, the
    resources kept by id, and the hold whose bookings make room for themselves."""

    done: Mapping[str, plan.Delay] = field(default_factory=dict)
    not_before: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, frozenset[int]] = field(default_factory=dict)
    hold: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A problem with its plan, and which candidate each slot is."""

    problem: plan.Problem
    plan: plan.Plan
    chosen: Mapping[str, Candidate]
    lanes: Lanes
    mass_kg: Decimal


@dataclass(frozen=True, slots=True)
class Board:
    """All that the planner needs besides the objective; composed once, planned perhaps twice."""

    problem: plan.Problem
    able: Mapping[str, Sequence[Candidate]]
    lanes: Lanes
    mass_kg: Decimal

    def planned(self, objective: plan.Objective) -> Planned:
        """Raises the planner's refusals."""
        problem = plan.Problem(
            self.problem.operations,
            self.problem.resources,
            self.problem.transports,
            self.problem.release,
            self.problem.destination,
            objective,
        )
        found = plan.plan(problem)
        chosen = {slot.operation: self.able[slot.operation][slot.mode] for slot in found.slots if slot.resource}
        return Planned(problem, found, chosen, self.lanes, self.mass_kg)


def board(
    demand: Demand,
    able: Mapping[str, Sequence[Candidate]],
    *,
    place: Place | None,
    sheets: Sheets,
    ports: Ports,
    rates: Rates,
    currency: str,
    now: int,
    until: int,
    again: Again,
) -> Board:
    """The planner's problem over live calendars, answered through `ports`. `again` says what of it stands already."""
    rows = {each.resource.id: each.resource for many in able.values() for each in many}
    times = availability(list(rows.values()), now=now, until=until, ignoring=again.hold)
    able = {key: _usable(key, able, times, demand, sheets) for key in able if key not in again.done}
    able = {
        key: [each for each in many if key not in again.kept or each.resource.id in again.kept[key]]
        for key, many in able.items()
    }
    mass = _shipped_mass(demand)
    places = {place_of(row.work_centre.site) for row in rows.values()} | ({place} if place else set())
    lanes = Lanes(places, now=now, until=until)
    costs = Costs(sheets, rates, currency)
    problem = plan.Problem(
        operations=[_operation(task, able.get(task.key, ()), costs, ports, now, until, again) for task in demand.tasks],
        resources={str(key): _resource_of(row, times[key]) for key, row in rows.items() if key in times},
        transports=lanes.legs(mass, rates, currency),
        release=now,
        destination=place.key if place else None,
    )
    return Board(problem, able, lanes, mass)


def _usable(
    key: str, able: Mapping[str, Sequence[Candidate]], times: Mapping[int, object], demand: Demand, sheets: Sheets
) -> list[Candidate]:
    """Those with a calendar; for the first work on a piece, those who buy its material, if anybody says a price."""
    open_ones = [each for each in able[key] if each.resource.id in times]
    task = next(task for task in demand.tasks if task.key == key)
    first = not any(before.rpartition("/")[0] == key.rpartition("/")[0] and before in able for before in task.after)
    if not (task.item.material and first):
        return open_ones
    buying = [each for each in open_ones if sheets.material_price(each.owner, task.item.material) is not None]
    return buying or open_ones


class Costs:
    """What a mode costs in the buyer's currency, by its owner's sheet; nothing where there is none."""

    def __init__(self, sheets: Sheets, rates: Rates, currency: str) -> None:
        self._sheets, self._rates, self._currency = sheets, rates, currency

    def of(self, task: Task, each: Candidate) -> Decimal:
        if each.owner not in self._sheets:
            return Decimal(0)
        card = self._sheets.card(each.owner)
        hourly = card.hourly.get(str(each.resource.work_centre.ref))
        if hourly is None:
            return Decimal(0)
        own = (each.setup * hourly.set_up + each.run * hourly.run) / 3600
        if task.step.programmed:
            own += card.programming + card.fixture
        return self._rates.convert(own * (1 + card.margin), card.currency, self._currency).quantize(CENT)


def _shipped_mass(demand: Demand) -> Decimal:
    top = demand.item.mass_kg or Decimal(1)
    return top * max(task.pieces for task in demand.tasks if task.item.id == demand.item.id)


@lru_cache(maxsize=2048)
def _resource(
    key: str, owner: str, site: str, capacity: int, open_time: tuple[Interval, ...], busy: tuple[Load, ...]
) -> plan.Resource:
    """The same object for the same time: it remembers what the planner derived from it for an earlier question."""
    return plan.Resource(key, owner, site, capacity, open_time, busy)


def _resource_of(row: Resource, times: Availability) -> plan.Resource:
    site = row.work_centre.site
    return _resource(str(row.id), str(site.organisation_id), str(site.id), row.capacity, times.open, times.busy)


def _operation(
    task: Task,
    able: Sequence[Candidate],
    costs: Costs,
    ports: Ports,
    now: int,
    until: int,
    again: Again,
) -> plan.Operation:
    step = task.step
    modes: list[plan.Mode | plan.Delay]
    if task.key in again.done:
        modes = [again.done[task.key]]
    elif step.kind == Step.Kind.WORK:
        modes = [_mode(task, each, costs, ports, now) for each in able]
    else:
        modes = [
            plan.Delay(
                seconds=step.lead_days * DAY,
                because="material" if step.kind == Step.Kind.MATERIAL else "outside",
                spread=step.spread,
                departures=weekday_moments(tuple(step.collects), now, until) if step.collects else None,
            )
        ]
    return plan.Operation(
        key=task.key,
        modes=modes,
        after=[plan.Arc(key) for key in task.after],
        interruptible=step.interruptible,
        release=max(now, again.not_before.get(task.key, 0)),
        because_of_release="consent" if task.key in again.not_before else "release",
    )


def _mode(task: Task, each: Candidate, costs: Costs, ports: Ports, now: int) -> plan.Mode:
    port = ports.of(each.resource.work_centre.site)
    return plan.Mode(
        resource=str(each.resource.id),
        setup=each.setup,
        run=max(1, each.run),
        spread=each.spread,
        cost=costs.of(task, each),
        release=now + port.earliest,
        rest=port.rest,
        grain=port.grain.seconds,
        grain_offset=port.grain.offset,
    )


def slots(demand: Demand, planned: Planned) -> list[Slot]:
    """Work, waiting and shipments as slots; a shipment is a job of whoever sends."""
    tasks = {task.key: task for task in demand.tasks}
    owner_of: dict[str, int] = {}
    found = []
    for each in planned.plan.slots:
        task = tasks[each.operation]
        chosen = planned.chosen.get(each.operation)
        site = chosen.resource.work_centre.site if chosen else None
        if chosen:
            owner_of[each.operation] = chosen.owner
        found.append(
            Slot(
                key=each.operation,
                kind=task.step.kind,
                name=_full_name(task),
                pieces=task.pieces,
                start=each.start,
                end=each.end,
                answered=each.answered,
                owner=chosen.owner if chosen else None,
                site=site.id if site else None,
                resource=chosen.resource.id if chosen else None,
                units=each.units,
                process=task.step.process,
                after=task.after,
            )
        )
    return _with_shipments(found, planned, tasks)


def _with_shipments(work: list[Slot], planned: Planned, tasks: Mapping[str, Task]) -> list[Slot]:
    by_key = {slot.key: slot for slot in work}
    shipments = []
    for trip in planned.plan.legs:
        source = by_key[trip.operation]
        key = f"{trip.operation}>{trip.to_operation or BUYER}"
        owner = next((int(r.owner) for r in planned.problem.resources.values() if r.site == trip.from_site), None)
        shipments.append(
            Slot(
                key=key,
                kind="ship",
                name=SHIPMENT,
                pieces=source.pieces,
                start=trip.start,
                end=trip.end,
                answered=trip.end,
                owner=owner,
                site=int(trip.from_site),
                goes_to=int(trip.to_site) if trip.to_site.isdigit() else None,
                after=(trip.operation,),
            )
        )
        if trip.to_operation:
            target = by_key[trip.to_operation]
            after = tuple(key if before == trip.operation else before for before in target.after)
            by_key[trip.to_operation] = replace(target, after=after)
    return [*(by_key[slot.key] for slot in work), *shipments]


def _full_name(task: Task) -> dict[str, str]:
    """The step with its item, in each language both have."""
    return {
        language: f"{task.item.name.get(language) or task.item.code}: {words}"
        for language, words in task.step.name.items()
    }


def reasons(planned: Planned) -> list[Reason]:
    return [
        Reason(
            because=step.because,
            start=step.start,
            end=step.end,
            operation=step.operation or "",
            owner=int(step.owner) if step.owner else None,
            site=int(step.site) if step.site and step.site.isdigit() else None,
            resource=int(step.resource) if step.resource else None,
        )
        for step in planned.plan.chain
    ]
