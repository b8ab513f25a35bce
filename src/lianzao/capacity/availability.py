"""When resources are open and what holds their time: what planning reads, in a fixed number of queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Q

from lianzao.base.calendars import Interval, Shift, WorkCalendar
from lianzao.base.clock import at
from lianzao.base.holiday_plans import holiday_plan
from lianzao.capacity.decisions import Load
from lianzao.capacity.models import Booking, Calendar, CalendarException, Closure, Hold, ShiftRule
from lianzao.network.models import Resource, WorkCentre

DAY = 86_400
MOST_PREPARED = 1000  # work centres; a calendar takes some milliseconds


@dataclass(frozen=True, slots=True)
class Availability:
    """One resource over the horizon: `open` working intervals and `busy` loads, seconds UTC."""

    open: tuple[Interval, ...]
    busy: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class SiteCalendar:
    """What a calendar row says besides hours: who it belongs to and when it was last confirmed."""

    site: int
    version: int
    confirmed_at: datetime


def calendars(sites: Collection[int]) -> dict[int, SiteCalendar]:
    """The calendars of `sites`; a site without one is not open."""
    rows = Calendar.objects.filter(site__in=sites).values_list("site_id", "version", "confirmed_at")
    return {site: SiteCalendar(site, version, confirmed) for site, version, confirmed in rows}


def availability(
    resources: Collection[Resource], *, now: int, until: int, ignoring: int | None = None
) -> dict[int, Availability]:
    """Open and busy time of `resources` (work_centre selected) from `now` to `until`; expired holds are free.

    The bookings of the hold `ignoring` are free too: its work is being planned again.
    """
    hours = work_calendars({row.work_centre_id: row.work_centre.site_id for row in resources})
    busy = loads([row.id for row in resources], now=now, until=until, ignoring=ignoring)
    days = _whole_days(now, until)
    return {
        row.id: Availability(open_time(hours[row.work_centre_id], *days), tuple(busy.get(row.id, ())))
        for row in resources
        if row.work_centre_id in hours
    }


def prepare(*, now: int, until: int) -> None:
    """Make the working time of a network's first work centres, so that a fresh process need not on its first question.

    Raises UnknownPlace for a calendar that observes the holidays of no country.
    """
    centres = WorkCentre.objects.order_by("id").values_list("id", "site_id")[:MOST_PREPARED]
    for calendar in work_calendars(dict(centres)).values():
        open_time(calendar, *_whole_days(now, until))


def _whole_days(now: int, until: int) -> Interval:
    """Days that contain `now` and `until`, so that the next question finds their working time made."""
    return now - now % DAY, until - until % DAY + DAY


@lru_cache(maxsize=4096)
def open_time(calendar: WorkCalendar, start: int, end: int) -> tuple[Interval, ...]:
    return tuple(calendar.intervals(start, end))


def loads(resources: Collection[int], *, now: int, until: int, ignoring: int | None = None) -> dict[int, list[Load]]:
    """The bookings that count, by resource, in order of start."""
    running = Q(hold=None) | Q(hold__state=Hold.State.TAKEN) | Q(hold__expires__gt=now)
    rows = Booking.objects.filter(running, resource__in=resources, ends__gt=now, starts__lt=until).order_by("starts")
    if ignoring is not None:
        rows = rows.exclude(hold=ignoring)
    found: dict[int, list[Load]] = defaultdict(list)
    for resource, starts, ends, units in rows.values_list("resource_id", "starts", "ends", "units"):
        found[resource].append((starts, ends, units))
    return found


Hours = dict[int | None, WorkCalendar]
"""The working calendar of a site (None) and of each work centre with hours of its own."""

_made: dict[uuid.UUID, tuple[int, Hours]] = {}  # by the site's reference: ids come back after a rollback


def work_calendars(sites_by_work_centre: dict[int, int]) -> dict[int, WorkCalendar]:
    """The working calendar of each work centre; what did not change since the last request is not read again."""
    wanted = set(sites_by_work_centre.values())
    rows = Calendar.objects.filter(site__in=wanted).values_list("site_id", "site__ref", "version")
    hours: dict[int, Hours] = {}
    stale = []
    for site, ref, version in rows:
        kept = _made.get(ref)
        if kept is not None and kept[0] == version:
            hours[site] = kept[1]
        else:
            stale.append(site)
    if stale:
        hours |= _make(stale)
    return {
        centre: hours[site].get(centre, hours[site][None])
        for centre, site in sites_by_work_centre.items()
        if site in hours
    }


def _make(sites: Collection[int]) -> dict[int, Hours]:
    """The hours of `sites` from their rows, kept for the next question."""
    calendars = Calendar.objects.filter(site__in=sites).select_related("site")
    shifts: dict[tuple[int, int | None], list[Shift]] = defaultdict(list)
    for rule in ShiftRule.objects.filter(calendar__site__in=sites).select_related("calendar"):
        shifts[rule.calendar.site_id, rule.work_centre_id].append(Shift(rule.weekdays, rule.start, rule.end))
    closed: dict[int, set[date]] = defaultdict(set)
    for closure in Closure.objects.filter(calendar__site__in=sites).select_related("calendar"):
        days = (closure.last - closure.first).days + 1
        closed[closure.calendar.site_id].update(closure.first + timedelta(days=n) for n in range(days))
    exceptions: dict[int, dict[int, list[CalendarException]]] = defaultdict(lambda: defaultdict(list))
    for row in CalendarException.objects.filter(work_centre__site__in=sites).select_related("work_centre"):
        exceptions[row.work_centre.site_id][row.work_centre_id].append(row)
    made: dict[int, Hours] = {}
    for calendar in calendars:
        site = calendar.site
        own = {centre for owner, centre in shifts if owner == site.id} | set(exceptions[site.id])
        made[site.id] = {
            centre: _calendar(
                calendar,
                shifts.get((site.id, centre)) or shifts[site.id, None],
                closed[site.id],
                exceptions[site.id].get(centre, []) if centre else [],
            )
            for centre in {None, *own}
        }
        _made[site.ref] = (calendar.version, made[site.id])
    return made


def _calendar(
    calendar: Calendar, shifts: Sequence[Shift], closed: set[date], exceptions: Sequence[CalendarException]
) -> WorkCalendar:
    this_year = at(exceptions[0].starts).year if exceptions else calendar.confirmed_at.year
    years = range(min(this_year, calendar.confirmed_at.year) - 1, calendar.confirmed_at.year + 4)
    plan = holiday_plan(calendar.observes, calendar.site.subdivision or None, years) if calendar.observes else None
    return WorkCalendar(
        calendar.site.zone,
        shifts,
        closed | set(plan.closed if plan else ()),
        make_up=plan.make_up if plan else {},
        opened=[(row.starts, row.ends) for row in exceptions if row.opens],
        blocked=[(row.starts, row.ends) for row in exceptions if not row.opens],
        **({"published_until": plan.published_until} if plan else {}),
    )
