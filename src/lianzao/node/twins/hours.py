"""When resources are free, as facts: all of it, or hours a day, rounded by their owner's rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from lianzao.aas.documents import Bucket, Busy, Calendar, FreeTime, Span
from lianzao.base.calendars import merged, within
from lianzao.capacity.availability import availability
from lianzao.capacity.decisions import Load, profile
from lianzao.network.models import Resource

HOUR = 3600
DAYS = 8 * 7


def calendar(resources: Collection[Resource], zone: str, *, now: int) -> Calendar:
    """The full calendar of `resources` (work_centre selected), together, from the next full hour on.

    Whole hours, so that a document stays the same while nothing happens.
    """
    covers = Span(now + -now % HOUR, _midnights(zone, now)[-1])
    times = availability(resources, now=now, until=covers.end).values()
    working = merged(span for each in times for span in within(each.open, covers.start, covers.end))
    taken = [
        (max(start, covers.start), min(end, covers.end), units)
        for each in times
        for start, end, units in each.busy
        if start < covers.end and end > covers.start
    ]
    return Calendar(
        zone=zone,
        covers=covers,
        capacity=sum(row.capacity for row in resources),
        working=tuple(Span(start, end) for start, end in working),
        busy=tuple(Busy(Span(start, end), units) for start, end, units in profile(taken)),
    )


def free_time(resources: Collection[Resource], zone: str, *, now: int) -> FreeTime:
    """Free machine hours of `resources` (work_centre selected) by local day, rounded down, from tomorrow on.

    Not today's: watched from hour to hour, a day that runs down would tell when it is free.
    """
    midnights = _midnights(zone, now)
    times = availability(resources, now=now, until=midnights[-1])
    free = [0] * DAYS
    for row in resources:
        if row.id in times:
            open_, busy = times[row.id].open, times[row.id].busy
            whole = [(start, end, row.capacity) for start, end in open_]
            taken = [(a, b, units) for start, end, units in busy for a, b in within(open_, start, end)]
            days = zip(free, _by_day(whole, midnights), _by_day(taken, midnights), strict=True)
            free = [so_far + max(0, offered - used) for so_far, offered, used in days]
    spans = (Span(start, end) for start, end in pairwise(midnights))
    buckets = (Bucket(span, Decimal(seconds // HOUR)) for span, seconds in zip(spans, free, strict=True))
    return FreeTime(zone, tuple(buckets))


def _midnights(zone: str, now: int) -> list[int]:
    """The local midnights from tomorrow's on: one more than DAYS."""
    here = ZoneInfo(zone)
    today = datetime.fromtimestamp(now, here).date()
    days = (today + timedelta(days=n) for n in range(1, DAYS + 2))
    return [int(datetime.combine(day, time(), here).timestamp()) for day in days]


def _by_day(loads: Iterable[Load], midnights: Sequence[int]) -> list[int]:
    """Seconds times units of `loads` that fall on each day."""
    sums = [0] * DAYS
    for start, end, units in loads:
        day = max(0, bisect_right(midnights, start) - 1)
        while day < DAYS and midnights[day] < end:
            sums[day] += units * max(0, min(end, midnights[day + 1]) - max(start, midnights[day]))
            day += 1
    return sums
