"""The pages of trade: what people of each side see and do, in place and once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from lianzao.base import clock
from lianzao.catalog.models import Family, Item
from lianzao.trade import actions
from lianzao.trade.models import Consent, ConsentRule, Order, Quote
from lianzao.trade.requests import as_request
from lianzao.trust.levels import Level
from lianzao.trust.models import Disclosure, Group
from tests.cast import REQUEST, Cast

MOST_QUERIES = 12
ASKED = {"quantity": "4", "country": "DE", "place": "Stuttgart"}
FAMILY = {
    "code": "AXES",
    "name": {"en": "Axes", "de": "Achsen", "zh": "轴"},
    "features": [
        {"code": "short", "name": {"en": "Short", "de": "Kurz"}},
        {"code": "long", "name": {"en": "Long", "de": "Lang"}},
        {"code": "light", "name": {"en": "Light", "de": "Leicht"}},
        {"code": "strong", "name": {"en": "Strong", "de": "Stark"}},
        {"code": "cover", "name": {"en": "Cover", "de": "Haube"}},
    ],
    "groups": [
        {"code": "stroke", "name": {"en": "Stroke", "de": "Hub"}, "kind": "alternative", "features": ["short", "long"]},
        {"code": "motor", "name": {"en": "Motor"}, "kind": "alternative", "features": ["light", "strong"]},
        {"code": "extras", "name": {"en": "Extras"}, "kind": "optional", "features": ["cover"]},
    ],
    "constraints": [
        {"code": "power", "text": {"en": "Long axes need the strong motor."}, "rule": {"requires": ["long", "strong"]}}
    ],
}


def client(cast: Cast, name: str, language: str = "en") -> Client:
    signed_in = Client(headers={"accept-language": language})
    signed_in.force_login(cast.people[name])
    return signed_in


def key() -> dict[str, str]:
    return {"idempotency_key": str(uuid.uuid4())}


def quoted(cast: Cast) -> Quote:
    return actions.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))


@pytest.fixture
def axis(cast: Cast) -> Item:
    """The cast's axis as a family with options."""
    item = Item.objects.get(code="AXIS")
    item.family = Family.objects.create(code="AXES", name=FAMILY["name"], model=FAMILY)
    item.save()
    return item


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("path", ["/catalogue", "/catalogue/AXIS", "/quotes", "/questions", "/rules"])
def test_who_has_not_signed_in_is_asked_to_and_comes_back(cast: Cast, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login?next=%2F")


def test_the_catalogue_shows_products_and_finds_parts(cast: Cast) -> None:
    buyer = client(cast, "buyer")
    assert "AXIS" in text(buyer.get("/catalogue"))
    assert "SHAFT" not in text(buyer.get("/catalogue"))
    assert "SHAFT" in text(buyer.get("/catalogue", {"q": "shaft"}))
    assert "Nothing in the catalogue is called “windmill”." in text(buyer.get("/catalogue", {"q": "windmill"}))


def test_the_promise_stands_first_with_its_price_lines_and_its_reason(cast: Cast) -> None:
    said = text(client(cast, "buyer").get("/catalogue/AXIS", ASKED))
    assert "Promised arrival, Stuttgart" in said
    assert "Total net" in said
    assert "The date hangs on" in said
    assert said.index("lz-fig--main") < said.index("lz-gantt")


def test_a_choice_moves_what_was_not_chosen_and_says_why_the_rest_cannot_be_had(cast: Cast, axis: Item) -> None:
    sent = {**ASKED, "asked": "1", "o.stroke": "long", "o.motor": "light"}
    said = text(client(cast, "buyer").get("/catalogue/AXIS", sent))
    assert 'value="strong" checked' in said
    assert "Long axes need the strong motor. Your choice: Long." in said
    assert 'name="c" value="stroke:long"' in said
    assert 'name="c" value="motor' not in said


def test_choices_that_exclude_each_other_are_refused_in_place_and_kept(cast: Cast, axis: Item) -> None:
    sent = {**ASKED, "quantity": "7", "asked": "1", "c": "motor:light", "o.stroke": "long", "o.motor": "light"}
    answer = client(cast, "buyer").get("/catalogue/AXIS", sent)
    said = text(answer)
    assert answer.status_code == 422
    assert "These choices cannot be together" in said
    assert 'value="long" checked' in said
    assert 'value="7"' in said


def test_each_option_tells_what_it_would_change(cast: Cast, axis: Item) -> None:
    said = text(client(cast, "buyer").get("/catalogue/AXIS", {**ASKED, "asked": "1", "compare": "motor"}))
    assert "same date and price" in said


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "1e999", "many", "", "2.5"])
def test_a_wrong_quantity_is_refused_in_place_with_what_was_typed(cast: Cast, quantity: str) -> None:
    answer = client(cast, "buyer").get("/catalogue/AXIS", {**ASKED, "quantity": quantity})
    assert answer.status_code == 422
    assert "The quantity must be a whole number of pieces." in text(answer)
    assert f'value="{escape(quantity)}"' in text(answer)


def test_a_promise_after_the_wished_day_says_so(cast: Cast) -> None:
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    buyer = client(cast, "buyer")
    assert "later than you wish" in text(buyer.get("/catalogue/AXIS", {**ASKED, "wanted": tomorrow}))
    assert "later than you wish" not in text(buyer.get("/catalogue/AXIS", ASKED))


def test_with_script_a_refusal_comes_so_that_it_is_shown(cast: Cast) -> None:
    sent = {**ASKED, "quantity": "0"}
    assert client(cast, "buyer").get("/catalogue/AXIS", sent, headers={"HX-Request": "true"}).status_code == 200


def test_holding_a_promise_twice_makes_one_quote(cast: Cast) -> None:
    buyer, sent = client(cast, "buyer"), {**ASKED, **key()}
    first, second = (buyer.post("/catalogue/AXIS", sent) for _ in range(2))
    assert first.status_code == 302
    assert first["Location"] == second["Location"]
    assert Quote.objects.count() == 1


def test_a_reader_who_may_not_buy_is_refused_in_place(cast: Cast) -> None:
    answer = client(cast, "machinist").post("/catalogue/AXIS", {**ASKED, **key()})
    assert answer.status_code == 403
    assert "You may not do this." in text(answer)


def test_a_quote_names_its_seller_who_agrees_and_until_when(cast: Cast) -> None:
    quote = quoted(cast)
    said = text(client(cast, "buyer").get(reverse("quote", args=[quote.ref])))
    assert "assembler (general contractor)" in said
    assert "TAX-assembler" in said
    assert said.count("agreed in advance") == 3
    assert "data-lz-clock" in said


def test_accepting_twice_makes_one_order_with_the_buyers_number(cast: Cast) -> None:
    quote, buyer = quoted(cast), client(cast, "buyer")
    sent = {"act": "accept", "buyer_number": "4500-12", **key()}
    here = reverse("quote", args=[quote.ref])
    assert [buyer.post(here, sent).status_code for _ in range(2)] == [302, 302]
    assert Order.objects.get().buyer_number == "4500-12"
    assert "your number 4500-12" in text(buyer.get(here))


def test_accepting_again_under_a_new_key_is_refused_on_the_quotes_page(cast: Cast) -> None:
    quote, buyer = quoted(cast), client(cast, "buyer")
    here = reverse("quote", args=[quote.ref])
    buyer.post(here, {"act": "accept", **key()})
    answer = buyer.post(here, {"act": "accept", **key()})
    assert answer.status_code == 409
    assert Order.objects.get().number in text(answer)


def test_a_quote_can_be_given_back(cast: Cast) -> None:
    quote, buyer = quoted(cast), client(cast, "buyer")
    buyer.post(reverse("quote", args=[quote.ref]), {"act": "release", **key()})
    quote.refresh_from_db()
    assert quote.state == Quote.State.RELEASED


def test_a_quote_does_not_exist_for_a_rival(cast: Cast) -> None:
    quote = quoted(cast)
    assert client(cast, "rival").get(reverse("quote", args=[quote.ref])).status_code == 404
    assert "You have no quotes yet." in text(client(cast, "rival").get("/quotes"))


def test_a_quote_that_waits_cannot_be_ordered_yet_and_says_so(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    said = text(client(cast, "buyer").get(reverse("quote", args=[quote.ref])))
    assert 'value="accept" disabled' in said
    assert "You can order as soon as all have agreed." in said


def test_an_owner_sees_its_share_only_and_answers_once(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    miller, row = client(cast, "miller"), Consent.objects.get(quote=quote, state="asked")
    said = text(miller.get("/questions"))
    assert "Plate: Mill" in said
    assert "Shaft: Turn" not in said
    sent = {"ref": str(row.ref), "say": "can", **key()}
    assert [miller.post("/questions", sent).status_code for _ in range(2)] == [302, 302]
    quote.refresh_from_db()
    assert quote.state == Quote.State.HELD


def test_an_owner_who_is_asked_is_led_from_the_quote_to_its_question(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    answer = client(cast, "miller").get(reverse("quote", args=[quoted(cast).ref]))
    assert answer["Location"] == "/questions"


def test_another_price_becomes_a_line_of_the_quote(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    row = Consent.objects.get(quote=quote, state="asked")
    sent = {"ref": str(row.ref), "say": "change", "price": str(row.share + 100), "date": "", **key()}
    client(cast, "miller").post("/questions", sent)
    assert "Change by a factory" in text(client(cast, "buyer").get(reverse("quote", args=[quote.ref])))


def test_a_change_without_price_or_date_is_asked_again_in_place(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    row = Consent.objects.get(quote=quoted(cast), state="asked")
    answer = client(cast, "miller").post("/questions", {"ref": str(row.ref), "say": "change", **key()})
    assert "Name another price, another date, or both." in text(answer)
    assert "<details open>" in text(answer)


def test_a_price_that_cannot_be_is_refused_in_place_and_kept(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    row = Consent.objects.get(quote=quoted(cast), state="asked")
    sent = {"ref": str(row.ref), "say": "change", "price": "99999999", **key()}
    answer = client(cast, "miller").post("/questions", sent)
    assert answer.status_code == 422
    assert "This price cannot be." in text(answer)
    assert 'value="99999999"' in text(answer)


def test_a_firm_says_what_it_agrees_to_in_advance(cast: Cast) -> None:
    sent = {"act": "agree", "mode": "automatic", "max_quantity": "20", "max_load": "85", "earliest_days": "2"}
    client(cast, "miller").post("/rules", {**sent, "safety_days": "1", **key()})
    rule = ConsentRule.objects.get(owner=cast.firms["miller"], group=None)
    assert (rule.max_quantity, rule.max_load, rule.max_value) == (20, Decimal("0.85"), None)


def test_a_wrong_limit_is_shown_at_its_field_and_changes_nothing(cast: Cast) -> None:
    sent = {"act": "agree", "mode": "never", "max_load": "140", "earliest_days": "0", "safety_days": "0"}
    answer = client(cast, "miller").post("/rules", {**sent, **key()})
    assert "errorlist" in text(answer)
    assert ConsentRule.objects.get(owner=cast.firms["miller"], group=None).mode == "automatic"


def test_a_firm_has_a_rule_and_a_level_for_each_group(cast: Cast) -> None:
    group = Group.objects.create(owner=cast.firms["miller"], name="Key customers")
    group.members.add(cast.firms["buyer"])
    miller = client(cast, "miller")
    rule = {"act": "agree", "group": group.name, "mode": "never", "earliest_days": "0", "safety_days": "0"}
    miller.post("/rules", {**rule, **key()})
    show = {"act": "show", "audience": "group", "group": group.name, "level": "2"}
    miller.post("/rules", {**show, **key()})
    assert ConsentRule.objects.get(group=group).mode == "never"
    assert Disclosure.objects.get(group=group).level == Level.FREE_TIME_BUCKETS


def test_rules_of_a_firm_are_its_writers_to_change(cast: Cast) -> None:
    sent = {"act": "show", "audience": "everyone", "level": "0", **key()}
    assert client(cast, "machinist").post("/rules", sent).status_code == 403
    assert Disclosure.objects.get(owner=cast.firms["miller"], audience="everyone").level == Level.FULL_CALENDAR


def test_what_an_owner_does_not_show_is_not_on_the_page(cast: Cast) -> None:
    cast.disclose("miller", Level.ANSWERS_ONLY)
    said = text(client(cast, "buyer").get("/catalogue/AXIS", ASKED))
    assert "Promised arrival" in said
    assert "miller" not in said
    assert "milling 1" not in said


@pytest.mark.parametrize("language", ["zh-hans", "de", "en"])
def test_pages_are_read_in_at_most_twelve_queries(cast: Cast, axis: Item, language: str) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    for name, path in (
        ("buyer", "/catalogue"),
        ("buyer", "/catalogue/AXIS"),
        ("buyer", "/quotes"),
        ("buyer", reverse("quote", args=[quote.ref])),
        ("miller", "/questions"),
    ):
        signed_in = client(cast, name, language)
        with CaptureQueriesContext(connection) as asked:
            assert signed_in.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES, (path, [query["sql"][:90] for query in asked.captured_queries])
