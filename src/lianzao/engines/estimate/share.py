"""What one owner asks for its part, line by line, in its own currency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from lianzao.base.money import Money, total
from lianzao.base.refusals import Fact

from .figures import check, rounded
from .lines import Kind, OwnLine, figure
from .mode import mode
from .rates import Exchange, ExchangeRate
from .work import Share


def own_lines(
    share: Share, exchange: Exchange, *, at: str = "share"
) -> tuple[tuple[OwnLine, ...], tuple[ExchangeRate, ...]]:
    """The lines and the exchange rates they rest on.

    Margin is on work, material and outside processes; the discount is on these with margin; what then lacks to the
    owner's minimum is topped up. Extras are asked as they are.

    Raises MalformedEstimate, NoRate.
    """
    check(share, at)
    used: list[ExchangeRate] = []
    costs = [*_work(share, at), *_materials(share, at), *_outside(share, exchange, used, at)]
    terms = list(_terms(share, _sum(share, costs), at))
    lines = [*costs, *terms, *_extras(share, at)]
    return tuple(line for line in lines if line.amount.amount), tuple(used)


def _sum(share: Share, lines: Iterable[OwnLine]) -> Decimal:
    return total((line.amount for line in lines), share.card.currency).amount


def _work(share: Share, at: str) -> Iterator[OwnLine]:
    for i, work in enumerate(share.operations):
        yield from mode(work, share.card, at=f"{at}.operations[{i}]").lines


def _materials(share: Share, at: str) -> Iterator[OwnLine]:
    for i, use in enumerate(share.materials):
        amount = rounded(use.gross_kg * use.price_per_kg, share.card.currency, f"{at}.materials[{i}]")
        facts: dict[str, Fact] = {
            "material": use.material,
            "gross_kg": figure(use.gross_kg),
            "price_per_kg": figure(use.price_per_kg),
        }
        yield OwnLine(Kind.MATERIAL, amount, facts)


def _outside(share: Share, exchange: Exchange, used: list[ExchangeRate], at: str) -> Iterator[OwnLine]:
    for i, bought in enumerate(share.outside):
        here = f"{at}.outside[{i}]"
        rate, sources = exchange.between(bought.lot_price.currency, share.card.currency, here)
        used.extend(sources)
        facts: dict[str, Fact] = {
            "process": bought.process,
            "lots": bought.lots,
            "lot_price": figure(bought.lot_price.amount),
            "currency": bought.lot_price.currency,
        }
        yield OwnLine(
            Kind.OUTSIDE, rounded(bought.lot_price.amount * bought.lots * rate, share.card.currency, here), facts
        )


def _terms(share: Share, costs: Decimal, at: str) -> Iterator[OwnLine]:
    card = share.card
    margin = rounded(costs * card.margin, card.currency, at)
    yield OwnLine(Kind.MARGIN, margin, {"share": figure(card.margin), "of": figure(costs)})
    asked = costs + margin.amount
    discount = card.discount(share.quantity, f"{at}.card.breaks")
    off = rounded(-asked * discount, card.currency, at)
    yield OwnLine(Kind.QUANTITY_BREAK, off, {"share": figure(discount), "quantity": share.quantity})
    lacking = max(Decimal(0), card.minimum - asked - off.amount)
    yield OwnLine(Kind.MINIMUM_ORDER, rounded(lacking, card.currency, at), {"minimum": figure(card.minimum)})


def _extras(share: Share, at: str) -> Iterator[OwnLine]:
    for i, extra in enumerate(share.extras):
        amount = extra.amount + extra.amount_per_piece * extra.pieces
        yield OwnLine(
            Kind(extra.kind),
            rounded(amount, share.card.currency, f"{at}.extras[{i}]"),
            {"pieces": extra.pieces, "seconds": extra.seconds},
        )


def converted(lines: Iterable[OwnLine], rate: Decimal, currency: str, at: str) -> Iterator[Money]:
    """The lines' amounts in another currency: each within a cent of its own conversion, their sum exactly the rounded
    conversion of the sum, so that what the buyer pays and what the owner is owed are one amount at that rate."""
    before = after = Decimal(0)
    for line in lines:
        before += line.amount.amount
        reached = rounded(before * rate, currency, at).amount
        yield Money(reached - after, currency)
        after = reached
