"""When the demo's sites work: shifts, own closures, and what is out of the ordinary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lianzao.base.holiday_plans import holiday_plan
from lianzao.capacity.models import Calendar, CalendarException, Closure, ShiftRule
from lianzao.network.models import Site, WorkCentre
from lianzao.node.demo.dice import dice
from lianzao.node.demo.factories import Factory

FIVE_DAYS, SIX_DAYS, ALL_DAYS = [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5], list(range(7))
SHIFTS = {
    ("one", "DE"): [(7, 30, 16, 0)],
    ("two", "DE"): [(6, 0, 14, 0), (14, 0, 22, 0)],
    ("three", "DE"): [(6, 0, 14, 0), (14, 0, 22, 0), (22, 0, 6, 0)],
    ("one", "CN"): [(8, 0, 17, 0)],
    ("two", "CN"): [(7, 30, 15, 30), (15, 30, 23, 30)],
    ("three", "CN"): [(8, 0, 16, 0), (16, 0, 0, 0), (0, 0, 8, 0)],
}
YEARS = 3
UNCONFIRMED_FOR = timedelta(days=9)
FULL_FOR = timedelta(days=12)
SPRING_FESTIVAL = "春节"


def calendars(
    makers: Sequence[Factory], sites: Mapping[str, Site], always: Sequence[WorkCentre], now: datetime, seed: int
) -> None:
    """Calendars with their shifts and closures; the work centres in `always` never stop."""
    rows = {
        maker.login: Calendar(
            site=sites[maker.login],
            observes=maker.country,
            confirmed_at=now - _unconfirmed_for(maker, seed),
        )
        for maker in makers
    }
    Calendar.objects.bulk_create(rows.values())
    of_site = {row.site_id: row for row in rows.values()}
    ShiftRule.objects.bulk_create(
        [
            ShiftRule(calendar=rows[maker.login], weekdays=_weekdays(maker, seed), start=time(a, b), end=time(c, d))
            for maker in makers
            for a, b, c, d in SHIFTS[maker.shifts, maker.country]
        ]
        + [
            ShiftRule(
                calendar=of_site[centre.site_id], work_centre=centre, weekdays=ALL_DAYS, start=time(0), end=time(0)
            )
            for centre in always
        ]
    )
    Closure.objects.bulk_create(
        Closure(calendar=rows[maker.login], first=first, last=last, name=name)
        for maker in makers
        for first, last, name in _closures(maker, now.date(), seed)
    )


def exceptions(makers: Sequence[Factory], centres: Mapping[str, Sequence[WorkCentre]], now: datetime) -> None:
    """The first machine group of some: full until a day, or open on the next Saturday."""
    rows = []
    for maker in makers:
        first = centres[maker.login][0]
        if maker.note == "full":
            rows.append(CalendarException(work_centre=first, starts=_moment(now), ends=_moment(now + FULL_FOR)))
        if maker.note == "overtime":
            here = now.astimezone(ZoneInfo(maker.zone))
            saturday = here.date() + timedelta(days=(5 - here.weekday()) % 7 or 7)
            opens, closes = (datetime.combine(saturday, time(hour), ZoneInfo(maker.zone)) for hour in (6, 12))
            rows.append(CalendarException(work_centre=first, starts=_moment(opens), ends=_moment(closes), opens=True))
    CalendarException.objects.bulk_create(rows)


def _unconfirmed_for(maker: Factory, seed: int) -> timedelta:
    return (
        UNCONFIRMED_FOR
        if maker.note == "unconfirmed"
        else timedelta(hours=dice(seed, "calendar", maker.login).randint(1, 60))
    )


def _weekdays(maker: Factory, seed: int) -> list[int]:
    six = maker.chinese and dice(seed, "weekdays", maker.login).random() < 0.7
    return SIX_DAYS if six else FIVE_DAYS


def _closures(maker: Factory, today: date, seed: int) -> list[tuple[date, date, str]]:
    draw = dice(seed, "closures", maker.login)
    found = []
    for year in range(today.year, today.year + YEARS):
        if maker.chinese:
            first = _spring_festival(year)
            found.append(
                (first - timedelta(days=draw.randint(2, 5)), first + timedelta(days=draw.randint(8, 13)), "春节停工")
            )
            continue
        found.append((date(year, 12, 24), date(year + 1, 1, draw.choice((1, 3))), "Betriebsferien Weihnachten"))
        august = date(year, 8, 1) + timedelta(days=draw.choice((0, 7)))
        found.append((august, august + timedelta(days=13), "Betriebsferien Sommer"))
    return found


def _spring_festival(year: int) -> date:
    plan = holiday_plan("CN", None, [year])
    return min(day for day, name in plan.closed.items() if SPRING_FESTIVAL in name)


def _moment(when: datetime) -> int:
    return int(when.timestamp())
