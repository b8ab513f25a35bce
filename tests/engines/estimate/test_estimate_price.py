"""A price in lines that sum to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lianzao.base.money import Money
from lianzao.engines.estimate import (
    Duty,
    Exchange,
    ExchangeRate,
    Extra,
    HourlyRate,
    Kind,
    Leg,
    MaterialUse,
    NoRate,
    OperationWork,
    OutsideLot,
    Price,
    QuantityBreak,
    RateCard,
    Share,
    TaxCode,
    TaxRule,
    in_force,
    mode,
    price,
    sub_orders,
)

DAY = date(2026, 1, 1)
ECB = "an example"
TAX = TaxRule(TaxCode.STANDARD, Decimal("0.19"), DAY, "an example")
EXCHANGE = Exchange((ExchangeRate("CNY", "EUR", Decimal("0.1234"), DAY, ECB),))
TURNING = OperationWork("10", "lathe", Decimal(30), Decimal(6), 100)
GERMAN = RateCard(
    "de",
    "EUR",
    "an example",
    DAY,
    {"lathe": HourlyRate(Decimal(60), Decimal(80)), "mill": HourlyRate(Decimal(70), Decimal(90))},
)
CHINESE = RateCard("cn", "CNY", "an example", DAY, {"lathe": HourlyRate(Decimal(200), Decimal(240))})


def priced(*shares: Share, legs: tuple[Leg, ...] = (), margin: Decimal = Decimal(0)) -> Price:
    return price(shares, currency="EUR", exchange=EXCHANGE, tax=TAX, legs=legs, general_margin=margin, seller="de")


def amounts(found: Price) -> dict[str, str]:
    return {kind.value: str(amount.amount) for kind, amount in found.by_kind().items()}


def test_set_up_and_run_are_time_by_the_hourly_rate_of_the_machine_group() -> None:
    found = priced(Share(GERMAN, 100, (TURNING,)))
    assert amounts(found) == {"set-up": "30.00", "run": "800.00"}
    assert (found.net, found.tax) == (Money(Decimal("830.00"), "EUR"), Money(Decimal("157.70"), "EUR"))
    assert found.lines[1].facts == {"operation": "10", "group": "lathe", "minutes": "600", "rate_per_hour": "80"}


def test_a_mode_has_its_times_in_seconds_and_a_faster_machine_runs_shorter() -> None:
    slow, fast = mode(TURNING, GERMAN), mode(replace(TURNING, speed=Decimal("1.5"), group="mill"), GERMAN)
    assert (slow.set_up, slow.run, slow.cost) == (1800, 36000, Money(Decimal("830.00"), "EUR"))
    assert (fast.set_up, fast.run, fast.cost) == (1800, 24000, Money(Decimal("635.00"), "EUR"))


def test_a_time_that_no_decimal_is_exact_for_neither_gains_a_second_nor_shows_its_tail() -> None:
    found = mode(replace(TURNING, run_min_per_piece=Decimal(10) / 60 / 7, quantity=7), GERMAN)
    assert found.run == 10
    assert found.lines[-1].facts["minutes"] == "0.166667"


def test_all_that_an_owner_asks_is_a_line() -> None:
    card = replace(
        GERMAN,
        programming=Decimal(50),
        fixture=Decimal(120),
        overhead=Decimal("0.1"),
        margin=Decimal("0.15"),
        breaks=(QuantityBreak(50, Decimal("0.05")), QuantityBreak(200, Decimal("0.1"))),
    )
    share = Share(
        card,
        100,
        (replace(TURNING, programming=True, fixture=True),),
        (MaterialUse("1.4301", Decimal("1.2"), 100, Decimal("4.50"), Decimal("0.25")),),
        (OutsideLot("hardening", Money(Decimal(90), "EUR"), 40, 100),),
        (
            Extra("certificate", 100, amount=Decimal(25), minutes=Decimal(20)),
            Extra("first-article", 1, amount=Decimal(80), minutes=Decimal(90)),
            Extra(
                "packing", 100, amount=Decimal(5), amount_per_piece=Decimal("0.30"), minutes_per_piece=Decimal("0.5")
            ),
        ),
    )
    found = priced(share)
    assert amounts(found) == {
        "set-up": "33.00",
        "run": "880.00",
        "programming": "50.00",
        "fixture": "120.00",
        "material": "675.00",
        "outside": "270.00",
        "margin": "304.20",
        "quantity-break": "-116.61",
        "certificate": "25.00",
        "first-article": "80.00",
        "packing": "35.00",
    }
    assert found.net == Money(Decimal("2355.59"), "EUR")
    assert [extra.seconds for extra in share.extras] == [1200, 5400, 3000]


def test_a_small_order_is_topped_up_to_the_owners_minimum() -> None:
    found = priced(
        Share(replace(GERMAN, minimum=Decimal(250), margin=Decimal("0.1")), 1, (replace(TURNING, quantity=1),))
    )
    assert amounts(found) == {"set-up": "30.00", "run": "8.00", "margin": "3.80", "minimum-order": "208.20"}
    assert found.net.amount == 250


def test_the_minimum_is_reached_after_the_discount() -> None:
    card = replace(GERMAN, minimum=Decimal(250), breaks=(QuantityBreak(1, Decimal("0.5")),))
    found = priced(Share(card, 1, (replace(TURNING, quantity=1),)))
    assert amounts(found) == {"set-up": "30.00", "run": "8.00", "quantity-break": "-19.00", "minimum-order": "231.00"}


def test_an_owners_lines_are_rounded_in_its_currency_and_sum_to_its_converted_total() -> None:
    share = Share(replace(CHINESE, margin=Decimal("0.077")), 100, (replace(TURNING, setup_min=Decimal("7.77")),))
    found = priced(share)
    owed = found.owed()["cn"]
    assert owed == Money(Decimal("2612.69"), "CNY")
    assert found.net == Money(Decimal("322.41"), "EUR") == owed.converted(Decimal("0.1234"), "EUR")
    assert found.rates_used == EXCHANGE.rates
    assert [line.own.currency for line in found.lines] == ["CNY"] * 3


def test_the_seller_sees_one_line_for_each_sub_order_and_the_same_net() -> None:
    found = priced(Share(GERMAN, 100, (TURNING,)), Share(CHINESE, 100, (TURNING,)), margin=Decimal("0.08"))
    seen = sub_orders(found, "de")
    assert [(line.kind, line.owner, str(line.amount.amount)) for line in seen] == [
        (Kind.SET_UP, "de", "30.00"),
        (Kind.RUN, "de", "800.00"),
        (Kind.MARGIN, "", "24.68"),
        (Kind.SUB_ORDER, "cn", "308.50"),
    ]
    assert seen[-1].own == Money(Decimal("2500.00"), "CNY")
    assert sum(line.amount.amount for line in seen) == found.net.amount


def test_transport_has_a_minimum_and_duty_is_on_the_goods_it_carries_with_their_transport() -> None:
    air = Leg(
        "Suzhou",
        "Stuttgart",
        "air",
        Decimal(50),
        Decimal("4.20"),
        Decimal(90),
        "EUR",
        "an example",
        ("cn",),
        Duty(Decimal("0.027"), "TARIC"),
    )
    truck = Leg("Stuttgart", "Ulm", "truck", Decimal(50), Decimal("0.40"), Decimal(35), "EUR", "an example")
    found = priced(Share(GERMAN, 100, (TURNING,)), Share(CHINESE, 100, (TURNING,)), legs=(air, truck))
    assert [(line.kind.value, str(line.amount.amount)) for line in found.lines[-3:]] == [
        ("transport", "210.00"),
        ("duty", "14.00"),  # 2.7 % of 308.50 + 210.00
        ("transport", "35.00"),
    ]
    assert found.lines[-2].facts["source"] == "TARIC"


def test_what_is_bought_in_a_third_currency_is_converted_over_the_common_base() -> None:
    exchange = Exchange(
        (ExchangeRate("EUR", "CNY", Decimal(8), DAY, ECB), ExchangeRate("EUR", "USD", Decimal("1.25"), DAY, ECB)),
    )
    share = Share(CHINESE, 10, outside=(OutsideLot("coating", Money(Decimal(100), "USD"), 10, 10),))
    found = price([share], currency="EUR", exchange=exchange, tax=TAX)
    assert found.lines[0].own == Money(Decimal("640.00"), "CNY")
    assert found.net == Money(Decimal("80.00"), "EUR")
    assert set(found.rates_used) == set(exchange.rates)


def test_of_one_pair_the_latest_rate_counts() -> None:
    later = ExchangeRate("CNY", "EUR", Decimal("0.2"), date(2026, 2, 1), ECB)
    found = price([Share(CHINESE, 1, (TURNING,))], currency="EUR", exchange=Exchange((later, *EXCHANGE.rates)), tax=TAX)
    assert found.rates_used == (later,)


def test_a_currency_without_cents_has_none() -> None:
    exchange = Exchange((ExchangeRate("EUR", "JPY", Decimal("161.73"), DAY, ECB),))
    found = price([Share(GERMAN, 100, (TURNING,))], currency="JPY", exchange=exchange, tax=TAX)
    assert found.net == Money(Decimal(134236), "JPY")
    assert found.tax == Money(Decimal(25505), "JPY")


@pytest.mark.parametrize("code", [TaxCode.REVERSE_CHARGE, TaxCode.EXPORT])
def test_tax_that_the_seller_does_not_owe_is_zero_and_says_why(code: TaxCode) -> None:
    rule = TaxRule(code, Decimal(0), DAY, "an example")
    found = price([Share(GERMAN, 100, (TURNING,))], currency="EUR", exchange=EXCHANGE, tax=rule)
    assert found.tax == Money(Decimal(0), "EUR")
    assert found.tax_rule.code is code


def test_the_rate_in_force_began_last() -> None:
    cards = [replace(GERMAN, valid_from=date(year, 1, 1)) for year in (2024, 2027, 2025)]
    assert in_force(cards, on=date(2026, 5, 1), at="rates").valid_from == date(2025, 1, 1)
    with pytest.raises(NoRate):
        in_force(cards, on=date(2023, 5, 1), at="rates")


def test_a_rate_that_is_missing_is_named_with_those_that_there_are() -> None:
    with pytest.raises(NoRate) as group:
        priced(Share(GERMAN, 1, (TURNING, replace(TURNING, group="grinder"))))
    assert (group.value.at, group.value.facts["known"]) == ("shares[0].operations[1].group", "lathe, mill")
    with pytest.raises(NoRate) as exchange:
        price([Share(CHINESE, 1, (TURNING,))], currency="USD", exchange=EXCHANGE, tax=TAX)
    assert (exchange.value.facts["wanted"], exchange.value.facts["known"]) == ("CNY>USD", "CNY>EUR")
