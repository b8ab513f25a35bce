"""What is done for an order, to be timed and priced."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from lianzao.base.money import Money

from .figures import Count, Currency, Positive
from .rates import RateCard

NOTHING = Decimal("1e-9")  # seconds


@dataclass(frozen=True, slots=True)
class OperationWork:
    """One operation on one machine group. `speed` divides the run time; 1 is that of the routing.

    `programming` and `fixture` say whether these must be made for it.
    """

    operation: str
    group: str
    setup_min: Decimal
    run_min_per_piece: Decimal
    quantity: Count
    speed: Positive = Decimal(1)
    programming: bool = False
    fixture: bool = False

    @property
    def run_min(self) -> Decimal:
        return self.run_min_per_piece * self.quantity / self.speed


@dataclass(frozen=True, slots=True)
class MaterialUse:
    """`scrap` is what is bought on top, as a share of the net mass; the price is in the owner's currency."""

    material: str
    net_kg_per_piece: Decimal
    pieces: Count
    price_per_kg: Decimal
    scrap: Decimal = Decimal(0)

    @property
    def gross_kg(self) -> Decimal:
        return self.net_kg_per_piece * self.pieces * (1 + self.scrap)


@dataclass(frozen=True, slots=True)
class OutsideLot:
    """A process bought by the lot, in whatever currency; a lot begun is paid whole."""

    process: str
    lot_price: Money
    pieces_per_lot: Count
    pieces: Count

    @property
    def lots(self) -> int:
        return -(-self.pieces // self.pieces_per_lot)


@dataclass(frozen=True, slots=True)
class Extra:
    """An option that takes money (in the owner's currency) and time."""

    kind: Literal["certificate", "first-article", "packing"]
    pieces: Count
    amount: Decimal = Decimal(0)
    amount_per_piece: Decimal = Decimal(0)
    minutes: Decimal = Decimal(0)
    minutes_per_piece: Decimal = Decimal(0)

    @property
    def seconds(self) -> int:
        return seconds(self.minutes + self.minutes_per_piece * self.pieces)


@dataclass(frozen=True, slots=True)
class Share:
    """One owner's part in an order of `quantity` pieces."""

    card: RateCard
    quantity: Count
    operations: tuple[OperationWork, ...] = ()
    materials: tuple[MaterialUse, ...] = ()
    outside: tuple[OutsideLot, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """`rate` on the customs value: the goods as priced so far, with the transport that brings them (CIF)."""

    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Leg:
    """A transport by one mode, at a tariff per kg with a minimum. `carries` are the owners whose goods it has."""

    origin: str
    destination: str
    mode: str
    mass_kg: Decimal
    per_kg: Decimal
    minimum: Decimal
    currency: Currency
    source: str
    carries: tuple[str, ...] = ()
    duty: Duty | None = None

    @property
    def cost(self) -> Decimal:
        return max(self.minimum, self.mass_kg * self.per_kg)


def seconds(minutes: Decimal) -> int:
    """Whole seconds, never too few; but a third of a minute, of which no decimal is exact, is 20 seconds."""
    return int((minutes * 60 - NOTHING).to_integral_value(ROUND_CEILING))
