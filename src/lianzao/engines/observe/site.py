"""What a shop is, as learnt from its reports: plain values that an import can store."""

from __future__ import annotations

import math
from dataclasses import dataclass

NORMAL_P90 = 1.2816  # standard deviations from the middle to the 90th percentile of a normal distribution


@dataclass(frozen=True, slots=True)
class Time:
    """A duration that varies: log-normal around `median` (its unit stands with the field), learnt from `seen` cases.

    With few cases of its own it leans on what like work took, and says so by its `seen`.
    """

    median: float
    sigma: float
    seen: int

    @property
    def low(self) -> float:
        """Nine in ten take longer."""
        return self.median * math.exp(-NORMAL_P90 * self.sigma)

    @property
    def high(self) -> float:
        """One in ten takes longer."""
        return self.median * math.exp(NORMAL_P90 * self.sigma)

    @property
    def mean(self) -> float:
        return self.median * math.exp(self.sigma**2 / 2)


@dataclass(frozen=True, slots=True)
class Shift:
    """Open hours within one day: `weekday` 0 is Monday, `starts` < `ends` ≤ 1440 are minutes of that day."""

    weekday: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class LearnedResource:
    """A machine or, where `capacity` > 1, a pool.

    `wait_hours` is how long work lay before this resource took it up; None where it was never seen to wait for it.
    `busy_hours` is time worked while the log ran, `own_calendar` whether `shifts` are its own or the site's.
    """

    name: str
    capacity: int
    shifts: tuple[Shift, ...]
    own_calendar: bool
    reports: int
    busy_hours: float
    wait_hours: Time | None


@dataclass(frozen=True, slots=True)
class LearnedMode:
    """One way to do an operation: on `resource`, chosen in `share` of the cases.

    `set_up` is in minutes per order, None where seldom done; `per_piece` in minutes, None where nothing was.
    """

    resource: str
    share: float
    set_up: Time | None
    per_piece: Time | None


@dataclass(frozen=True, slots=True)
class LearnedOperation:
    """A step of a routing. `present` is the share of its orders that had it, `first_pass` that of good pieces."""

    name: str
    present: float
    first_pass: float
    modes: tuple[LearnedMode, ...]


@dataclass(frozen=True, slots=True)
class LearnedRouting:
    """One of the ways a part is made, taken by `orders` orders, `share` of those of the part, the commonest being 1."""

    variant: int
    orders: int
    share: float
    operations: tuple[LearnedOperation, ...]


@dataclass(frozen=True, slots=True)
class LearnedPart:
    """`first_pass` is the share of pieces neither rejected nor reworked; `quantity` the median of an order."""

    name: str
    orders: int
    quantity: float
    first_pass: float
    routings: tuple[LearnedRouting, ...]


@dataclass(frozen=True, slots=True)
class LearnedSite:
    """`began` and `ended` bound what was seen, in seconds of the shop's clock read as UTC."""

    began: int
    ended: int
    orders: int
    shifts: tuple[Shift, ...]
    resources: tuple[LearnedResource, ...]
    parts: tuple[LearnedPart, ...]
