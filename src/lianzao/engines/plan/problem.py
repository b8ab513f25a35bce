"""What is to be planned: operations in their order, who can do each, when, and how things travel between sites.

All times are whole seconds UTC, all durations seconds; costs are in one currency, chosen by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from lianzao.base.calendars import Interval
from lianzao.base.messages import _
from lianzao.engines.plan.refusals import BadProblem
from lianzao.engines.plan.timeline import Timeline, Times, repeating

Because = Literal[
    "queue", "work", "set-up", "transport", "customs", "calendar", "release", "material", "outside", "consent"
]
Booking = tuple[int, int, int]
"""Start, end, units taken of the capacity."""

FREE = Decimal(0)


@dataclass(frozen=True)
class Resource:
    """A machine, or a pool of `capacity` alike, with its working time (`open`) and what is booked on it (`busy`).

    `open` reaches from now to the end of the days looked at: nothing is planned outside it. Keep the object while
    neither changes: it remembers what it derives from them.
    """

    key: str
    owner: str
    site: str
    capacity: int
    open: Sequence[Interval] = field(repr=False)
    busy: Sequence[Booking] = field(repr=False, default=())

    def timeline(self, units: int) -> Timeline:
        """When `units` of it are free."""
        if units not in self._timelines:
            self._timelines[units] = Timeline(self.open, self.busy, self.capacity, units)
        return self._timelines[units]

    @cached_property
    def empty(self) -> Timeline:
        """Its working time as if nothing were booked."""
        return Timeline(self.open, (), 1, 1)

    @cached_property
    def working_time(self) -> tuple[Times, Times, Times]:
        """Openings, closings, and the seconds worked before each opening, going on after the days known."""
        return repeating(self.open)

    @cached_property
    def _timelines(self) -> dict[int, Timeline]:
        return {}


@dataclass(frozen=True, slots=True)
class Mode:
    """An operation done on `resource`: `setup`, then `run` for the whole quantity.

    `spread` is the relative standard deviation of its work time; `release` the owner's earliest start.

    The owner answers when what is made counts as ready: `rest` seconds after the end, rounded up to a multiple of
    `grain` seconds counted from `grain_offset`. Whatever comes after builds on the answer, and with a grain the reasons
    and quantiles too, so that nothing tells more of the owner's bookings; the booking stays exact.
    """

    resource: str
    setup: int
    run: int
    spread: float = 0.0
    cost: Decimal = FREE
    release: int = 0
    units: int = 1
    rest: int = 0
    grain: int = 0
    grain_offset: int = 0

    def __post_init__(self) -> None:
        _not_negative("mode", self.setup, self.run, self.spread, self.units - 1, self.rest, self.grain)

    @property
    def work(self) -> int:
        return self.setup + self.run

    def answered(self, end: int) -> int:
        """When the owner says that it is ready, for a booking until `end`."""
        ready = end + self.rest
        return ready + (self.grain_offset - ready) % self.grain if self.grain else ready

    def begins(self, start: int) -> int:
        """The start as far as the owner shows it."""
        return start - (start - self.grain_offset) % self.grain if self.grain else start


@dataclass(frozen=True, slots=True)
class Delay:
    """An operation that takes time and no resource: material on order, an outside process, waiting for inspection.

    It lasts `seconds` by the wall clock, beginning at one of `departures` (collection days, sorted) if there are any.
    `site` is where it happens and the result lies; without one, the result comes to wherever it is needed.
    """

    seconds: int
    because: Literal["material", "outside", "work"] = "work"
    site: str | None = None
    owner: str = ""
    spread: float = 0.0
    cost: Decimal = FREE
    release: int = 0
    departures: Sequence[int] | None = None

    def __post_init__(self) -> None:
        _not_negative("delay", self.seconds, self.spread)

    @property
    def work(self) -> int:
        return self.seconds

    def answered(self, end: int) -> int:
        """A delay is nobody's secret: it is over at its end."""
        return end


@dataclass(frozen=True, slots=True)
class Arc:
    """What comes before: the operation's key, and how long its result must rest, there, before it goes on."""

    operation: str
    lag: int = 0

    def __post_init__(self) -> None:
        _not_negative("arc", self.lag)


@dataclass(frozen=True, slots=True)
class Operation:
    """A step of the work, done in one of its `modes`, once all that comes `after` … has arrived.

    Interruptible work pauses while its resource is closed and holds the resource meanwhile; other work needs one
    window. `release` is its earliest start, `because_of_release` the reason shown when that decides the date.
    """

    key: str
    modes: Sequence[Mode | Delay]
    after: Sequence[Arc] = ()
    interruptible: bool = False
    release: int = 0
    because_of_release: Literal["release", "material", "outside", "consent"] = "release"


@dataclass(frozen=True, slots=True)
class Leg:
    """A way between two sites: `seconds` under way, then `customs` seconds, leaving at a departure if there are any."""

    mode: str
    seconds: int
    cost: Decimal = FREE
    customs: int = 0
    departures: Sequence[int] | None = None
    spread: float = 0.0

    def __post_init__(self) -> None:
        _not_negative("leg", self.seconds, self.customs, self.spread)


@dataclass(frozen=True, slots=True)
class Earliest:
    """Arrive as early as can be, whatever it costs."""


@dataclass(frozen=True, slots=True)
class Cheapest:
    """Cost as little as can be; arrive by `deadline`, if there is one."""

    deadline: int | None = None


Objective = Earliest | Cheapest
EARLIEST = Earliest()


@dataclass(frozen=True)
class Problem:
    """Operations to be planned from `release` (now) on; the last ones' results go to `destination`, if there is one.

    `transports` gives the ways from one site to another, alternatives beside each other; within a site none is needed.
    """

    operations: Sequence[Operation]
    resources: Mapping[str, Resource]
    transports: Mapping[tuple[str, str], Sequence[Leg]]
    release: int
    destination: str | None = None
    objective: Objective = EARLIEST


def _not_negative(at: str, *figures: float) -> None:
    if any(not figure >= 0 for figure in figures):  # also refuses NaN
        raise BadProblem(_("A duration, spread or number of units is too small."), at=at, accepted=_("0 or more"))
