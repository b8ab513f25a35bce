"""When a resource can take a piece of work: its working time less what is full, asked by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianzao.base.calendars import Interval, merged, without

Times = NDArray[np.float64]

WEEK = 7 * 86400
WEEKS_BEYOND = 52


class Fit(NamedTuple):
    """Where a piece of work goes: [start, end), set up until `setup_end`."""

    start: int
    setup_end: int
    end: int


class Timeline:
    """The free time of a resource for work that takes `units` of its `capacity`."""

    def __init__(
        self, open_spans: Sequence[Interval], busy: Sequence[tuple[int, int, int]], capacity: int, units: int
    ) -> None:
        worked = merged(open_spans)
        self.open_starts = [start for start, _ in worked]
        self.open_ends = [end for _, end in worked]
        self.worked_before = list(accumulate((end - start for start, end in worked), initial=0))
        self.capacity = capacity
        self.level_changes, self.levels = _levels(busy)
        full = self._full(units)
        self.full_starts = [start for start, _ in full]
        self.full_ends = [end for _, end in full]
        windows = [] if units > capacity else without(worked, full)
        self.window_starts = [start for start, _ in windows]
        self.window_ends = [end for _, end in windows]

    def fit(self, earliest: int, setup: int, run: int, *, interruptible: bool) -> Fit | None:
        """The place that ends first, not before `earliest`; None when there is none in the time known."""
        if interruptible:
            return self._fit_with_pauses(earliest, setup, run)
        start = self._start_in_one_window(earliest, setup + run)
        return None if start is None else Fit(start, start + setup, start + setup + run)

    def end_of_work(self, start: int, work: int) -> int | None:
        """When `work` seconds of working time are over, counted from `start`; None when the time known is shorter."""
        if work == 0:
            return start
        place = bisect_right(self.open_ends, start)
        if place == len(self.open_ends):
            return None
        target = self.worked_before[place] + max(0, start - self.open_starts[place]) + work
        last = bisect_left(self.worked_before, target) - 1
        if last >= len(self.open_starts):
            return None
        return self.open_starts[last] + target - self.worked_before[last]

    def pauses(self, start: int, end: int, longer_than: int) -> list[Interval]:
        """Closed times within [start, end) of more than `longer_than` seconds."""
        place = bisect_right(self.open_ends, start)
        found = []
        while place + 1 < len(self.open_ends) and self.open_starts[place + 1] < end:
            closed, opens = self.open_ends[place], self.open_starts[place + 1]
            if opens - closed > longer_than:
                found.append((closed, opens))
            place += 1
        return found

    def worked(self, start: int, end: int) -> int:
        """Seconds of working time in [start, end)."""
        return self._worked_until(end) - self._worked_until(start)

    def full_before(self, moment: int, count: int) -> list[Interval]:
        """The last `count` times before `moment` at which there was no room."""
        last = bisect_left(self.full_starts, moment)
        first = max(0, last - count)
        return list(zip(self.full_starts[first:last], self.full_ends[first:last], strict=True))

    def booked(self, moment: int) -> tuple[int, float]:
        """Units booked at `moment`, and until when that stays so."""
        place = bisect_right(self.level_changes, moment)
        until = self.level_changes[place] if place < len(self.level_changes) else inf
        return self.levels[place], until

    def changes_within(self, start: int, end: int) -> list[int]:
        """When the booked units change in (start, end)."""
        return self.level_changes[bisect_right(self.level_changes, start) : bisect_left(self.level_changes, end)]

    def _worked_until(self, moment: int) -> int:
        place = bisect_right(self.open_ends, moment)
        if place == len(self.open_ends):
            return self.worked_before[-1]
        return self.worked_before[place] + max(0, moment - self.open_starts[place])

    def _start_in_one_window(self, earliest: int, length: int) -> int | None:
        starts, ends = self.window_starts, self.window_ends
        for place in range(bisect_right(ends, earliest), len(ends)):
            start = max(starts[place], earliest)
            if start + length <= ends[place]:
                return start
        return None

    def _fit_with_pauses(self, earliest: int, setup: int, run: int) -> Fit | None:
        """A booking lies over its pauses too, so it must fit between two full times."""
        if not self.window_starts:
            return None
        work = setup + run
        gap = bisect_right(self.full_ends, earliest)
        while True:
            begins = earliest if gap == 0 else max(earliest, self.full_ends[gap - 1])
            ends = self.full_starts[gap] if gap < len(self.full_starts) else inf
            gap += 1
            if ends - begins < work or ends <= begins:
                continue
            place = bisect_right(self.open_ends, begins)
            if place == len(self.open_ends):
                return None
            start = max(begins, self.open_starts[place])
            end = self.end_of_work(start, work)
            if end is None:
                return None
            if end <= ends and start < ends:
                setup_end = self.end_of_work(start, setup)
                return Fit(start, end if setup_end is None else setup_end, end)

    def _full(self, units: int) -> tuple[Interval, ...]:
        """When fewer than `units` are left."""
        return merged(
            (start, end)
            for start, end, level in zip(self.level_changes, self.level_changes[1:], self.levels[1:], strict=False)
            if level + units > self.capacity
        )


def _levels(busy: Sequence[tuple[int, int, int]]) -> tuple[list[int], list[int]]:
    """The moments at which the booked units change, and the units before the first and after each of them."""
    changes: dict[int, int] = {}
    for start, end, units in busy:
        if start < end:
            changes[start] = changes.get(start, 0) + units
            changes[end] = changes.get(end, 0) - units
    moments = sorted(moment for moment, change in changes.items() if change)
    return moments, list(accumulate((changes[moment] for moment in moments), initial=0))


def repeating(open_spans: Sequence[Interval]) -> tuple[Times, Times, Times]:
    """Openings, closings, and the seconds worked before each opening.

    After the last one the last week is repeated for a year, and then nothing closes any more.
    """
    spans = np.array(merged(open_spans) or [(0, 0)], dtype=np.float64)
    last = spans[-1, 1]
    week = np.maximum(spans[spans[:, 1] > last - WEEK], last - WEEK)
    beyond = [week + WEEK * (turn + 1) for turn in range(WEEKS_BEYOND)]
    end = last + WEEK * WEEKS_BEYOND
    spans = np.concatenate([spans, *beyond, [[end, np.inf]]])
    worked_before = np.concatenate([[0.0], np.cumsum(spans[:-1, 1] - spans[:-1, 0])])
    return spans[:, 0], spans[:, 1], worked_before
