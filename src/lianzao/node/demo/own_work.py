"""What the demo's factories do for others: own work that fills their machines for four weeks, less and less after.

Each unit of a resource is a lane. A lane's open time is cut into as many cells as it has jobs, of equal *load* on the
average; in its cell a job takes the share that the load of those days gives it, and lies there by chance.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random

from lianzao.base.calendars import Interval, WorkCalendar
from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.capacity.decisions import fill
from lianzao.capacity.models import Booking, Overload, OwnWork
from lianzao.network.models import Resource
from lianzao.node.demo.dice import dice

HOUR, DAY = 3_600, 86_400
BEGUN_BEFORE = 8 * HOUR  # some of it is under way
FULL_FOR, EMPTY_AFTER = 28 * DAY, 70 * DAY
FULLEST, EMPTIEST = (0.70, 0.95), 0.10
USUAL_JOB = 10 * HOUR
SHORTEST_JOB = HOUR // 4
OVERLOADED = 0.06  # share of resources
SOURCE = "demo"
LABELS = {"CN": "自有订单 {number}", "DE": "Eigener Auftrag {number}"}


class TooMuchWork(Refused):
    code = "too-much-work"
    text = _("So many operations do not fit into these factories.")
    hint = _("at most {most}, or more factories")


@dataclass(frozen=True)
class Lane:
    """One unit of a resource with its open time, cut by days, and the load of each piece (0 to 1)."""

    resource: Resource
    number: int
    pieces: Sequence[Interval]
    loads: Sequence[float]
    work: float

    def jobs(self, count: int, draw: Random) -> Iterator[Interval]:
        """`count` jobs, one after another, that together load each piece of time by its load."""
        opened = [0, *accumulate(end - start for start, end in self.pieces)]
        worked = [0.0, *accumulate((e - s) * load for (s, e), load in zip(self.pieces, self.loads, strict=True))]

        def moment(open_seconds: float, ending: bool) -> int:
            place = bisect_right(opened, open_seconds) - 1
            if place == len(self.pieces) or (ending and place and opened[place] == open_seconds):
                return self.pieces[place - 1][1]
            return int(self.pieces[place][0] + open_seconds - opened[place])

        def opened_at(work: float) -> float:
            place = min(bisect_right(worked, work), len(self.pieces)) - 1
            return min(opened[place] + (work - worked[place]) / self.loads[place], opened[-1])

        sizes = [draw.uniform(0.4, 1.6) for _ in range(count)]
        cuts = [0.0, *accumulate(size * self.work / sum(sizes) for size in sizes)]
        for before, after in pairwise(cuts):
            first, last, takes = opened_at(before), opened_at(after), after - before
            begins = first + draw.random() * max(0.0, last - first - takes)
            start, end = (second - second % 60 for second in (moment(begins, False), moment(begins + takes, True)))
            if start < end:
                yield start, end


def load(
    resources: Sequence[Resource], hours: Mapping[int, WorkCalendar], *, now: int, operations: int | None, seed: int
) -> tuple[int, int]:
    """Write own work, the bookings filled from it, and what is too much; the numbers of bookings and of overloads.

    `hours` by work centre; the resources have their site selected. Raises TooMuchWork.
    """
    lanes = [lane for row in resources for lane in _lanes(row, hours[row.work_centre_id], now, seed)]
    total = sum(lane.work for lane in lanes)
    wanted = round(total / USUAL_JOB) if operations is None else operations
    if wanted * SHORTEST_JOB > total:
        raise TooMuchWork(at="operations", most=int(total / SHORTEST_JOB))
    by_resource: dict[int, list[tuple[OwnWork, Interval]]] = {row.id: [] for row in resources}
    number = 0
    for lane, count in zip(lanes, _shares([lane.work for lane in lanes], wanted), strict=True):
        for span in lane.jobs(count, dice(seed, "own work", lane.resource.id, lane.number)):
            number += 1
            by_resource[lane.resource.id].append((_own(lane.resource, span, number), span))
    own, bookings, overloads = [], [], []
    for row in resources:
        jobs = sorted(by_resource[row.id], key=lambda job: job[1])
        own += [work for work, _span in jobs]
        made = [_booking(row, work, start, end, 1, now) for work, (start, end) in jobs]
        if jobs and dice(seed, "overload", row.id).random() < OVERLOADED:
            number += 1
            extra = _own(row, _three_days(jobs, seed, row.id), number)
            own.append(extra)
            fits, over = fill(
                [(extra.starts, extra.ends, 1)], [(b.starts, b.ends, b.units) for b in made], row.capacity
            )
            made += [_booking(row, extra, start, end, units, now) for start, end, units in fits]
            overloads += [Overload(resource=row, starts=start, ends=end, units=units) for start, end, units in over]
        bookings += made
    OwnWork.objects.bulk_create(own)
    Booking.objects.bulk_create(bookings)
    Overload.objects.bulk_create(overloads)
    return len(bookings), len(overloads)


def _lanes(row: Resource, hours: WorkCalendar, now: int, seed: int) -> Iterator[Lane]:
    begin = now - BEGUN_BEFORE
    begin -= begin % 60
    pieces = [
        (max(start, midnight), min(end, midnight + DAY))
        for start, end in hours.intervals(begin, now + EMPTY_AFTER)
        for midnight in range(start - start % DAY, end, DAY)
    ]
    for number in range(row.capacity):
        full = dice(seed, "load", row.id, number).uniform(*FULLEST)
        loads = [_load(full, start - now) for start, _end in pieces]
        yield Lane(row, number, pieces, loads, sum((e - s) * load for (s, e), load in zip(pieces, loads, strict=True)))


def _load(full: float, ahead: int) -> float:
    if ahead <= FULL_FOR:
        return full
    return full + (EMPTIEST - full) * (ahead - FULL_FOR) / (EMPTY_AFTER - FULL_FOR)


def _shares(weights: Sequence[float], total: int) -> list[int]:
    """`total` in whole parts after `weights`: rounding what has come so far, so that nothing is lost."""
    whole = sum(weights) or 1
    reached = [0, *(round(total * sum_ / whole) for sum_ in accumulate(weights))]
    return [after - before for before, after in pairwise(reached)]


def _own(row: Resource, span: Interval, number: int) -> OwnWork:
    label = LABELS[row.work_centre.site.country].format(number=20_000 + number)
    return OwnWork(resource=row, starts=span[0], ends=span[1], label=label, source=SOURCE)


def _booking(row: Resource, work: OwnWork, start: int, end: int, units: int, now: int) -> Booking:
    return Booking(
        resource=row, starts=start, ends=end, units=units, kind=Booking.Kind.OWN, work=work.ref, booked_at=now
    )


def _three_days(jobs: Sequence[tuple[OwnWork, Interval]], seed: int, row: int) -> Interval:
    """A time in which the machine is busy already."""
    start = jobs[dice(seed, "overload at", row).randrange(min(len(jobs), 12))][1][0]
    return start, start + 3 * DAY
