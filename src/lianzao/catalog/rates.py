"""Public figures of a day: exchange, tax, duty, each with its source; read in one query."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property

from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.catalog.models import PublicRate
from lianzao.engines import estimate


class NoPublicRate(Refused):
    code = "no-rate"
    text = _("There is no {kind} rate for {subject} on {day}.")
    hint = _("a rate with its source and a valid-from day")


class Rates:
    """The figures valid on `day`."""

    def __init__(self, day: date) -> None:
        self.day = day
        valid = PublicRate.objects.filter(valid_from__lte=day).order_by("valid_from")
        self._rows = {(row.kind, row.subject): row for row in valid}
        self._factors: dict[tuple[str, str], Decimal] = {}

    @cached_property
    def exchange(self) -> estimate.Exchange:
        found = []
        for (kind, subject), row in self._rows.items():
            if kind == "exchange":
                base, _to, quote = subject.partition(">")
                found.append(estimate.ExchangeRate(base, quote, row.value, row.valid_from, row.source))
        return estimate.Exchange(tuple(found))

    def convert(self, amount: Decimal, given: str, wanted: str) -> Decimal:
        """Unrounded, for comparing; prices are rounded line by line.

        Raises NoRate.
        """
        key = (given, wanted)
        if key not in self._factors:
            self._factors[key] = self.exchange.between(given, wanted, "currency")[0]
        return amount * self._factors[key]

    def duty(self, origin: str, destination: str) -> estimate.Duty | None:
        """The duty between two countries; none where no row says otherwise."""
        row = self._rows.get(("duty", f"{origin}>{destination}"))
        return estimate.Duty(row.value, row.source) if row and origin != destination else None

    def tax(self, seller: str, buyer: str) -> estimate.TaxRule:
        """The tax of the seller's country within it; a delivery to another is zero-rated as an export.

        Raises NoPublicRate.
        """
        row = self._rows.get(("tax", seller))
        if row is None:
            raise NoPublicRate(kind="tax", subject=seller, day=self.day.isoformat())
        if seller != buyer:
            return estimate.TaxRule(estimate.TaxCode.EXPORT, Decimal(0), row.valid_from, row.source)
        return estimate.TaxRule(estimate.TaxCode.STANDARD, row.value, row.valid_from, row.source)
