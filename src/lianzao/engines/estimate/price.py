"""The price of an order: all owners' lines in the buyer's currency, transport, duty, and tax beside the net."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lianzao.base.messages import _
from lianzao.base.money import Money, total
from lianzao.base.refusals import Fact

from .figures import MalformedEstimate, check, check_currency, rounded
from .lines import Kind, Line, figure
from .rates import Exchange, ExchangeRate, TaxCode, TaxRule
from .share import converted, own_lines
from .work import Leg, Share


@dataclass(frozen=True, slots=True)
class Price:
    """`net` is exactly the sum of the lines; `rates_used` are the exchange rates that it freezes."""

    lines: tuple[Line, ...]
    net: Money
    tax: Money
    tax_rule: TaxRule
    currency: str
    rates_used: tuple[ExchangeRate, ...]

    def by_kind(self) -> dict[Kind, Money]:
        """For readers who may not see who asks what; sums to the same net."""
        kinds = dict.fromkeys(line.kind for line in self.lines)
        return {kind: total((x.amount for x in self.lines if x.kind is kind), self.currency) for kind in kinds}

    def owed(self) -> dict[str, Money]:
        """To each owner, in its own currency."""
        owners = {line.owner: line.own.currency for line in self.lines if line.owner}
        return {
            owner: total((line.own for line in self.lines if line.owner == owner), currency)
            for owner, currency in owners.items()
        }


def price(
    shares: Sequence[Share],
    *,
    currency: str,
    exchange: Exchange,
    tax: TaxRule,
    legs: Sequence[Leg] = (),
    general_margin: Decimal = Decimal(0),
    seller: str = "",
) -> Price:
    """`general_margin` is the seller's share on what the others ask, for answering for the whole.

    Raises MalformedEstimate for what is no figure, NoRate for a rate that is missing.
    """
    for name, value in {"shares": shares, "legs": legs, "exchange": exchange, "tax": tax}.items():
        check(value, name)
    check(general_margin, "general_margin")
    check_currency(currency, "currency")
    if tax.code is not TaxCode.STANDARD and tax.rate:
        raise MalformedEstimate(at="tax.rate", accepted=_("0 for this kind of tax"), found=str(tax.rate))
    used: list[ExchangeRate] = []
    goods = tuple(_goods(shares, currency, exchange, used))
    lines = (
        *goods,
        *_general(goods, currency, general_margin, seller),
        *_transports(legs, goods, currency, exchange, used),
    )
    net = total((line.amount for line in lines), currency)
    return Price(
        lines=lines,
        net=net,
        tax=rounded(net.amount * tax.rate, currency, "tax"),
        tax_rule=tax,
        currency=currency,
        rates_used=tuple(dict.fromkeys(used)),
    )


def _goods(shares: Sequence[Share], currency: str, exchange: Exchange, used: list[ExchangeRate]) -> Iterator[Line]:
    seen: set[str] = set()
    for i, share in enumerate(shares):
        owner, at = share.card.owner, f"shares[{i}]"
        if not owner or owner in seen:
            raise MalformedEstimate(
                _("An owner's work stands in one share."), at=f"{at}.card.owner", accepted=_("each owner once")
            )
        seen.add(owner)
        asked, sources = own_lines(share, exchange, at=at)
        rate, more = exchange.between(share.card.currency, currency, f"{at}.card.currency")
        used.extend((*sources, *more))
        for line, amount in zip(asked, converted(asked, rate, currency, at), strict=True):
            yield Line(line.kind, amount, line.amount, owner, line.facts)


def _general(goods: Sequence[Line], currency: str, margin: Decimal, seller: str) -> Iterator[Line]:
    base = sum((line.amount.amount for line in goods if line.owner != seller), Decimal(0))
    amount = rounded(base * margin, currency, "general_margin")
    if amount.amount:
        yield Line(Kind.MARGIN, amount, amount, "", {"share": figure(margin), "of": figure(base)})


def _transports(
    legs: Sequence[Leg], goods: Sequence[Line], currency: str, exchange: Exchange, used: list[ExchangeRate]
) -> Iterator[Line]:
    for i, leg in enumerate(legs):
        at = f"legs[{i}]"
        own = rounded(leg.cost, leg.currency, at)
        rate, sources = exchange.between(leg.currency, currency, f"{at}.currency")
        used.extend(sources)
        amount = rounded(own.amount * rate, currency, at)
        route: dict[str, Fact] = {"from": leg.origin, "to": leg.destination, "mode": leg.mode, "source": leg.source}
        if amount.amount:
            yield Line(Kind.TRANSPORT, amount, own, "", {**route, "mass_kg": figure(leg.mass_kg)})
        if leg.duty is None:
            continue
        value = amount.amount + sum((line.amount.amount for line in goods if line.owner in leg.carries), Decimal(0))
        duty = rounded(value * leg.duty.rate, currency, at)
        if duty.amount:
            facts = {**route, "rate": figure(leg.duty.rate), "value": figure(value), "source": leg.duty.source}
            yield Line(Kind.DUTY, duty, duty, "", facts)


def sub_orders(price: Price, seller: str) -> tuple[Line, ...]:
    """The seller's view: its own lines and the order's, and one line for each other owner; they sum to the same net."""
    kept = [line for line in price.lines if line.owner in {seller, ""}]
    others = dict.fromkeys(line.owner for line in price.lines if line.owner not in {seller, ""})
    owed = price.owed()
    for owner in others:
        amount = total((line.amount for line in price.lines if line.owner == owner), price.currency)
        kept.append(Line(Kind.SUB_ORDER, amount, owed[owner], owner, {}))
    return tuple(kept)
