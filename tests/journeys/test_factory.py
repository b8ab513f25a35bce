"""The factory's way in a real browser: its day, its calendar, its orders, what it is told."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from lianzao.base import clock
from lianzao.capacity.models import Calendar, Closure, OwnWork
from lianzao.ledger.events import happened
from lianzao.ledger.models import Event
from lianzao.notices import tasks
from lianzao.production import actions as production
from lianzao.trade.models import Order
from tests.cast import Cast
from tests.journeys import test_buyer
from tests.journeys.test_buyer import Visitor
from tests.production.test_pages import ordered

pytestmark = test_buyer.pytestmark
DAY = 86_400


def test_the_owner_confirms_closes_and_enters_own_work(
    browser: Browser, live_server: LiveServer, network: Cast
) -> None:
    factory = Visitor(browser, live_server, network, "miller")
    page = factory.go("/calendar")
    page.get_by_role("button", name="Nothing has changed: confirm").click()
    expect(page.get_by_text("The calendar is confirmed.")).to_be_visible()
    page.get_by_text("Closed days", exact=True).click()
    page.get_by_label("First day closed").fill("2027-02-05")
    page.get_by_label("Last day closed").fill("2027-02-14")
    page.get_by_label("What for").fill("Spring Festival")
    page.get_by_role("button", name="Save").locator("visible=true").click()
    expect(page.get_by_text("Spring Festival")).to_be_visible()
    page.get_by_text("Own work from a file").click()
    table = b"resource,start,end,label\nmilling 1,2026-12-03 08:00,2026-12-03 16:00,Own job\n"
    page.get_by_label("File", exact=True).set_input_files({"name": "own.csv", "mimeType": "text/csv", "buffer": table})
    page.get_by_role("button", name="Read file").click()
    expect(page.get_by_text("1 piece of own work is read.")).to_be_visible()
    assert Closure.objects.get().name == "Spring Festival"
    assert OwnWork.objects.get().label == "Own job"
    assert Calendar.objects.get(site__organisation=network.firms["miller"]).version > 1
    assert factory.faults() == []


def test_a_late_step_reaches_the_buyers_inbox_and_the_orders_page(
    browser: Browser, live_server: LiveServer, network: Cast
) -> None:
    order = ordered(network)
    now = clock.seconds()
    order.jobs.filter(key="AXIS/PLATE/10").update(starts=now - 40 * DAY, ends=now - 39 * DAY)
    Order.objects.filter(id=order.id).update(promised=now + DAY, forecast=now + DAY)
    production.forecast(order_id=order.id)
    moved = Event.objects.get(kind="trade.order.forecast-moved")
    tasks.tell_of_a_moved_forecast(happened(moved, 1))
    buyer = Visitor(browser, live_server, network, "buyer")
    page = buyer.go("/inbox")
    page.get_by_role("link", name=f"Order {order.number} will arrive late").click()
    expect(page.get_by_text("The order is now expected on")).to_be_visible()
    expect(page.get_by_role("heading", name="The four dates")).to_be_visible()
    assert buyer.faults() == []


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("zh-hans", "light", 1440), ("de", "dark", 768), ("en", "light", 360), ("de", "light", 320)],
)
def test_the_factorys_pages_keep_the_rules(
    browser: Browser, live_server: LiveServer, network: Cast, language: str, scheme: str, width: int
) -> None:
    order = ordered(network)
    looks: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for login, paths in (
        ("miller", ("/today", "/calendar", "/orders", "/inbox")),
        ("assembler", (f"/orders/{order.ref}",)),
        ("buyer", (f"/orders/{order.ref}", f"/orders/{order.ref}/cancel")),
    ):
        visitor = Visitor(browser, live_server, network, login, language=language, **looks)
        for path in paths:
            visitor.go(path)
            assert visitor.faults() == [], path
