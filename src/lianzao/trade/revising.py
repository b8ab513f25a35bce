"""What an owner's other price or date does to a quote that its buyer still considers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lianzao.base import clock
from lianzao.base.money import cent
from lianzao.catalog.rates import Rates
from lianzao.trade.models import Consent, Quote


def with_price(quote: Quote, consent: Consent, price: Decimal, rates: Rates) -> dict[str, Any]:
    """The quote's promise with the owner's new net price as a line of its own; tax and net follow."""
    answer: dict[str, Any] = quote.promise["price"]
    currency = answer["currency"]
    change = rates.convert(price - consent.share, consent.currency, currency).quantize(cent(currency))
    lines = [*answer["lines"], {"kind": "owner-change", "amount": str(change)}]
    before = Decimal(answer["net"])
    net = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    tax = (Decimal(answer["tax"]) * net / before if before else Decimal(0)).quantize(cent(currency))
    return {**quote.promise, "price": {**answer, "lines": lines, "net": str(net), "tax": str(tax)}}


def rates_of(quote: Quote) -> Rates:
    """The public figures of the day on which the quote was made: it froze them."""
    return Rates(clock.at(quote.made_at).date())
