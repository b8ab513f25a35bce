"""Working time at a place: shifts on local wall clocks, closures and exceptions, as intervals of UTC seconds.

A shift belongs to the local date on which it begins: a night shift that begins on the eve of a holiday is worked to its
end, and none begins on the holiday. Over a change of clocks a shift lasts as long as it really does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

Interval = tuple[int, int]
"""Start (in) and end (out), whole seconds UTC."""

NO_MAKE_UP: Mapping[date, int] = {}
SEARCHED_DAYS = 400  # more than a year: closed longer than that is closed for good


class NeverOpen(Refused):
    """Nothing is worked within a year of the moment asked for."""

    code = "never-open"
    text = _("Nobody works there within a year of {day}.")
    hint = _("a calendar with at least one shift")


@dataclass(frozen=True, slots=True)
class Shift:
    """Work from `start` to `end` on local clocks, on `weekdays` (Monday is 0).

    An `end` not after `start` is on the next day; equal ones make a whole day.
    """

    weekdays: frozenset[int]
    start: time
    end: time

    def __init__(self, weekdays: Iterable[int], start: time, end: time) -> None:
        object.__setattr__(self, "weekdays", frozenset(weekdays))
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)


@dataclass(frozen=True, init=False)
class WorkCalendar:
    """When work is done in `zone` (IANA name). Hashable, so that callers may keep what they asked.

    `closed` dates are not worked; `make_up` dates are worked by the pattern of the weekday given for them (China's days
    made up for a bridge day), unless closed. `opened` intervals (overtime) are added, `blocked` ones (maintenance, full
    until) taken away last. After `published_until` the holidays are an assumption.
    """

    zone: str
    shifts: tuple[Shift, ...]
    closed: frozenset[date]
    make_up: frozenset[tuple[date, int]]
    opened: tuple[Interval, ...]
    blocked: tuple[Interval, ...]
    published_until: date
    _weekday_made_up: Mapping[date, int] = field(repr=False, compare=False)

    ALWAYS: ClassVar[Shift] = Shift(range(7), time(0), time(0))

    def __init__(
        self,
        zone: str,
        shifts: Iterable[Shift],
        closed: Iterable[date] = (),
        make_up: Mapping[date, int] = NO_MAKE_UP,
        opened: Iterable[Interval] = (),
        blocked: Iterable[Interval] = (),
        published_until: date = date.max,
    ) -> None:
        ZoneInfo(zone)  # an unknown zone is an error here, not at the first question
        for name, value in (
            ("zone", zone),
            ("shifts", tuple(shifts)),
            ("closed", frozenset(closed)),
            ("make_up", frozenset(make_up.items())),
            ("opened", merged(opened)),
            ("blocked", merged(blocked)),
            ("published_until", published_until),
            ("_weekday_made_up", dict(make_up)),
        ):
            object.__setattr__(self, name, value)

    def intervals(self, start: int, end: int) -> list[Interval]:
        """The working time within [start, end): sorted, disjoint, touching pieces joined."""
        if end <= start:
            return []
        first = self.local_day(start) - timedelta(days=2)  # a shift may have begun the day before
        days = (self.local_day(end) - first).days + 1
        worked = [span for day in range(days) for span in self._shifts_of(first + timedelta(days=day))]
        open_spans = merged([*worked, *self.opened])
        return within(without(open_spans, self.blocked), start, end)

    def end_of_work_day(self, moment: int) -> int:
        """When the working day that contains `moment`, or the next one after it, ends there.

        A night shift still running is the end of the day before. Raises NeverOpen.
        """
        first = self.local_day(moment) - timedelta(days=1)
        for day in range(SEARCHED_DAYS):
            end = self._end_of(first + timedelta(days=day))
            if end is not None and end >= moment:
                return end
        raise NeverOpen(day=self.local_day(moment).isoformat())

    def local_day(self, moment: int) -> date:
        return datetime.fromtimestamp(moment, ZoneInfo(self.zone)).date()

    def is_assumed(self, moment: int) -> bool:
        """Whether `moment` lies beyond the last holiday plan that was published."""
        return self.local_day(moment) > self.published_until

    def _end_of(self, day: date) -> int | None:
        opened = (span for span in self.opened if self.local_day(span[0]) == day)
        worked = without(merged([*self._shifts_of(day), *opened]), self.blocked)
        return worked[-1][1] if worked else None

    def _shifts_of(self, day: date) -> Iterator[Interval]:
        if day in self.closed:
            return
        weekday = self._weekday_made_up.get(day, day.weekday())
        zone = ZoneInfo(self.zone)
        for shift in self.shifts:
            if weekday in shift.weekdays:
                last_day = day if shift.end > shift.start else day + timedelta(days=1)
                start, end = _seconds(day, shift.start, zone), _seconds(last_day, shift.end, zone)
                if start < end:  # a shift may lie wholly in the hour that the clocks skip
                    yield start, end


def merged(spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """`spans` sorted, without empty ones, those that overlap or touch joined."""
    out: list[Interval] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            if end > out[-1][1]:
                out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def without(spans: Iterable[Interval], taken: Sequence[Interval]) -> list[Interval]:
    """What is left of `spans` when `taken` is cut out; both sorted and disjoint."""
    out: list[Interval] = []
    place = 0
    for start, end in spans:
        while place < len(taken) and taken[place][1] <= start:
            place += 1
        at, cut = start, place
        while cut < len(taken) and taken[cut][0] < end:
            if at < taken[cut][0]:
                out.append((at, taken[cut][0]))
            at = max(at, taken[cut][1])
            cut += 1
        if at < end:
            out.append((at, end))
    return out


def within(spans: Iterable[Interval], start: int, end: int) -> list[Interval]:
    """The parts of `spans` that lie in [start, end)."""
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]


def _seconds(day: date, clock: time, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, clock, zone).astimezone(UTC).timestamp())
