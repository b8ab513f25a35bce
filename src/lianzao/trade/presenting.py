"""A promise as a page shows it: figures, price lines in words, reason. From the JSON answer of its viewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.base.places import zone_of
from lianzao.trade.charting import Reasoned, reasoned
from lianzao.trade.wording import PAYMENTS, PRICE_LINES, language, listed, word
from lianzao.web import formats


@dataclass(frozen=True, slots=True)
class PriceLine:
    word: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `base` is `rate` of `quote`."""

    base: str
    quote: str
    rate: Decimal
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class PriceShown:
    lines: Sequence[PriceLine]
    net: Money
    tax: Money
    tax_share: Decimal
    gross: Money
    terms: str
    payment: str
    rates: Sequence[Rate]


@dataclass(frozen=True, slots=True)
class PromiseShown:
    """Times in seconds; `zone` are the clocks of the place of arrival, `home` those of the seller's country."""

    promised: int
    ready: int
    likely: int
    safe: int
    place: str
    zone: tzinfo
    home: tzinfo
    price: PriceShown | None
    reason: Reasoned
    assumed: str


def shown(promise: Mapping[str, Any], request: Mapping[str, Any], *, home: str, now: int) -> PromiseShown:
    """`promise` and `request` as JSON; `home` is the country it is sent from, `now` when it was computed."""
    to = request.get("deliver_to") or {"country": home, "place": ""}
    zone = zone_of(to["country"])
    return PromiseShown(
        promised=clock.from_iso(promise["promised"]),
        ready=clock.from_iso(promise["ready"]),
        likely=clock.from_iso(promise["p50"]),
        safe=clock.from_iso(promise["p90"]),
        place=to["place"],
        zone=zone,
        home=zone_of(home),
        price=price(promise["price"]) if "price" in promise else None,
        reason=reasoned(promise, place=to["place"], zone=zone, now=now),
        assumed=_assumed(promise["assumed"]),
    )


def price(answer: Mapping[str, Any]) -> PriceShown:
    currency = answer["currency"]
    net, tax = Decimal(answer["net"]), Decimal(answer["tax"])
    return PriceShown(
        lines=[
            PriceLine(word(PRICE_LINES, line["kind"]), Money(Decimal(line["amount"]), currency))
            for line in answer["lines"]
        ],
        net=Money(net, currency),
        tax=Money(tax, currency),
        tax_share=(tax / net).quantize(Decimal("0.001")) if net else Decimal(0),
        gross=Money(net + tax, currency),
        terms=f"{answer['incoterm']} {answer['place']}, Incoterms 2020",
        payment=word(PAYMENTS, answer["payment"]),
        rates=[
            Rate(row["from"], row["to"], Decimal(row["rate"]), date.fromisoformat(row["date"]), row["source"])
            for row in answer.get("rate", ())
        ],
    )


def _assumed(codes: Sequence[str]) -> str:
    """On whose unpublished holidays the dates rest."""
    names = formats.locale(language()).territories
    countries = [names.get(code.removeprefix("calendar "), code) for code in codes]
    if not countries:
        return ""
    said = gettext("Calendar assumed: the holidays of {countries} are not published that far.")
    return said.format(countries=listed(countries))
