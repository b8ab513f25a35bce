"""What holds for every price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lianzao.base.money import Money, cent
from lianzao.engines.estimate import (
    Duty,
    Exchange,
    ExchangeRate,
    Extra,
    HourlyRate,
    Leg,
    MaterialUse,
    OperationWork,
    OutsideLot,
    Price,
    QuantityBreak,
    RateCard,
    Share,
    TaxCode,
    TaxRule,
    mode,
    price,
    sub_orders,
)

DAY = date(2026, 1, 1)
CURRENCIES = ("EUR", "CNY", "JPY")
EXCHANGE = Exchange(
    (ExchangeRate("EUR", "CNY", Decimal("7.8431"), DAY, "x"), ExchangeRate("EUR", "JPY", Decimal("161.73"), DAY, "x"))
)
TAX = TaxRule(TaxCode.STANDARD, Decimal("0.13"), DAY, "x")


def figures(most: int, places: int = 3) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, most, places=places)


@st.composite
def cards(draw: st.DrawFn, owner: str) -> RateCard:
    offs = sorted(draw(st.lists(figures(1), max_size=3)))
    return RateCard(
        owner=owner,
        currency=draw(st.sampled_from(CURRENCIES)),
        source="x",
        valid_from=DAY,
        hourly={group: HourlyRate(draw(figures(300)), draw(figures(300))) for group in ("lathe", "mill")},
        programming=draw(figures(500)),
        fixture=draw(figures(500)),
        minimum=draw(figures(2000)),
        overhead=draw(figures(1)),
        margin=draw(figures(1)),
        breaks=tuple(QuantityBreak(10**i, off) for i, off in enumerate(offs, 1)),
    )


@st.composite
def shares(draw: st.DrawFn, owner: str, quantity: int | None = None) -> Share:
    pieces = quantity or draw(st.integers(1, 2000))
    work = st.builds(
        OperationWork,
        operation=st.just("10"),
        group=st.sampled_from(["lathe", "mill"]),
        setup_min=figures(200),
        run_min_per_piece=figures(60, 5),
        quantity=st.just(pieces),
        speed=st.decimals("0.2", 3, places=2),
        programming=st.booleans(),
        fixture=st.booleans(),
    )
    use = st.builds(MaterialUse, st.just("m"), figures(20, 4), st.just(pieces), figures(90), figures(2))
    lot = st.builds(
        OutsideLot,
        st.just("hardening"),
        st.builds(Money, figures(500), st.sampled_from(CURRENCIES)),
        st.integers(1, 100),
        st.just(pieces),
    )
    extra = st.builds(
        Extra,
        kind=st.sampled_from(["certificate", "first-article", "packing"]),
        pieces=st.just(pieces),
        amount=figures(200),
        amount_per_piece=figures(5),
    )
    few = {"max_size": 3}
    return Share(
        draw(cards(owner)),
        pieces,
        tuple(draw(st.lists(work, **few))),  # type: ignore[arg-type]
        tuple(draw(st.lists(use, **few))),  # type: ignore[arg-type]
        tuple(draw(st.lists(lot, **few))),  # type: ignore[arg-type]
        tuple(draw(st.lists(extra, **few))),  # type: ignore[arg-type]
    )


LEGS = st.builds(
    Leg,
    origin=st.just("a"),
    destination=st.just("b"),
    mode=st.sampled_from(["sea", "air", "rail", "truck"]),
    mass_kg=figures(500),
    per_kg=figures(9),
    minimum=figures(300),
    currency=st.sampled_from(CURRENCIES),
    source=st.just("x"),
    carries=st.sampled_from([(), ("a",), ("a", "b")]),
    duty=st.none() | st.builds(Duty, figures(1), st.just("x")),
)
ORDERS = st.tuples(shares("a"), shares("b"))


def priced(order: tuple[Share, ...], legs: list[Leg], currency: str = "EUR", margin: Decimal = Decimal(0)) -> Price:
    return price(order, currency=currency, exchange=EXCHANGE, tax=TAX, legs=legs, general_margin=margin, seller="a")


@given(ORDERS, st.lists(LEGS, max_size=2), st.sampled_from(CURRENCIES), figures(1))
def test_lines_sum_to_the_net_in_every_view_and_all_are_whole_cents(
    order: tuple[Share, ...], legs: list[Leg], currency: str, margin: Decimal
) -> None:
    found = priced(order, legs, currency, margin)
    assert sum((line.amount.amount for line in found.lines), Decimal(0)) == found.net.amount
    assert sum((amount.amount for amount in found.by_kind().values()), Decimal(0)) == found.net.amount
    assert sum((line.amount.amount for line in sub_orders(found, "a")), Decimal(0)) == found.net.amount
    for line in found.lines:
        assert line.amount == line.amount.rounded()
        assert line.own == line.own.rounded()
        assert line.amount.currency == currency
    assert found.tax == Money(found.net.amount * TAX.rate, currency).rounded()
    assert found.net.amount >= 0


@given(ORDERS, st.sampled_from(CURRENCIES))
def test_conversion_loses_no_cent(order: tuple[Share, ...], currency: str) -> None:
    found = priced(order, [], currency)
    for owner, owed in found.owed().items():
        rate, _ = EXCHANGE.between(owed.currency, currency, "")
        mine = [line for line in found.lines if line.owner == owner]
        assert sum((line.amount.amount for line in mine), Decimal(0)) == owed.converted(rate, currency).amount
        for line in mine:
            assert abs(line.amount.amount - line.own.amount * rate) <= cent(currency)


@given(shares("a"), st.lists(LEGS, max_size=1), figures(100), figures(1), figures(100))
def test_higher_rates_never_make_it_cheaper(
    share: Share, legs: list[Leg], per_hour: Decimal, portion: Decimal, once: Decimal
) -> None:
    card = share.card
    before = priced((share,), legs).net.amount
    hourly = {group: HourlyRate(rate.set_up + per_hour, rate.run + per_hour) for group, rate in card.hourly.items()}
    for dearer in (
        replace(card, hourly=hourly),
        replace(card, overhead=card.overhead + portion),
        replace(card, margin=card.margin + portion),
        replace(card, programming=card.programming + once, fixture=card.fixture + once),
        replace(card, minimum=card.minimum + once),
    ):
        assert priced((replace(share, card=dearer),), legs).net.amount >= before
    for_material = tuple(replace(use, price_per_kg=use.price_per_kg + once) for use in share.materials)
    assert priced((replace(share, materials=for_material),), legs).net.amount >= before
    further = [replace(leg, per_kg=leg.per_kg + portion, minimum=leg.minimum + once) for leg in legs]
    assert priced((share,), further).net.amount >= before


@given(shares("a"), st.integers(1, 50))
def test_more_pieces_never_cost_more_a_piece_but_for_rounding(share: Share, more: int) -> None:
    """Without a minimum; and without outside lots, of which the last may be nearly empty."""
    few = replace(share, outside=(), card=replace(share.card, minimum=Decimal(0)))
    pieces = share.quantity + more
    many = replace(
        few,
        quantity=pieces,
        operations=tuple(replace(work, quantity=pieces) for work in few.operations),
        materials=tuple(replace(use, pieces=pieces) for use in few.materials),
        extras=tuple(replace(extra, pieces=pieces) for extra in few.extras),
    )
    own = share.card.currency
    small, large = priced((few,), [], own), priced((many,), [], own)
    slack = cent(own) * (len(small.lines) + len(large.lines) + 4) / share.quantity
    assert large.net.amount / pieces <= small.net.amount / share.quantity + slack


@given(shares("a"))
def test_the_times_of_a_mode_cover_its_work(share: Share) -> None:
    for work in share.operations:
        found = mode(work, share.card)
        assert 0 <= found.set_up - work.setup_min * 60 < 1
        assert 0 <= found.run - work.run_min * 60 < 1
        assert found.cost.amount == sum((line.amount.amount for line in found.lines), Decimal(0))
