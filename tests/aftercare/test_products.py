"""Delivery makes products, in its own transaction, with the contract that was chosen."""

from __future__ import annotations

from decimal import Decimal

from lianzao.aftercare import actions
from lianzao.aftercare.decisions import chosen, serials
from lianzao.aftercare.models import Product, ServiceContract
from lianzao.catalog.models import Item
from lianzao.ledger.models import Event
from tests.aftercare.life import DAY, Life


def test_each_configured_piece_has_its_serial_number_and_contract(life: Life) -> None:
    first = life.delivered(quantity=3)
    rows = list(Product.objects.filter(order=first.order).order_by("serial"))
    assert [row.serial for row in rows] == [f"{first.order.number}-{n}" for n in (1, 2, 3)]
    assert {(row.owner, row.maker, row.delivered_at) for row in rows} == {
        (life.cast.firms["buyer"], first.order.seller, first.order.delivered_at)
    }
    contract = first.contract
    assert (contract.provider, contract.customer) == (first.maker, first.owner)
    assert (contract.rate, contract.currency, contract.threshold_hours) == (Decimal("4.80"), "EUR", 500)
    assert 1095 * DAY <= contract.ends - contract.starts <= 1096 * DAY
    assert ServiceContract.objects.count() == 3


def test_without_the_feature_there_is_no_contract(life: Life) -> None:
    assert not ServiceContract.objects.filter(product=life.delivered(options={"service": "service-none"})).exists()


def test_plain_parts_are_one_lot(life: Life) -> None:
    Item.objects.update(family=None)
    lot = life.delivered(quantity=5, options={})
    assert (lot.serial, lot.pieces) == (lot.order.number, 5)


def test_making_the_products_again_finds_them_made(life: Life) -> None:
    product = life.delivered()
    actions.make_products(product.order, now=product.delivered_at + 1)
    assert Product.objects.count() == 1
    assert Event.objects.filter(kind="aftercare.products.made").count() == 1


def test_a_contract_is_chosen_by_its_group_or_its_feature_and_never_by_a_no() -> None:
    features = {"service-per-hour"}
    for options in ({"service": "service-per-hour"}, {"service-per-hour": True}, {"x": ["a", "service-per-hour"]}):
        assert chosen(options, features) == "service-per-hour"
    for other in ({}, {"service": "service-none"}, {"service-per-hour": False}):
        assert chosen(other, features) == ""


def test_serial_numbers_of_an_order_sort() -> None:
    assert serials("N", 12) == sorted(serials("N", 12))
