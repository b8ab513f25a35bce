"""From quote to order: held, agreed, accepted once, reported on, delivered; cancelled and planned again."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from lianzao.base import clock
from lianzao.base.refs import new_ref
from lianzao.base.refusals import Absent, Forbidden
from lianzao.capacity.models import Booking, Hold
from lianzao.engines.observe.forecast import Forecast
from lianzao.engines.observe.forecast import forecast as foresee
from lianzao.ledger.models import Event
from lianzao.production import actions as production
from lianzao.production.decisions import AlreadyReported, NotYet, Report
from lianzao.production.models import JobOrder
from lianzao.trade import actions, queries
from lianzao.trade.actions.answer import Reply
from lianzao.trade.answers import quote_json
from lianzao.trade.decisions import AlreadyAccepted, QuoteExpired, QuoteNotAgreed, QuoteOver
from lianzao.trade.models import Order, Quote
from lianzao.trade.requests import as_request
from lianzao.trust.models import Membership
from tests.cast import REQUEST, Cast


def quoted(cast: Cast) -> Quote:
    return actions.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))


def ordered(cast: Cast) -> Order:
    return actions.accept(ref=str(quoted(cast).ref), viewer=cast.viewer("buyer"))


def finish(cast: Cast, job: JobOrder) -> None:
    owner = {firm.id: name for name, firm in cast.firms.items()}[job.owner_id]
    if job.kind == "ship":
        receiver = cast.viewer("buyer") if job.goes_to is None else cast.viewer("assembler")
        production.report(ref=str(job.ref), report=Report("ship"), viewer=cast.viewer(owner))
        production.report(ref=str(job.ref), report=Report("receive", good=job.pieces), viewer=receiver)
    else:
        production.report(ref=str(job.ref), report=Report("start"), viewer=cast.viewer(owner))
        production.report(ref=str(job.ref), report=Report("finish", good=job.pieces), viewer=cast.viewer(owner))


def test_a_quote_holds_the_time_of_every_step(cast: Cast) -> None:
    quote = quoted(cast)
    assert quote.state == "held"
    assert Booking.objects.filter(hold=quote.hold).count() == 3


def test_an_accepted_quote_becomes_an_order_with_its_jobs_and_sub_orders(cast: Cast) -> None:
    order = ordered(cast)
    assert order.seller == cast.firms["assembler"]
    assert {row.supplier.name for row in order.sub_orders.all()} == {"miller", "turner"}
    assert order.jobs.filter(kind="work").count() == 3
    assert order.jobs.filter(kind="ship").count() == 3


def test_accepting_twice_is_refused_and_changes_nothing(cast: Cast) -> None:
    order = ordered(cast)
    with pytest.raises(AlreadyAccepted):
        actions.accept(ref=str(order.quote.ref), viewer=cast.viewer("buyer"))
    assert Order.objects.count() == 1


def test_an_expired_quote_is_not_accepted(cast: Cast) -> None:
    quote = quoted(cast)
    Hold.objects.update(expires=clock.seconds() - 1)
    Quote.objects.update(expires=clock.seconds() - 1)
    with pytest.raises(QuoteExpired):
        actions.accept(ref=str(quote.ref), viewer=cast.viewer("buyer"))


def test_who_asks_to_be_asked_is_asked_before_anybody_can_accept(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    assert quote.state == "asked"
    with pytest.raises(QuoteNotAgreed):
        actions.accept(ref=str(quote.ref), viewer=cast.viewer("buyer"))
    answered = actions.answer(ref=str(quote.ref), reply=Reply(can=True), viewer=cast.viewer("miller"))
    assert answered.state == "held"
    assert actions.accept(ref=str(quote.ref), viewer=cast.viewer("buyer")).state == "open"


def test_an_owner_asked_may_name_its_price_and_a_later_date(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    consent = quote.consents.get(owner=cast.firms["miller"])
    reply = Reply(can=True, price=consent.share + 78, date=consent.hand_over + 10 * 86_400)
    answered = actions.answer(ref=str(consent.ref), reply=reply, viewer=cast.viewer("miller"))
    assert answered.promise["promised"] > quote.promise["promised"]
    lines = {line["kind"]: line["amount"] for line in answered.promise["price"]["lines"]}
    assert lines["owner-change"] == "10.00"  # 78 yuan at 7.8
    assert actions.accept(ref=str(quote.ref), viewer=cast.viewer("buyer")).net == Decimal(
        answered.promise["price"]["net"]
    )


def test_a_later_date_leaves_the_one_that_another_owner_named(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    cast.agrees("turner", "ask")
    quote = quoted(cast)
    handed_over = {}
    for name, days in (("miller", 20), ("turner", 10)):
        asked = quote.consents.get(owner=cast.firms[name])
        reply = Reply(can=True, date=asked.hand_over + days * 86_400)
        actions.answer(ref=str(asked.ref), reply=reply, viewer=cast.viewer(name))
        handed_over[name] = quote.consents.get(owner=cast.firms[name]).hand_over
    assert quote.consents.get(owner=cast.firms["miller"]).hand_over == handed_over["miller"]


def test_a_quote_that_was_given_back_asks_nobody_and_takes_no_answer(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    actions.release(ref=str(quote.ref), viewer=cast.viewer("buyer"))
    assert queries.questions(cast.viewer("miller")) == []
    with pytest.raises(QuoteOver):
        actions.answer(ref=str(quote.ref), reply=Reply(can=True), viewer=cast.viewer("miller"))
    quote.refresh_from_db()
    assert quote.state == "released"


def test_only_who_may_write_for_the_buyer_gives_a_quote_back(cast: Cast) -> None:
    quote = quoted(cast)
    Membership.objects.filter(user=cast.people["buyer"]).update(role="reader")
    for name, refusal in (("buyer", Forbidden), ("assembler", Absent), ("rival", Absent)):
        with pytest.raises(refusal):
            actions.release(ref=str(quote.ref), viewer=cast.viewer(name))
    with pytest.raises(Absent):
        actions.release(ref=str(new_ref()), viewer=cast.viewer("buyer"))


def test_the_price_is_valid_as_long_as_the_quote(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    answered = actions.answer(ref=str(quote.ref), reply=Reply(can=True), viewer=cast.viewer("miller"))
    for row in (quote, answered):
        said = quote_json(row, cast.viewer("buyer"))
        assert said["price"]["valid_until"] == said["expires_at"]


def test_a_no_frees_the_time(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    quote = quoted(cast)
    assert actions.answer(ref=str(quote.ref), reply=Reply(can=False), viewer=cast.viewer("miller")).state == "refused"
    assert not Booking.objects.exists()


def test_reports_deliver_the_order_and_free_the_machines(cast: Cast) -> None:
    order = ordered(cast)
    while job := _next(order):
        finish(cast, job)
    order.refresh_from_db()
    assert order.state == "delivered"
    assert order.delivered_at is not None and order.delivered_at <= order.promised
    assert not Booking.objects.exists()


def test_an_order_ex_works_is_delivered_with_its_last_work(cast: Cast) -> None:
    request = {name: value for name, value in REQUEST.items() if name != "deliver_to"}
    quote = actions.quote(request=as_request(request), viewer=cast.viewer("buyer"))
    order = actions.accept(ref=str(quote.ref), viewer=cast.viewer("buyer"))
    assert quote.promise["price"]["incoterm"] == "EXW"
    while job := _next(order):
        assert order.state == "open"
        finish(cast, job)
        order.refresh_from_db()
    assert order.state == "delivered"
    assert set(order.sub_orders.values_list("state", flat=True)) == {"handed-over"}


def _next(order: Order) -> JobOrder | None:
    done = set(order.jobs.filter(state="finished").values_list("key", flat=True))
    return next((job for job in order.jobs.exclude(state="finished") if set(job.after) <= done), None)


def test_a_step_waits_for_the_ones_before_it_and_is_reported_once(cast: Cast) -> None:
    order = ordered(cast)
    assembly = order.jobs.get(key="AXIS/10")
    with pytest.raises(NotYet):
        production.report(ref=str(assembly.ref), report=Report("start"), viewer=cast.viewer("assembler"))
    mill = order.jobs.get(key="AXIS/PLATE/10")
    production.report(ref=str(mill.ref), report=Report("start"), viewer=cast.viewer("machinist"))
    with pytest.raises(AlreadyReported):
        production.report(ref=str(mill.ref), report=Report("start"), viewer=cast.viewer("machinist"))


def test_a_cancelled_order_frees_its_time_under_stated_terms(cast: Cast) -> None:
    order = ordered(cast)
    cancelled, fee = actions.cancel(ref=str(order.ref), viewer=cast.viewer("buyer"))
    assert cancelled.state == "cancelled"
    assert 0 <= fee <= order.net
    assert not Booking.objects.exists()


def test_a_part_that_was_handed_over_stays_so_when_the_order_is_cancelled(cast: Cast) -> None:
    order = ordered(cast)
    order.sub_orders.filter(supplier=cast.firms["miller"]).update(state="handed-over")
    actions.cancel(ref=str(order.ref), viewer=cast.viewer("buyer"))
    states = dict(order.sub_orders.values_list("supplier__name", "state"))
    assert states == {"miller": "handed-over", "turner": "cancelled"}


def test_a_forecast_that_comes_after_the_end_of_an_order_is_not_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ordered(cast)
    now = clock.seconds()
    order.jobs.filter(key="AXIS/PLATE/10").update(starts=now - 40 * 86_400, ends=now - 39 * 86_400)
    Order.objects.filter(id=order.id).update(forecast=now + 60)

    def seen_then_cancelled(*given: Any, **named: Any) -> Forecast:
        actions.cancel(ref=str(order.ref), viewer=cast.viewer("buyer"))
        return foresee(*given, **named)

    monkeypatch.setattr(import_module("lianzao.production.actions.forecast"), "foresee", seen_then_cancelled)
    production.forecast(order_id=order.id)
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert order.cause is None


def test_a_forecast_foreseen_twice_at_once_is_told_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ordered(cast)
    now = clock.seconds()
    order.jobs.filter(key="AXIS/PLATE/10").update(starts=now - 40 * 86_400, ends=now - 39 * 86_400)
    Order.objects.filter(id=order.id).update(forecast=now + 60)
    module = import_module("lianzao.production.actions.forecast")

    def overtaken(*given: Any, **named: Any) -> Forecast:
        monkeypatch.setattr(module, "foresee", foresee)
        production.forecast(order_id=order.id)
        return foresee(*given, **named)

    monkeypatch.setattr(module, "foresee", overtaken)
    production.forecast(order_id=order.id)
    assert Event.objects.filter(kind="trade.order.forecast-moved", subject=order.ref).count() == 1


def test_the_rest_of_an_order_is_planned_again_where_it_was_agreed(cast: Cast) -> None:
    order = ordered(cast)
    finish(cast, order.jobs.get(key="AXIS/PLATE/10"))
    before = {job.key: job.resource_id for job in order.jobs.filter(kind="work")}
    production.replan(ref=str(order.ref), viewer=cast.viewer("assembler"))
    assert {job.key: job.resource_id for job in order.jobs.filter(kind="work")} == before
    assert Booking.objects.count() == 2


def test_a_receipt_is_reported_by_who_receives_only(cast: Cast) -> None:
    last = ordered(cast).jobs.get(kind="ship", goes_to=None)
    with pytest.raises(Forbidden):
        production.report(ref=str(last.ref), report=Report("receive"), viewer=cast.viewer("assembler"))
