"""A promise as computed: who does what when, at what price, and why not sooner. Ours alone until it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from lianzao.base.money import Money
from lianzao.trade.requests import Request


@dataclass(frozen=True, slots=True)
class Slot:
    """One piece of work in the plan. `kind`: work, material, outside, ship (to another site or the buyer).

    Organisation, site and resource by id; times in seconds UTC. [start, end) is booked; `answered` is when its owner
    says it is ready, and all that others build on. `goes_to` is the site that a shipment reaches, None for the buyer's
    place.
    """

    key: str
    kind: str
    name: Mapping[str, str]
    pieces: int
    start: int
    end: int
    answered: int
    owner: int | None = None
    site: int | None = None
    resource: int | None = None
    units: int = 1
    process: str = ""
    goes_to: int | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A step of the chain that makes the date (`because` as in engines.plan)."""

    because: str
    start: int
    end: int
    operation: str = ""
    owner: int | None = None
    site: int | None = None
    resource: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the price in the buyer's currency."""

    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """One owner's part: its own price in its currency, and when it says it hands its last piece over."""

    owner: int
    net: Money
    hand_over: int
    begins: int
    processes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Price:
    lines: Sequence[Line]
    net: Decimal
    tax: Decimal
    currency: str
    rates: Sequence[Mapping[str, str]]
    incoterm: str
    place: str
    payment: str
    valid_until: int


@dataclass(frozen=True, slots=True)
class Solution:
    request: Request
    slots: Sequence[Slot]
    reasons: Sequence[Reason]
    ready: int
    promised: int
    p50: int
    p90: int
    quantiles: Mapping[str, int]
    price: Price | None
    seller: int
    shares: Sequence[Share]
    assumed: Sequence[str] = field(default_factory=tuple)

    def stored_plan(self) -> dict[str, Any]:
        """What is kept of the plan with a quote, as JSON."""
        return {"slots": [asdict(slot) for slot in self.slots]}


def slots_of(plan: Mapping[str, Any]) -> list[Slot]:
    """The slots of a stored plan; the oldest ones were answered exactly."""
    return [Slot(**{"answered": slot["end"], **slot, "after": tuple(slot["after"])}) for slot in plan["slots"]]
