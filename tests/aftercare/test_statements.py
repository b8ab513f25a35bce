"""Months are closed and stay closed; what comes late is a line of the next one; both sides can recompute it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from lianzao.aftercare import actions, billing, queries
from lianzao.aftercare.answers import statement_json
from lianzao.aftercare.decisions import NoStatement
from lianzao.aftercare.models import Product, Statement
from tests.aftercare.life import DAY, Life


@pytest.fixture
def month(product: Product) -> Callable[[int], str]:
    """The month that comes so many months after the one of delivery."""

    def named(number: int) -> str:
        found = billing.month_of(product.delivered_at)
        for _ in range(number):
            found = billing.following(found)
        return found

    return named


def stated(product: Product, month: str) -> dict[str, Any]:
    account, found = queries.statement(product, month)
    return statement_json(found, account)


def test_a_closed_month_is_frozen_and_a_late_reading_corrects_it_in_the_next(
    life: Life, product: Product, month: Callable[[int], str]
) -> None:
    def within(number: int, day: float) -> float:
        return (billing.begins(month(number)) - product.delivered_at) / DAY + day

    life.read(product, [(within(1, 10), 100), (within(2, 5), 160)])
    life.at(billing.begins(month(2)) + billing.CLOSES_AFTER)
    assert actions.close_months() == 2
    before = stated(product, month(1))
    assert (before["state"], before["hours"], before["net"]) == ("closed", 100, "480.00")
    life.at(billing.begins(month(2)) + 20 * DAY)
    life.read(product, [(within(1, 25), 130)])
    assert stated(product, month(1)) == before | {"readings": stated(product, month(1))["readings"]}
    now = stated(product, month(2))
    assert [(line["kind"], line["month"], line["hours"], line["amount"]) for line in now["lines"]] == [
        ("hours", month(2), 30, "144.00"),
        ("correction", month(1), 30, "144.00"),
    ]


def test_both_sides_recompute_a_statement_from_what_it_shows(
    life: Life, product: Product, month: Callable[[int], str]
) -> None:
    life.read(product, [(1, "3.125"), (2, "7.5"), (3, 1)])
    shown = stated(product, month(0))
    rate = Decimal(shown["rate"])
    counted = [reading["counted"] for reading in shown["readings"]]
    assert shown["readings"][2]["restarted"] is True
    assert sum(counted) == shown["hours"] == 8.5
    assert sum(Decimal(line["amount"]) for line in shown["lines"]) == Decimal(shown["net"]) == rate * Decimal("8.5")
    assert Decimal(shown["tax"]) == (Decimal(shown["net"]) * Decimal(shown["tax_rate"])).quantize(Decimal("0.01"))


def test_maintenance_is_a_line_of_the_month_in_which_it_was_promised(life: Life, product: Product) -> None:
    [job] = life.read(product, [(50, 510)]).jobs
    promised = stated(product, billing.month_of(job.made_at))
    assert [line for line in promised["lines"] if line["kind"] == "maintenance"] == [
        {"kind": "maintenance", "month": billing.month_of(job.made_at), "amount": "0.00", "job": str(job.ref)}
    ]


def test_closing_again_closes_nothing_and_an_open_month_stays_open(life: Life, product: Product) -> None:
    made = actions.close_months()
    assert made == Statement.objects.count() >= 3
    assert actions.close_months() == 0
    assert stated(product, billing.month_of(product.delivered_at + 100 * DAY))["state"] == "open"


def test_after_the_contract_only_corrections_are_stated(life: Life, product: Product) -> None:
    last = billing.month_of_reading(product.contract.ends)
    later = product.contract.ends + 70 * DAY
    life.at(later)
    actions.close_months()
    assert Statement.objects.order_by("-month")[0].month == last
    life.read(product, [(10, 50)])
    life.at(later + 40 * DAY)
    assert actions.close_months() == 1
    assert [line["kind"] for line in Statement.objects.order_by("-month")[0].lines] == ["correction"]


def test_across_borders_there_is_no_tax(life: Life, product: Product) -> None:
    owner = life.cast.firms["buyer"]
    owner.country = "CN"
    owner.save()
    [metered] = life.answer(product, [(1, 10)])["products"]
    assert metered["billed"] == {"net": "48.00", "currency": "EUR"}


def test_a_month_outside_the_contract_is_refused_with_those_there_are(
    product: Product, month: Callable[[int], str]
) -> None:
    for wrong in ("1999-01", "nonsense"):
        with pytest.raises(NoStatement) as refused:
            queries.statement(product, wrong)
        assert refused.value.facts["first"] == month(0)
