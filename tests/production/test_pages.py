"""The factory's day, the job at the machine, the order's timeline: what each shows to whom, and what a tap does."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianzao.base import clock
from lianzao.capacity import availability, load
from lianzao.production import actions as production
from lianzao.production.decisions import Report
from lianzao.production.models import JobOrder, JobResponse
from lianzao.trade import actions
from lianzao.trade.models import Order
from lianzao.trade.requests import as_request
from lianzao.web.security_headers import HEADERS
from tests.cast import REQUEST, Cast

MOST_QUERIES = 5


@pytest.fixture(autouse=True)
def forget_loads() -> None:
    """Machines of different tests have the same ids and versions."""
    load._known.clear()
    availability._made.clear()


def ordered(cast: Cast) -> Order:
    quote = actions.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))
    return actions.accept(ref=str(quote.ref), viewer=cast.viewer("buyer"))


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name])
    return client


def shown(client: Client, path: str) -> str:
    answer = client.get(path, secure=True)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def key(html: str) -> str:
    found = re.search(r'name="idempotency_key" value="([^"]+)"', html)
    assert found
    return found[1]


def report(client: Client, job: JobOrder, **fields: object) -> int:
    answer = client.post(
        f"/jobs/{job.ref}/report", {str(name): str(value) for name, value in fields.items()}, secure=True
    )
    return answer.status_code


@pytest.mark.parametrize(
    "path", ["/today", "/orders", "/inbox", "/calendar", "/orders/1", "/jobs/1", "/work-centres/1"]
)
def test_who_is_not_signed_in_is_asked_to_and_comes_back(db: None, path: str) -> None:
    answer = Client().get(path, secure=True)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login?next=")


def test_the_day_lists_the_work_of_ones_own_firm_in_plan_order(cast: Cast) -> None:
    order = ordered(cast)
    html = shown(signed_in(cast, "miller"), "/today")
    assert "Mill" in html
    assert order.number in html
    assert "Turn" not in html


def test_late_work_stands_first_and_is_counted_in_the_headline(cast: Cast) -> None:
    order = ordered(cast)
    now = clock.seconds()
    order.jobs.filter(key="AXIS/PLATE/10").update(starts=now - 7_300, ends=now - 7_200)
    html = shown(signed_in(cast, "miller"), "/today")
    assert "1 is late" in html
    assert re.search(r'<li class="is-late">\s*<span>.*2\Whours late', html)


def test_what_waits_for_an_answer_stands_beside_the_work(cast: Cast) -> None:
    cast.agrees("miller", "ask")
    actions.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))
    html = shown(signed_in(cast, "miller"), "/today")
    assert "1 question waits for you" in html
    assert "/questions" in html
    assert "buyer" not in re.sub(r"<header.*?</header>", "", html, flags=re.S)


def test_the_load_of_each_work_centre_is_drawn_and_said(cast: Cast) -> None:
    ordered(cast)
    html = shown(signed_in(cast, "miller"), "/today")
    assert re.search(r'aria-label="milling group: \d+', html)


def test_one_tap_starts_and_one_tap_finishes_a_job(cast: Cast) -> None:
    job = ordered(cast).jobs.get(key="AXIS/PLATE/10")
    machinist = signed_in(cast, "machinist")
    page = shown(machinist, f"/jobs/{job.ref}")
    assert report(machinist, job, event="start", idempotency_key=key(page)) == 302
    page = shown(machinist, f"/jobs/{job.ref}")
    assert report(machinist, job, event="finish", good=job.pieces, idempotency_key=key(page)) == 302
    job.refresh_from_db()
    assert (job.state, job.good, job.scrap) == ("finished", job.pieces, 0)


def test_the_same_tap_sent_twice_counts_once(cast: Cast) -> None:
    job = ordered(cast).jobs.get(key="AXIS/PLATE/10")
    machinist = signed_in(cast, "machinist")
    for _ in range(2):
        assert report(machinist, job, event="start", idempotency_key="one-tap") == 302
    assert JobResponse.objects.filter(job=job).count() == 1


def test_scrap_without_a_reason_is_refused_on_the_page_and_changes_nothing(cast: Cast) -> None:
    job = ordered(cast).jobs.get(key="AXIS/PLATE/10")
    machinist = signed_in(cast, "machinist")
    report(machinist, job, event="start")
    answer = machinist.post(f"/jobs/{job.ref}/report", {"event": "finish", "good": "3", "scrap": "1"}, secure=True)
    assert answer.status_code == 422
    assert "Ausschuss" in answer.content.decode() or "Scrap needs a reason" in answer.content.decode()
    job.refresh_from_db()
    assert (job.state, job.scrap) == ("running", 0)
    assert report(machinist, job, event="finish", good=3, scrap=1, reason="inspection") == 302


def test_wild_numbers_are_one_refusal(cast: Cast) -> None:
    job = ordered(cast).jobs.get(key="AXIS/PLATE/10")
    machinist = signed_in(cast, "machinist")
    for good in ("1e999", "-1", "NaN", "9" * 400, "½"):
        assert report(machinist, job, event="finish", good=good) == 422
    assert not JobResponse.objects.exists()


def test_a_step_that_waits_is_greyed_and_says_for_what(cast: Cast) -> None:
    assembly = ordered(cast).jobs.get(key="AXIS/10")
    html = shown(signed_in(cast, "assembler"), f"/jobs/{assembly.ref}")
    assert "disabled" in html
    assert "Waits for:" in html


def test_a_job_of_another_firm_is_not_there(cast: Cast) -> None:
    job = ordered(cast).jobs.get(key="AXIS/PLATE/10")
    for path in (f"/jobs/{job.ref}", f"/jobs/{job.ref}/code.svg"):
        assert signed_in(cast, "rival").get(path, secure=True).status_code == 404
    assert report(signed_in(cast, "rival"), job, event="start") == 404
    assert not JobResponse.objects.exists()


def test_the_code_of_a_job_is_a_picture_that_holds_no_script(cast: Cast) -> None:
    job = ordered(cast).jobs.get(key="AXIS/PLATE/10")
    answer = signed_in(cast, "machinist").get(f"/jobs/{job.ref}/code.svg", secure=True)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    assert b"<svg" in answer.content
    assert b"script" not in answer.content


def test_a_work_centre_lists_its_jobs_to_its_own_firm_only(cast: Cast) -> None:
    job = ordered(cast).jobs.select_related("resource__work_centre").get(key="AXIS/PLATE/10")
    assert job.resource is not None
    path = f"/work-centres/{job.resource.work_centre.ref}"
    assert "Mill" in shown(signed_in(cast, "machinist"), path)
    assert signed_in(cast, "buyer").get(path, secure=True).status_code == 404


def test_a_moved_forecast_says_its_cause_and_both_dates(cast: Cast) -> None:
    order = ordered(cast)
    now = clock.seconds()
    order.jobs.filter(key="AXIS/PLATE/10").update(starts=now - 40 * 86_400, ends=now - 39 * 86_400)
    Order.objects.filter(id=order.id).update(promised=now + 86_400, forecast=now + 86_000)
    production.forecast(order_id=order.id)
    html = shown(signed_in(cast, "buyer"), f"/orders/{order.ref}")
    assert "has not begun as planned" in html
    assert "is now expected on" in html
    assert "Forecast moved" in html


def test_a_buyer_sees_neither_the_makers_of_parts_nor_their_jobs(cast: Cast) -> None:
    order = ordered(cast)
    html = shown(signed_in(cast, "buyer"), f"/orders/{order.ref}")
    assert "assembler" in html
    assert "miller" not in html
    assert "turner" not in html


def test_the_seller_sees_its_sub_orders_with_price_and_hand_over(cast: Cast) -> None:
    order = ordered(cast)
    html = shown(signed_in(cast, "assembler"), f"/orders/{order.ref}")
    assert "miller" in html
    assert "turner" in html


def test_a_maker_of_a_part_sees_its_part_only(cast: Cast) -> None:
    order = ordered(cast)
    client = signed_in(cast, "miller")
    assert client.get(f"/orders/{order.ref}", secure=True).status_code == 404
    part = order.sub_orders.get(supplier=cast.firms["miller"])
    assert str(part.ref) in shown(client, "/orders")
    html = shown(client, f"/orders/{part.ref}")
    assert "assembler" in html
    assert "turner" not in html
    assert "Mill" in html


def test_an_order_is_cancelled_for_the_fee_beside_the_button(cast: Cast) -> None:
    order = ordered(cast)
    buyer = signed_in(cast, "buyer")
    assert "Cancelling now costs" in shown(buyer, f"/orders/{order.ref}/cancel")
    assert buyer.post(f"/orders/{order.ref}/cancel", {"idempotency_key": "c"}, secure=True).status_code == 302
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert buyer.post(f"/orders/{order.ref}/cancel", {"idempotency_key": "d"}, secure=True).status_code == 409


def test_only_the_buyer_cancels_and_only_the_seller_plans_again(cast: Cast) -> None:
    order = ordered(cast)
    assert signed_in(cast, "assembler").post(f"/orders/{order.ref}/cancel", secure=True).status_code == 403
    assert signed_in(cast, "buyer").post(f"/orders/{order.ref}/replan", secure=True).status_code == 403
    assert signed_in(cast, "assembler").post(f"/orders/{order.ref}/replan", secure=True).status_code == 302


def test_a_delivered_order_says_so_and_whether_it_was_on_time(cast: Cast) -> None:
    order = ordered(cast)
    while job := next(
        (
            each
            for each in order.jobs.exclude(state="finished")
            if set(each.after) <= set(order.jobs.filter(state="finished").values_list("key", flat=True))
        ),
        None,
    ):
        owner = cast.viewer(job.owner.name)
        receiver = cast.viewer("buyer") if job.goes_to is None else cast.viewer("assembler")
        first, last = ("ship", "receive") if job.kind == "ship" else ("start", "finish")
        production.report(ref=str(job.ref), report=Report(first), viewer=owner)
        production.report(
            ref=str(job.ref),
            report=Report(last, good=job.pieces),
            viewer=receiver if job.kind == "ship" else owner,
        )
    html = shown(signed_in(cast, "buyer"), f"/orders/{order.ref}")
    assert "Delivered on time" in html
    assert "Arrived in Stuttgart" in html


@pytest.mark.parametrize("name", ["buyer", "assembler", "miller", "machinist"])
def test_pages_ask_the_database_little_beside_what_every_page_asks(cast: Cast, name: str) -> None:
    order = ordered(cast)
    client = signed_in(cast, name)
    paths = ["/today", "/orders", "/inbox", "/calendar"]
    if name in {"buyer", "assembler"}:
        paths.append(f"/orders/{order.ref}")
    else:
        paths.append(f"/jobs/{order.jobs.get(key='AXIS/PLATE/10').ref}")
    every = asked(client, "/password")
    counts = {path: asked(client, path) - every for path in paths}
    assert max(counts.values()) <= MOST_QUERIES, counts


def asked(client: Client, path: str) -> int:
    """How many queries the page takes once it has been seen."""
    shown(client, path)
    with CaptureQueriesContext(connection) as queries:
        shown(client, path)
    return len(queries)
