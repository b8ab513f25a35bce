"""Who is told of what, once, in his language, and nothing that he may not see."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from lianzao.base import clock
from lianzao.catalog.models import Item
from lianzao.ledger.events import Happened, happened
from lianzao.ledger.models import Event
from lianzao.network.models import Site
from lianzao.notices import tasks
from lianzao.notices.models import Notice
from lianzao.notices.wording import in_words
from lianzao.production import actions as production
from lianzao.trade import actions
from lianzao.trade.actions.answer import Reply
from lianzao.trade.models import Order, Quote
from lianzao.trade.requests import as_request
from tests.cast import REQUEST, Cast


def quoted(cast: Cast) -> Quote:
    return actions.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))


def ordered(cast: Cast) -> Order:
    return actions.accept(ref=str(quoted(cast).ref), viewer=cast.viewer("buyer"))


def last(kind: str) -> Happened:
    return happened(Event.objects.filter(kind=kind).order_by("id").last(), 1)  # type: ignore[arg-type]


def inbox(cast: Cast, name: str) -> list[str]:
    with translation.override("en"):
        rows = Notice.objects.visible_to(cast.viewer(name)).order_by("id")
        return [in_words(row.text, row.facts) for row in rows]


def test_each_owner_that_is_asked_hears_its_own_share_and_no_name(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quoted(cast)
    tasks.ask_owners(last("trade.quote.made"))
    (said,) = inbox(cast, "miller")
    assert said.startswith("You are asked: will you do your part of a request for CN¥") or "¥" in said
    assert not any(name in said for name in ("buyer", "turner", "assembler"))
    assert inbox(cast, "turner") == inbox(cast, "buyer") == []


def test_the_buyer_hears_once_that_all_agreed_and_until_when(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    actions.answer(ref=str(quote.ref), reply=Reply(can=True), viewer=cast.viewer("miller"))
    tasks.tell_buyer_of_an_answer(last("trade.consent.answered"))
    tasks.tell_buyer_that_all_agreed(last("trade.quote.agreed"))
    (said,) = inbox(cast, "buyer")
    assert "All factories have agreed to your quote for 4 × Axis" in said
    assert "miller" not in said


def test_one_yes_of_two_is_told_as_such(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    cast.agrees("turner", "ask")
    quote = quoted(cast)
    actions.answer(ref=str(quote.ref), reply=Reply(can=True), viewer=cast.viewer("miller"))
    tasks.tell_buyer_of_an_answer(last("trade.consent.answered"))
    (said,) = inbox(cast, "buyer")
    assert "others have yet to answer" in said


def test_a_no_is_told_by_the_end_of_the_quote(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    actions.answer(ref=str(quote.ref), reply=Reply(can=False), viewer=cast.viewer("miller"))
    tasks.tell_buyer_of_an_answer(last("trade.consent.answered"))
    tasks.tell_buyer_that_a_quote_is_over(last("trade.quote.over"))
    (said,) = inbox(cast, "buyer")
    assert "cannot do its part" in said


def test_what_the_buyer_gave_back_is_no_news_to_him(cast: Cast) -> None:
    actions.release(ref=str(quoted(cast).ref), viewer=cast.viewer("buyer"))
    tasks.tell_buyer_that_a_quote_is_over(last("trade.quote.over"))
    assert inbox(cast, "buyer") == []


def test_an_item_is_called_by_the_catalogue_s_name_not_by_that_of_a_shop_s_own_part(cast: Cast) -> None:
    quote = quoted(cast)
    Item.objects.filter(code="AXIS").update(code="AXIS-2")
    site = Site.objects.get(name="miller works")
    Item.objects.create(code="AXIS", name={"en": "Secret part"}, site=site)
    Item.objects.create(code="AXIS", name={"en": "Axis of the catalogue"})
    actions.accept(ref=str(quote.ref), viewer=cast.viewer("buyer"))
    tasks.tell_makers_of_an_order(last("trade.quote.accepted"))
    (said,) = inbox(cast, "assembler")
    assert "Axis of the catalogue" in said


def test_seller_and_makers_each_hear_of_their_part_of_an_order(cast: Cast) -> None:
    order = ordered(cast)
    tasks.tell_makers_of_an_order(last("trade.quote.accepted"))
    assert inbox(cast, "assembler")[0].startswith(f"New order {order.number}: 4 × Axis for €")
    (said,) = inbox(cast, "miller")
    assert f"New order {order.number} from assembler" in said
    assert str(order.net) not in said
    assert inbox(cast, "buyer") == inbox(cast, "rival") == []


@pytest.mark.parametrize("times", [1, 2])
def test_a_moved_forecast_is_told_once_with_cause_and_date_before_the_promised_one(cast: Cast, times: int) -> None:
    order = ordered(cast)
    now = clock.seconds()
    order.jobs.filter(key="AXIS/PLATE/10").update(starts=now - 40 * 86_400, ends=now - 39 * 86_400)
    Order.objects.filter(id=order.id).update(forecast=now + 60)
    production.forecast(order_id=order.id)
    event = last("trade.order.forecast-moved")
    for _ in range(times):
        tasks.tell_of_a_moved_forecast(event)
    for name in ("buyer", "assembler"):
        (said,) = inbox(cast, name)
        assert order.number in said
        assert "Mill” has not begun as planned." in said
        assert "miller" not in said
    row = Notice.objects.visible_to(cast.viewer("buyer")).get()
    assert row.at < order.promised
    assert Event.objects.filter(kind="notices.notice.made").count() == 1


def test_a_notice_speaks_the_language_of_its_reader(cast: Cast) -> None:
    order = ordered(cast)
    tasks.tell_makers_of_an_order(last("trade.quote.accepted"))
    row = Notice.objects.visible_to(cast.viewer("assembler")).get()
    for language in ("de", "zh-hans"):
        with translation.override(language):
            said = in_words(row.text, row.facts)
        assert order.number in said
        assert "New order" not in said
        assert "{" not in said


def test_the_inbox_shows_unread_first_and_marks_read_for_its_own_reader_only(cast: Cast) -> None:
    ordered(cast)
    tasks.tell_makers_of_an_order(last("trade.quote.accepted"))
    seller, rival = Client(), Client()
    seller.force_login(cast.people["assembler"])
    rival.force_login(cast.people["rival"])
    row = Notice.objects.visible_to(cast.viewer("assembler")).get()
    assert "1 new notice" in seller.get("/inbox", secure=True).content.decode()
    assert rival.post("/inbox/read", {"notice": str(row.ref)}, secure=True).status_code == 404
    assert seller.post("/inbox/read", {"notice": str(row.ref)}, secure=True).status_code == 302
    row.refresh_from_db()
    assert row.read_at is not None
    assert "Nothing new" in seller.get("/inbox", secure=True).content.decode()
