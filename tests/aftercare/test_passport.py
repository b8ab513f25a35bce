"""The passport: one order's references from request to statement, and what each viewer sees of it."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from lianzao.aftercare import actions, queries
from lianzao.aftercare.actions.need import Wanted
from lianzao.aftercare.decisions import SeveralProducts
from lianzao.aftercare.models import (
    MaintenanceJob,
    MeterReading,
    Need,
    Product,
    ServiceContract,
    Statement,
)
from lianzao.aftercare.passport import passport_json
from lianzao.base.refusals import Absent
from lianzao.production.models import JobOrder
from lianzao.trade.models import Order, Quote
from lianzao.trust.levels import Level
from tests.aftercare.life import DAY, SERVICED, Life


def passport(life: Life, product: Product, who: str = "buyer") -> dict[str, Any]:
    viewer = life.cast.viewer(who)
    return passport_json(queries.product(str(product.ref), viewer), viewer)


def test_one_orders_references_lead_from_request_to_statement(life: Life, product: Product) -> None:
    life.read(product, [(10, 200), (50, 510)])
    actions.close_months()
    shown = passport(life, product, "assembler")
    chain = shown["references"]
    assert chain["request"] == SERVICED
    quote = Quote.objects.get(ref=chain["quote"])
    assert quote.request == chain["request"]
    order = Order.objects.get(ref=chain["order"])
    assert order.quote == quote and order.number == shown["order"]
    jobs = list(JobOrder.objects.filter(ref__in=chain["jobs"]))
    assert {job.order for job in jobs} == {order}
    assert {job.owner.name for job in jobs if job.kind == "work"} == {"miller", "turner", "assembler"}
    made = Product.objects.get(ref=chain["product"])
    assert made.order == order
    readings = MeterReading.objects.filter(ref__in=[each["reading"] for each in chain["readings"]])
    assert {row.product for row in readings} == {made} and len(readings) == 2
    statements = list(Statement.objects.filter(ref__in=chain["statements"]))
    assert {row.contract.product for row in statements} == {made} and len(statements) >= 3
    assert shown["hours"] == 510
    assert shown["billed"]["net"] == "2448.00"
    assert [job["state"] for job in shown["maintenance"]] == ["booked"]


def test_the_buyer_sees_the_whole_life_of_its_product(life: Life, product: Product) -> None:
    life.read(product, [(50, 510)])
    actions.report_need(product=product, wanted=Wanted("It hums."), viewer=life.cast.viewer("buyer"))
    shown = passport(life, product)
    assert shown["configuration"] == {"service": "service-per-hour"}
    assert shown["maker"]["name"] == "assembler"
    assert {step["maker"] for step in shown["as_built"] if step["kind"] == "work"} == {"miller", "turner", "assembler"}
    assert all(step["good"] and step["finished_at"] for step in shown["as_built"])
    assert (shown["service"]["rate"], shown["service"]["threshold_hours"]) == ("4.8", 500)
    assert [need["text"] for need in shown["needs"]] == ["It hums."]
    assert shown["statements"]


def test_makers_are_shown_as_far_as_they_disclose_themselves(life: Life, product: Product) -> None:
    life.cast.disclose("miller", Level.ANSWERS_ONLY)
    life.cast.disclose("turner", Level.FREE_TIME_BUCKETS)
    steps = {step["operation"]: step for step in passport(life, product)["as_built"] if step["kind"] == "work"}
    milled, turned = steps["AXIS/PLATE/10"], steps["AXIS/SHAFT/10"]
    assert set(milled) == {"operation", "kind", "name"}
    assert turned["maker"] == "turner" and "resource" not in turned and len(turned["finished_at"]) == 10
    by_seller = {step["operation"]: step for step in passport(life, product, "assembler")["as_built"]}
    assert by_seller["AXIS/PLATE/10"]["maker"] == "miller"


def test_the_machine_of_a_maintenance_shows_at_its_owners_level(life: Life, product: Product) -> None:
    [job] = life.answer(product, [(50, 510)])["maintenance"]
    assert {"site", "resource", "starts", "ends"} <= set(job)
    life.cast.disclose("assembler", Level.ANSWERS_ONLY)
    [hidden] = passport(life, product)["maintenance"]
    assert "resource" not in hidden and hidden["starts"] == job["starts"]


@pytest.mark.parametrize("who", ["rival", "operator", "miller", "machinist"])
def test_others_find_nothing(life: Life, product: Product, who: str) -> None:
    life.read(product, [(50, 510)])
    actions.close_months()
    actions.report_need(product=product, wanted=Wanted("It hums."), viewer=life.cast.viewer("buyer"))
    viewer = life.cast.viewer(who)
    for ref in (str(product.ref), product.serial, product.order.number, str(product.order.ref)):
        with pytest.raises(Absent):
            queries.product(ref, viewer)
    assert queries.products(viewer) == []
    assert queries.needs(viewer) == []
    for model in (Product, ServiceContract, MeterReading, Statement, MaintenanceJob, Need):
        assert model.objects.exists() and not model.objects.visible_to(viewer).exists()


def test_a_long_life_takes_no_more_queries_than_a_short_one(
    life: Life, product: Product, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    life.read(product, [(day, day * 30) for day in range(1, 80)])
    for _ in range(5):
        actions.report_need(product=product, wanted=Wanted("It hums."), viewer=life.cast.viewer("buyer"))
    actions.close_months()
    viewer = life.cast.viewer("buyer")
    with django_assert_max_num_queries(12):
        passport_json(queries.product(str(product.ref), viewer), viewer)


def test_a_product_answers_to_its_ref_its_serial_number_and_its_order(life: Life, product: Product) -> None:
    viewer = life.cast.viewer("buyer")
    for ref in (str(product.ref), product.serial, product.order.number, str(product.order.ref)):
        assert queries.product(ref, viewer) == product


def test_an_order_of_several_products_is_refused_with_their_numbers(life: Life) -> None:
    first = life.delivered(quantity=2)
    with pytest.raises(SeveralProducts) as refused:
        queries.product(first.order.number, life.cast.viewer("buyer"))
    assert first.serial in str(refused.value.facts["serials"])


def test_an_unused_product_has_no_hours_yet(life: Life) -> None:
    product = life.delivered(options={"service": "service-none"})
    life.at(product.delivered_at + DAY)
    shown = passport(life, product)
    assert not {"hours", "service", "billed", "restarts"} & set(shown)
    assert shown["maintenance"] == shown["statements"] == shown["needs"] == []
