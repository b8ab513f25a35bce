"""Money: a decimal with its currency (ISO 4217). Parts are rounded, totals are sums of parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINOR_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0}  # ISO 4217; all other currencies here have two


def cent(currency: str) -> Decimal:
    """The smallest amount of `currency`."""
    return Decimal(1).scaleb(-MINOR_DIGITS.get(currency, 2))


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` of `currency`, net unless said otherwise."""

    amount: Decimal
    currency: str

    def rounded(self) -> Money:
        return Money(self.amount.quantize(cent(self.currency), ROUND_HALF_UP), self.currency)

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.amount * factor, self.currency)

    def converted(self, rate: Decimal, currency: str) -> Money:
        """In another `currency`, at `rate` units of it for one of ours, rounded."""
        return Money(self.amount * rate, currency).rounded()


def total(parts: Iterable[Money], currency: str) -> Money:
    """The sum of rounded parts."""
    return sum((part.rounded() for part in parts), Money(Decimal(0), currency))
