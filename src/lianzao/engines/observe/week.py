"""The working week of a shop and of its machines, learnt from when work happened.

The week is not taken for granted: some work from Sunday to Thursday, some at night, some with a short Friday.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianzao.engines.observe.reports import Report
from lianzao.engines.observe.site import Shift

HOUR, HOURS = 3600, 168  # of a week
MONDAY = 4 * 24  # hours from the epoch, a Thursday, to its first Monday
USUAL = 0.5  # of the weeks seen: an hour worked in more of them is open
FEW_WEEKS, FEW_HOURS = 3, 40  # below these a machine's own pattern is chance
BUSIEST = 24  # hours of a machine's week by which the others are measured, as no machine works in all its open hours


@dataclass(frozen=True, slots=True)
class Worked:
    """In how many of `weeks` weeks each hour of the week, from Monday 00:00, saw work; `hours` in all."""

    counts: tuple[int, ...]
    weeks: int
    hours: int


def worked(reports: Iterable[Report]) -> Worked:
    """When the timed reports say that work happened."""
    hours: set[int] = set()
    for report in reports:
        if report.timed and report.ended > report.began:
            hours.update(range(report.began // HOUR, (report.ended - 1) // HOUR + 1))
    counts = [0] * HOURS
    for hour in hours:
        counts[(hour - MONDAY) % HOURS] += 1
    return Worked(tuple(counts), len({(hour - MONDAY) // HOURS for hour in hours}), len(hours))


def site_hours(whole: Worked) -> tuple[bool, ...]:
    """Which hours of the week the site is open: those usually worked by anyone."""
    full_weeks = max(whole.weeks - 1, 0)  # the first and the last are seldom whole
    return _smooth([count > USUAL * full_weeks for count in whole.counts])


def resource_hours(own: Worked, site: Sequence[bool]) -> tuple[bool, ...] | None:
    """Which hours of the week one resource is open; None where it was too seldom seen to differ from its site.

    As it does not work in all its open hours, an hour is also judged by its neighbours and by other days.
    """
    if own.weeks < FEW_WEEKS or own.hours < FEW_HOURS:
        return None
    by_day = [_mean(own.counts[hour::24], site[hour::24]) for hour in range(24)]
    likely = [(own.counts[hour] + by_day[hour % 24]) / 2 if site[hour] else 0.0 for hour in range(HOURS)]
    rounded = [(likely[hour - 1] + likely[hour] + likely[(hour + 1) % HOURS]) / 3 for hour in range(HOURS)]
    busiest = sorted(rounded, reverse=True)[:BUSIEST]
    usual = USUAL * sum(busiest) / len(busiest)
    return _smooth([rounded[hour] >= usual and site[hour] for hour in range(HOURS)])


def _mean(counts: Sequence[int], days: Sequence[bool]) -> float:
    """Over the days on which the site is open at this hour."""
    on_days = [count for count, is_open in zip(counts, days, strict=True) if is_open]
    return sum(on_days) / len(on_days) if on_days else 0.0


def shifts(hours: Sequence[bool]) -> tuple[Shift, ...]:
    """Open hours of a week as shifts, cut at midnight."""
    found: list[Shift] = []
    for weekday in range(7):
        start = None
        for hour in range(25):
            is_open = hour < 24 and hours[weekday * 24 + hour]
            if is_open and start is None:
                start = hour
            elif not is_open and start is not None:
                found.append(Shift(weekday, start * 60, hour * 60))
                start = None
    return tuple(found)


def _smooth(hours: Sequence[bool]) -> tuple[bool, ...]:
    """Breaks of up to two hours filled, then lone hours dropped; the week is a circle."""
    filled = list(hours)
    for hour in range(HOURS):
        if not hours[hour]:
            before = hours[hour - 1] or hours[hour - 2]
            after = hours[(hour + 1) % HOURS] or hours[(hour + 2) % HOURS]
            near = hours[hour - 1] or hours[(hour + 1) % HOURS]
            filled[hour] = before and after and near
    return tuple(filled[hour] and (filled[hour - 1] or filled[(hour + 1) % HOURS]) for hour in range(HOURS))
