"""What is no figure is refused with its path."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lianzao.base.money import Money
from lianzao.engines.estimate import (
    Duty,
    Exchange,
    ExchangeRate,
    Extra,
    HourlyRate,
    Leg,
    MalformedEstimate,
    MaterialUse,
    OperationWork,
    OutsideLot,
    QuantityBreak,
    RateCard,
    Share,
    TaxCode,
    TaxRule,
    mode,
    price,
)

DAY = date(2026, 1, 1)
CARD = RateCard("a", "EUR", "an example", DAY, {"lathe": HourlyRate(Decimal(60), Decimal(80))})
WORK = OperationWork("10", "lathe", Decimal(30), Decimal(6), 100)
TAX = TaxRule(TaxCode.STANDARD, Decimal("0.19"), DAY, "an example")
LEG = Leg("a", "b", "truck", Decimal(1), Decimal(1), Decimal(1), "EUR", "an example")


def refused(*shares: Share, **more: Any) -> MalformedEstimate:
    given = {"currency": "EUR", "exchange": Exchange(()), "tax": TAX, **more}
    with pytest.raises(MalformedEstimate) as caught:
        price(shares, **given)
    assert caught.value.accepted
    return caught.value


@pytest.mark.parametrize(
    "figure",
    [
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal(-1),
        Decimal("1e999"),
        Decimal("1e-999999"),
        1.5,
        float("nan"),
    ],
)
@pytest.mark.parametrize("field", ["setup_min", "run_min_per_piece", "speed"])
def test_a_figure_that_is_none_is_refused(field: str, figure: Decimal) -> None:
    wrong: dict[str, Any] = {field: figure}
    assert refused(Share(CARD, 1, (WORK, replace(WORK, **wrong)))).at == f"shares[0].operations[1].{field}"
    with pytest.raises(MalformedEstimate) as caught:
        mode(replace(WORK, **wrong), CARD)
    assert caught.value.at == f"operation.{field}"


@pytest.mark.parametrize(
    ("share", "at"),
    [
        (Share(CARD, 0), "quantity"),
        (Share(CARD, 1, (replace(WORK, quantity=0),)), "operations[0].quantity"),
        (Share(CARD, 1, (replace(WORK, quantity=Decimal("1.5")),)), "operations[0].quantity"),  # type: ignore[arg-type]
        (Share(CARD, 1, (replace(WORK, speed=Decimal(0)),)), "operations[0].speed"),
        (Share(replace(CARD, currency="Euro"), 1), "card.currency"),
        (Share(replace(CARD, hourly={"lathe": HourlyRate(Decimal(1), Decimal("NaN"))}), 1), "card.hourly.lathe.run"),
        (Share(replace(CARD, margin=Decimal("-0.1")), 1), "card.margin"),
        (Share(replace(CARD, breaks=(QuantityBreak(1, Decimal(2)),)), 1), "card.breaks[0].discount"),
        (
            Share(replace(CARD, breaks=(QuantityBreak(1, Decimal("0.2")), QuantityBreak(9, Decimal("0.1")))), 1),
            "card.breaks",
        ),
        (Share(replace(CARD, owner=""), 1), "card.owner"),
        (Share(CARD, 1, materials=(MaterialUse("m", Decimal(1), 1, Decimal("inf")),)), "materials[0].price_per_kg"),
        (Share(CARD, 1, outside=(OutsideLot("h", Money(Decimal("NaN"), "EUR"), 1, 1),)), "outside[0].lot_price"),
        (Share(CARD, 1, outside=(OutsideLot("h", Money(Decimal(1), "EUR"), 0, 1),)), "outside[0].pieces_per_lot"),
        (Share(CARD, 1, extras=(Extra("packing", 1, minutes=Decimal("-1")),)), "extras[0].minutes"),
        (Share(CARD, 1, (replace(WORK, run_min_per_piece=Decimal("1e10"), quantity=10**10),)), "operations[0]"),
    ],
)
def test_each_part_of_a_share_is_checked(share: Share, at: str) -> None:
    assert refused(share).at == f"shares[0].{at}"


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"currency": "euros"}, "currency"),
        ({"general_margin": Decimal("NaN")}, "general_margin"),
        ({"tax": replace(TAX, rate=Decimal("1.9"))}, "tax.rate"),
        ({"tax": replace(TAX, code=TaxCode.EXPORT)}, "tax.rate"),
        ({"exchange": Exchange((ExchangeRate("EUR", "CNY", Decimal(0), DAY, "x"),))}, "exchange.rates[0].rate"),
        ({"legs": [replace(LEG, mass_kg=Decimal("inf"))]}, "legs[0].mass_kg"),
        ({"legs": [LEG, replace(LEG, duty=Duty(Decimal("-0.1"), "x"))]}, "legs[1].duty.rate"),
    ],
)
def test_each_part_of_the_terms_is_checked(more: dict[str, Any], at: str) -> None:
    assert refused(Share(CARD, 1), **more).at == at


def test_an_owner_stands_once_in_a_price() -> None:
    assert refused(Share(CARD, 1), Share(CARD, 1)).at == "shares[1].card.owner"


def test_absurd_work_at_no_rate_still_has_an_answer() -> None:
    free = replace(CARD, hourly={"lathe": HourlyRate(Decimal(0), Decimal(0))})
    most, least = Decimal(10) ** 10, Decimal(10) ** -12
    share = Share(
        free,
        1,
        (replace(WORK, run_min_per_piece=most, quantity=10**10, speed=least),),
        (MaterialUse("m", most, 10**10, Decimal(0), most),),
        extras=(Extra("packing", 10**10, minutes_per_piece=most, amount=Decimal(1)),),
    )
    assert price([share], currency="EUR", exchange=Exchange(()), tax=TAX).net.amount == 1
    assert mode(share.operations[0], free).run > 0
