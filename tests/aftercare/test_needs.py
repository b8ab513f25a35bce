"""A need from a passport is a demand again, and nothing of it is typed twice."""

from __future__ import annotations

from typing import Any

import pytest

from lianzao.aftercare import actions
from lianzao.aftercare.actions.need import Wanted
from lianzao.aftercare.decisions import NeedAnswered, NotOrderable, WrongNeed
from lianzao.aftercare.models import Need, Product
from lianzao.aftercare.needs import request_of
from lianzao.base import clock
from lianzao.base.refusals import Absent, Forbidden
from lianzao.catalog.models import Item
from lianzao.ledger.models import Event
from lianzao.trade.actions import quote
from lianzao.trade.requests import as_request
from lianzao.trade.solving import solve
from tests.aftercare.life import SERVICED, Life


def report(life: Life, product: Product, who: str = "buyer", **wanted: Any) -> Need:
    asked = Wanted(**({"text": "The shaft is worn."} | wanted))
    return actions.report_need(product=product, wanted=asked, viewer=life.cast.viewer(who))


def test_a_spare_part_is_asked_for_with_what_is_known_of_the_product(life: Life, product: Product) -> None:
    need = report(life, product, kind="spare", item="SHAFT", quantity=2)
    asked = request_of(need)
    assert asked == {
        "item": "SHAFT",
        "quantity": 2,
        "options": SERVICED["options"],
        "deliver_to": SERVICED["deliver_to"],
    }
    assert solve(as_request(asked), life.cast.viewer("buyer"), now=clock.seconds()).price is not None


def test_a_quote_taken_for_a_need_answers_it_once(life: Life, product: Product) -> None:
    need = report(life, product, kind="replacement")
    buyer = life.cast.viewer("buyer")
    made = quote(request=as_request(request_of(need)), viewer=buyer)
    answered = actions.answer_need(ref=str(need.ref), viewer=buyer, quote=str(made.ref))
    assert (answered.state, answered.quote) == (Need.State.ANSWERED, made)
    with pytest.raises(NeedAnswered):
        actions.answer_need(ref=str(need.ref), viewer=buyer, quote=str(made.ref))


def test_a_quote_for_something_else_does_not_answer(life: Life, product: Product) -> None:
    need = report(life, product, kind="spare", item="SHAFT")
    with pytest.raises(WrongNeed):
        actions.answer_need(ref=str(need.ref), viewer=life.cast.viewer("buyer"), quote=str(product.order.quote.ref))
    need.refresh_from_db()
    assert need.state == Need.State.NEW


def test_maintenance_that_the_catalogue_does_not_offer_is_answered_in_words(life: Life, product: Product) -> None:
    need = report(life, product)
    with pytest.raises(NotOrderable):
        request_of(need)
    with pytest.raises(Forbidden):
        actions.answer_need(ref=str(need.ref), viewer=life.cast.viewer("buyer"), text="Done.")
    answered = actions.answer_need(ref=str(need.ref), viewer=life.cast.viewer("assembler"), text="We come on Friday.")
    assert (answered.state, answered.answer) == (Need.State.ANSWERED, "We come on Friday.")


def test_maintenance_that_the_catalogue_offers_can_be_asked_for(life: Life, product: Product) -> None:
    Item.objects.create(code="MAINTENANCE", name={"en": "Maintenance"})
    asked = request_of(report(life, product))
    assert (asked["item"], "options" in asked) == ("MAINTENANCE", False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        {"text": "x" * 2001},
        {"kind": "wish"},
        {"kind": "spare", "item": "MOON"},
        {"kind": "spare"},
        {"quantity": 0},
        {"name": "n" * 101},
    ],
)
def test_a_need_that_cannot_be_is_refused_and_nothing_is_kept(
    life: Life, product: Product, wrong: dict[str, Any]
) -> None:
    with pytest.raises(WrongNeed):
        report(life, product, **wrong)
    assert not Need.objects.exists()


def test_only_who_works_for_the_owner_reports_a_need(life: Life, product: Product) -> None:
    with pytest.raises(Forbidden):
        report(life, product, who="assembler")


def test_a_stranger_cannot_answer_what_it_does_not_see(life: Life, product: Product) -> None:
    need = report(life, product)
    with pytest.raises(Absent):
        actions.answer_need(ref=str(need.ref), viewer=life.cast.viewer("rival"), text="We can do that.")


def test_no_words_and_no_name_reach_the_ledger(life: Life, product: Product) -> None:
    need = report(life, product, name="Wang Wei")
    actions.answer_need(ref=str(need.ref), viewer=life.cast.viewer("assembler"), text="Thank you, Wang Wei.")
    written = b"".join(bytes(body) for body in Event.objects.values_list("body", flat=True))
    assert b"Wang" not in written and b"worn" not in written
