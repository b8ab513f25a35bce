"""Everything that is a rate: data with a source and the day from which it holds. Nothing of it is known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

from .figures import Count, Currency, MalformedEstimate, Portion, Positive


class NoRate(Refused):
    """A rate that the price needs was not given."""

    code = "no-rate"
    text = _("There is no rate for {wanted}.")
    hint = _("one of: {known}")


class Dated(Protocol):
    @property
    def valid_from(self) -> date: ...


Rate = TypeVar("Rate", bound=Dated)


def in_force(rates: Iterable[Rate], *, on: date, at: str) -> Rate:
    """The rate that began last on or before `on`.

    Raises NoRate.
    """
    begun = [rate for rate in rates if rate.valid_from <= on]
    if not begun:
        raise NoRate(at=at, accepted=_("a rate valid on that day"), wanted=on.isoformat())
    return max(begun, key=lambda rate: rate.valid_from)


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """Of a machine group, per hour, in the currency of the card."""

    set_up: Decimal
    run: Decimal


@dataclass(frozen=True, slots=True)
class QuantityBreak:
    """From `quantity` pieces on, `discount` is the share taken off."""

    quantity: Count
    discount: Portion


@dataclass(frozen=True, slots=True)
class RateCard:
    """What one owner asks, in its currency. `overhead` is a share on hourly rates, `margin` a share on its own costs.

    `programming` and `fixture` are asked once for each operation that needs them made; `minimum` is the least value of
    an order before extras. `owner` is a reference.
    """

    owner: str
    currency: Currency
    source: str
    valid_from: date
    hourly: Mapping[str, HourlyRate]
    programming: Decimal = Decimal(0)
    fixture: Decimal = Decimal(0)
    minimum: Decimal = Decimal(0)
    overhead: Decimal = Decimal(0)
    margin: Decimal = Decimal(0)
    breaks: tuple[QuantityBreak, ...] = ()

    def discount(self, quantity: int, at: str) -> Decimal:
        """The share taken off at `quantity`.

        Raises MalformedEstimate when a larger quantity would get less off.
        """
        steps = sorted(self.breaks, key=lambda step: step.quantity)
        if any(small.discount > large.discount for small, large in pairwise(steps)):
            raise MalformedEstimate(
                _("A larger quantity must not get a smaller discount."), at=at, accepted=_("discounts that rise")
            )
        return max((step.discount for step in steps if step.quantity <= quantity), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """`rate` units of `quote` for one of `base`, as published by `source` for a day."""

    base: Currency
    quote: Currency
    rate: Positive
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """The rates that a price freezes; of a pair the latest counts."""

    rates: tuple[ExchangeRate, ...]

    def between(self, base: str, quote: str, at: str) -> tuple[Decimal, tuple[ExchangeRate, ...]]:
        """Units of `quote` for one of `base`, and the published rates that this rests on.

        Published pairs are few, mostly against one currency: where the pair is not among them, its inverse serves, or
        two rates of one base.

        Raises NoRate.
        """
        if base == quote:
            return Decimal(1), ()
        known = {(each.base, each.quote): each for each in sorted(self.rates, key=lambda rate: rate.valid_from)}
        if direct := known.get((base, quote)):
            return direct.rate, (direct,)
        if inverse := known.get((quote, base)):
            return 1 / inverse.rate, (inverse,)
        for common in sorted({each.base for each in self.rates}):
            ours, theirs = known.get((common, base)), known.get((common, quote))
            if ours and theirs:
                return theirs.rate / ours.rate, (ours, theirs)
        pairs = ", ".join(f"{each.base}>{each.quote}" for each in self.rates)
        raise NoRate(at=at, wanted=f"{base}>{quote}", known=pairs or "—")


class TaxCode(StrEnum):
    STANDARD = "standard"
    REVERSE_CHARGE = "reverse-charge"  # the buyer owes it
    EXPORT = "export"  # zero-rated


@dataclass(frozen=True, slots=True)
class TaxRule:
    """The tax beside the net; `rate` is 0 unless the code is standard."""

    code: TaxCode
    rate: Portion
    valid_from: date
    source: str
