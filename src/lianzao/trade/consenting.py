"""Whose yes a solution needs, and who gave it in advance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Q

from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.capacity.availability import Availability, availability, calendars, work_calendars
from lianzao.network.models import Resource
from lianzao.trade.decisions import ASK, Asked, Rule, automatic
from lianzao.trade.models import ConsentRule
from lianzao.trade.solution import Share, Solution

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Agreement:
    """An owner's stand: agreed in advance, or asked until `answer_by` because of a code."""

    owner: int
    share: Money
    hand_over: int
    because: str
    answer_by: int | None


def rules(owners: Collection[int], customer: int | None) -> dict[int, Rule]:
    """Each owner's rule for a customer: that of a group it is in, else the one for everyone else, else ask."""
    rows = ConsentRule.objects.filter(Q(group=None) | Q(group__members=customer), owner__in=owners).order_by("group_id")
    found = dict.fromkeys(owners, ASK)
    for row in sorted(rows, key=lambda row: (row.group_id is not None, row.group_id or 0)):
        found[row.owner_id] = Rule(
            mode=row.mode,
            processes=frozenset(row.processes),
            max_quantity=row.max_quantity,
            max_value=row.max_value,
            max_load=row.max_load,
            earliest_days=row.earliest_days,
            safety_days=row.safety_days,
        )
    return found


def agreements(solution: Solution, *, buyer: int, now: int) -> list[Agreement]:
    """How each owner of the solution stands to it; a firm's own order needs no yes."""
    owners = [share.owner for share in solution.shares]
    by_owner = rules(owners, buyer)
    sites = {slot.site: slot.owner for slot in solution.slots if slot.site is not None and slot.owner in by_owner}
    confirmed = {sites[site]: row.confirmed_at for site, row in calendars([s for s in sites if s]).items()}
    loads = _loads(solution, now)
    stands = []
    for share in solution.shares:
        asked = Asked(
            quantity=solution.request.quantity,
            value=share.net.amount,
            processes=share.processes,
            begins=share.begins,
            load=loads.get(share.owner, Decimal(0)),
        )
        because = (
            ""
            if share.owner == buyer
            else automatic(
                by_owner[share.owner],
                asked,
                calendar_confirmed=confirmed.get(share.owner, clock.at(0)),
                now=clock.at(now),
                confirmed_days=settings.NODE["CALENDAR_CONFIRMED_DAYS"],
            )
        )
        answer_by = _answer_by(share, solution, now) if because else None
        stands.append(Agreement(share.owner, share.net, share.hand_over, because, answer_by))
    return stands


def _answer_by(share: Share, solution: Solution, now: int) -> int:
    """The end of the owner's second working day from now (a setting)."""
    resources = {slot.resource for slot in solution.slots if slot.owner == share.owner and slot.resource}
    row = Resource.objects.select_related("work_centre").filter(id__in=resources).order_by("id").first()
    moment = now
    if row is not None:
        calendar = work_calendars({row.work_centre_id: row.work_centre.site_id})[row.work_centre_id]
        for _day in range(settings.NODE["ANSWER_WORKING_DAYS"]):
            moment = calendar.end_of_work_day(moment + DAY // 2)
    return max(moment, now + DAY)


def _loads(solution: Solution, now: int) -> dict[int, Decimal]:
    """By owner: the largest booked part of open time among its resources, over the solution's span there."""
    slots = [slot for slot in solution.slots if slot.resource is not None]
    resources = Resource.objects.select_related("work_centre").filter(id__in={slot.resource for slot in slots})
    until = max((slot.end for slot in slots), default=now) + 1
    found = {row.id: (row, times) for row in resources for times in [availability([row], now=now, until=until)[row.id]]}
    loads: dict[int, Decimal] = defaultdict(Decimal)
    for slot in slots:
        if slot.owner is not None and slot.resource in found:
            row, times = found[slot.resource]
            loads[slot.owner] = max(loads[slot.owner], _load(times, row.capacity, slot.start, slot.end))
    return loads


def _load(times: Availability, capacity: int, start: int, end: int) -> Decimal:
    """The booked part of the time that is open; a booking over a night holds no working time then."""
    hours = [(max(s, start), min(e, end)) for s, e in times.open if s < end and e > start]
    busy = [row for row in times.busy if row[0] < end and row[1] > start]
    booked = sum(max(0, min(e, to) - max(s, since)) * units for since, to in hours for s, e, units in busy)
    total = sum(to - since for since, to in hours) * capacity
    return Decimal(min(booked, total)) / Decimal(total) if total else Decimal(0)
