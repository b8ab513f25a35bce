"""A site's calendar, changed and confirmed by its owner: every change raises its version."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from lianzao.base import clock
from lianzao.base.calendars import Shift
from lianzao.base.messages import _
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden, Refused
from lianzao.capacity import events
from lianzao.capacity.models import Calendar, CalendarException, Closure, ShiftRule
from lianzao.ledger.events import append
from lianzao.network.models import WorkCentre
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

MOST_SHIFTS = 21
LONGEST_CLOSURE_DAYS = 366
LONGEST_EXCEPTION = 366 * 86_400


class WrongCalendar(Refused):
    code = "wrong-calendar"
    text = _("This calendar cannot be.")


@use_case
def set_shifts(*, site: str, work_centre: str = "", shifts: Sequence[Shift], viewer: Viewer) -> Calendar:
    """Replace the hours of a site, or of one work centre; none for a work centre means those of the site.

    Raises Absent, Forbidden, WrongCalendar.
    """
    calendar = _owned(site, viewer)
    centre = _centre(work_centre, calendar) if work_centre else None
    if (centre is None and not shifts) or len(shifts) > MOST_SHIFTS:
        raise WrongCalendar(_("A site works at least one shift."), at="shifts", accepted=_("1 to 21 shifts"))
    for shift in shifts:
        if not shift.weekdays or not shift.weekdays <= set(range(7)):
            raise WrongCalendar(_("A shift is worked on weekdays."), at="weekdays", accepted=_("one or more weekdays"))
    ShiftRule.objects.filter(calendar=calendar, work_centre=centre).delete()
    ShiftRule.objects.bulk_create(
        ShiftRule(calendar=calendar, work_centre=centre, weekdays=sorted(each.weekdays), start=each.start, end=each.end)
        for each in shifts
    )
    return _changed(calendar, viewer)


@use_case
def add_closure(*, site: str, first: date, last: date, name: str, viewer: Viewer) -> Calendar:
    """Close the site from `first` to `last`, both included; the same closure again changes nothing.

    Raises Absent, Forbidden, WrongCalendar.
    """
    calendar = _owned(site, viewer)
    if not 0 <= (last - first).days < LONGEST_CLOSURE_DAYS:
        raise WrongCalendar(
            _("A closure ends on or after its first day."), at="last", accepted=_("a day within a year of the first")
        )
    _row, made = Closure.objects.get_or_create(
        calendar=calendar, first=first, last=last, defaults={"name": name.strip()[:100]}
    )
    return _changed(calendar, viewer) if made else calendar


@use_case
def remove_closure(*, site: str, first: date, last: date, viewer: Viewer) -> Calendar:
    """Raises Absent, also for a closure that is not there; Forbidden."""
    calendar = _owned(site, viewer)
    gone, _rows = Closure.objects.filter(calendar=calendar, first=first, last=last).delete()
    if not gone:
        raise Absent(at="closure")
    return _changed(calendar, viewer)


@use_case
def full_until(*, work_centre: str, until: int, viewer: Viewer) -> Calendar:
    """Take nothing more at a work centre before `until` (seconds UTC); a time that has passed takes this back.

    Raises Absent, Forbidden, WrongCalendar.
    """
    centre = _own_centre(work_centre, viewer)
    calendar = _owned_row(centre.site_id, viewer)
    now = clock.seconds()
    if until > now + LONGEST_EXCEPTION:
        raise WrongCalendar(at="until", accepted=_("a day within a year"))
    CalendarException.objects.filter(work_centre=centre, opens=False, starts__lte=now, ends__gt=now).delete()
    if until > now:
        CalendarException.objects.create(work_centre=centre, starts=now, ends=until, opens=False)
    return _changed(calendar, viewer)


@use_case
def add_exception(*, work_centre: str, starts: int, ends: int, opens: bool, viewer: Viewer) -> Calendar:
    """Extra hours of a work centre (`opens`), or time in which it takes nothing; again changes nothing.

    Raises Absent, Forbidden, WrongCalendar.
    """
    centre = _own_centre(work_centre, viewer)
    calendar = _owned_row(centre.site_id, viewer)
    if not 0 < ends - starts <= LONGEST_EXCEPTION:
        raise WrongCalendar(
            _("It must end after it begins."), at="ends", accepted=_("a time within a year of the beginning")
        )
    _row, made = CalendarException.objects.get_or_create(work_centre=centre, starts=starts, ends=ends, opens=opens)
    return _changed(calendar, viewer) if made else calendar


@use_case
def remove_exception(*, work_centre: str, starts: int, ends: int, viewer: Viewer) -> Calendar:
    """Raises Absent, also for an exception that is not there; Forbidden."""
    centre = _own_centre(work_centre, viewer)
    calendar = _owned_row(centre.site_id, viewer)
    gone, _rows = CalendarException.objects.filter(work_centre=centre, starts=starts, ends=ends).delete()
    if not gone:
        raise Absent(at="exception")
    return _changed(calendar, viewer)


@use_case
def confirm_calendar(*, site: str, viewer: Viewer) -> Calendar:
    """The owner says that the calendar is right today: what it agrees to in advance holds on.

    Raises Absent, Forbidden.
    """
    calendar = _owned(site, viewer)
    calendar.confirmed_at = clock.now()
    calendar.version += 1
    calendar.save(update_fields=["confirmed_at", "version"])
    append(events.CALENDAR_CONFIRMED, subject=calendar.site.ref, actor=viewer.ref, at=calendar.confirmed_at)
    return calendar


def _owned(site: str, viewer: Viewer) -> Calendar:
    """The calendar, locked, of a site that the viewer may write for."""
    key = parse_ref(site, at="site")
    found = Calendar.objects.visible_to(viewer.required()).filter(site__ref=key).values_list("site", flat=True).first()
    if found is None:
        raise Absent(at="site")
    return _owned_row(found, viewer)


def _owned_row(site_id: int, viewer: Viewer) -> Calendar:
    rows = Calendar.objects.select_for_update(of=("self",)).select_related("site")
    calendar = rows.filter(site=site_id).first()
    if calendar is None:
        raise Absent(at="site")
    if not viewer.may_write_for(calendar.site.organisation_id):
        raise Forbidden()
    return calendar


def _own_centre(ref: str, viewer: Viewer) -> WorkCentre:
    rows = WorkCentre.objects.visible_to(viewer.required()).filter(ref=parse_ref(ref, at="work_centre"))
    centre = rows.select_related("site").first()
    if centre is None:
        raise Absent(at="work_centre")
    if not viewer.may_write_for(centre.site.organisation_id):
        raise Forbidden()
    return centre


def _centre(ref: str, calendar: Calendar) -> WorkCentre:
    key: uuid.UUID = parse_ref(ref, at="work_centre")
    centre = WorkCentre.objects.filter(ref=key, site=calendar.site_id).first()
    if centre is None:
        raise Absent(at="work_centre")
    return centre


def _changed(calendar: Calendar, viewer: Viewer) -> Calendar:
    calendar.version += 1
    calendar.save(update_fields=["version"])
    append(
        events.CALENDAR_CHANGED,
        subject=calendar.site.ref,
        actor=viewer.ref,
        at=clock.seconds(),
        version=calendar.version,
    )
    return calendar
