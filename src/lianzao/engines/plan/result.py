"""What a plan says: who does what when, how it travels, when it arrives, and what makes the date."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lianzao.engines.plan.problem import Because


@dataclass(frozen=True, slots=True)
class Slot:
    """An operation in its place. `mode` is the index into its modes; without a resource nothing is to be booked.

    [start, end) is to be booked; its owner answers that it is ready at `answered`, and what follows builds on that.
    """

    operation: str
    mode: int
    resource: str | None
    owner: str
    site: str | None
    start: int
    setup_end: int
    end: int
    answered: int
    units: int
    ready: int
    """When all that it needs was there."""


@dataclass(frozen=True, slots=True)
class Trip:
    """What `operation` made, on its way to `to_operation` (or to the destination); customs last until `end`."""

    operation: str
    to_operation: str | None
    mode: str
    option: int
    from_site: str
    to_site: str
    ready: int
    start: int
    customs_start: int
    end: int
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the time from release to arrival, and what filled it."""

    because: Because
    start: int
    end: int
    operation: str | None = None
    resource: str | None = None
    owner: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`ready` is ex works, `arrival` at the destination; the steps of `chain` fill the time from release to arrival.

    All of them build on what the owners answer. `exact` says that nothing better exists; otherwise the search ended at
    its limit with a good plan.
    """

    slots: tuple[Slot, ...]
    legs: tuple[Trip, ...]
    ready: int
    arrival: int
    cost: Decimal
    chain: tuple[Step, ...]
    exact: bool
