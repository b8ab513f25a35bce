"""From reports to a forecast: what late or early work does to the rest of an order, over the working calendars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Job:
    """A job as planned and as it stands, seconds UTC. `open` are its working intervals, None for work round the clock.

    The planned start keeps its place: a job begins no earlier than planned, even if those before it end early.
    """

    key: str
    starts: int
    ends: int
    after: Sequence[str]
    open: Sequence[Interval] | None
    started: int | None = None
    finished: int | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """`ends` by job; `arrival` the last of them; `cause` the job whose own delay moves it most, `because` why."""

    ends: Mapping[str, int]
    arrival: int
    cause: str | None
    because: str


def forecast(jobs: Sequence[Job], *, now: int) -> Forecast:
    """The end of every job, given in an order in which each comes after those it waits for."""
    ends: dict[str, int] = {}
    own: dict[str, tuple[int, str]] = {}
    for job in jobs:
        if job.finished is not None:
            ends[job.key] = job.finished
            own[job.key] = (job.finished - job.ends, "finished-late")
            continue
        before = max((ends[key] for key in job.after if key in ends), default=0)
        length = worked(job.open, job.starts, job.ends)
        if job.started is not None:
            end = after_working(job.open, job.started, length)
            ends[job.key] = max(end, now)
            own[job.key] = (ends[job.key] - job.ends, "paused" if job.paused else "running-late")
        else:
            begins = max(job.starts, before, now)
            ends[job.key] = after_working(job.open, begins, length) if begins > job.starts else job.ends
            late_start = after_working(job.open, now, length) - job.ends if now > max(job.starts, before) else 0
            own[job.key] = (late_start, "not-started")
    arrival = max(ends.values(), default=now)
    key, (delay, because) = max(own.items(), key=lambda item: item[1][0], default=(None, (0, "")))
    return Forecast(ends, arrival, key if delay > 0 else None, because if delay > 0 else "")


def worked(open_time: Sequence[Interval] | None, start: int, end: int) -> int:
    """Working seconds between `start` and `end`."""
    if open_time is None:
        return end - start
    return sum(max(0, min(e, end) - max(s, start)) for s, e in open_time)


def after_working(open_time: Sequence[Interval] | None, start: int, seconds: int) -> int:
    """When `seconds` of work that begin at `start` are done; past the last interval, work goes on round the clock."""
    if open_time is None:
        return start + seconds
    last = start
    for s, e in open_time:
        if e <= start:
            continue
        begin = max(s, start)
        if e - begin >= seconds:
            return begin + seconds
        seconds -= e - begin
        last = e
    return last + seconds
