"""The buyer's way in a real browser: configure, see the date move, hold it, order it; and the owner who is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lianzao.catalog.models import Family, Item
from lianzao.trade.models import Order, Quote
from tests.cast import Cast
from tests.trade.test_pages import FAMILY

STATIC = Path(__file__).resolve().parents[2] / "src" / "lianzao" / "web" / "static"
CHROMIUM = Path("/usr/bin/chromium")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
    pytest.mark.skipif(not (STATIC / "dist" / "app.css").exists(), reason="needs the front end built"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # The browser's driver runs an event loop beside the test, in which the ORM of the test itself must be allowed.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def network(transactional_db: None) -> Cast:
    """The cast with an axis to configure, seen by the live server too."""
    cast = Cast.create()
    item = Item.objects.get(code="AXIS")
    item.family = Family.objects.create(code="AXES", name=FAMILY["name"], model=FAMILY)
    item.save()
    return cast


class Visitor:
    """Someone signed in, at a width and in a language; `complaints` is what the browser's console said."""

    def __init__(
        self, browser: Browser, server: LiveServer, cast: Cast, login: str, *, language: str = "en", **looks: Any
    ) -> None:
        signed_in = Client()
        signed_in.force_login(cast.people[login])
        session = signed_in.cookies["__Host-session"].value
        self.home = server.url.replace("127.0.0.1", "localhost")
        self.context: BrowserContext = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **looks})
        secure = self.home.replace("http:", "https:")
        self.context.add_cookies(
            [
                {"name": "__Host-session", "value": session, "url": secure, "secure": True},
                {"name": "language", "value": language, "url": self.home},
            ]
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.route("**/static/**", lambda route: route.fulfill(**_file(route.request.url)))

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.home}{path}")
        self.page.wait_for_load_state("networkidle")
        return self.page

    def faults(self) -> list[object]:
        """What the rules of accessibility find, how far the page runs over its width, what the console said."""
        found = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
        over = self.page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
        return [
            *((fault["id"], fault["nodes"][0]["html"]) for fault in found),
            *([over] if over else []),
            *self.complaints,
        ]


def _file(url: str) -> dict[str, Any]:
    file = STATIC / url.partition("/static/")[2].partition("?")[0]
    return {"body": file.read_bytes(), "content_type": TYPES[file.suffix]}


def test_a_buyer_configures_holds_and_orders(browser: Browser, live_server: LiveServer, network: Cast) -> None:
    buyer = Visitor(browser, live_server, network, "buyer")
    page = buyer.go("/catalogue")
    page.get_by_role("link", name="Configure").click()
    expect(page.get_by_text("Promised arrival, Stuttgart")).to_be_visible()
    page.get_by_label("Long", exact=True).check()
    expect(page.get_by_text("Long axes need the strong motor.")).to_be_visible()
    expect(page.get_by_label("Strong", exact=True)).to_be_checked()
    expect(page.get_by_label("Light", exact=True)).to_be_disabled()
    assert "c=stroke%3Along" in page.url
    page.get_by_label("Pieces").fill("6")
    page.get_by_label("Pieces").blur()
    expect(page.get_by_text("Compared with before:")).to_be_visible()
    page.get_by_role("button", name="Hold this for me").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("6 pieces")
    assert Quote.objects.get().request["options"] == {"stroke": "long"}
    page.get_by_label("Your order number").fill("4500-77")
    page.get_by_role("button", name="Order for").click()
    expect(page.get_by_text("your number 4500-77")).to_be_visible()
    assert Order.objects.get().buyer_number == "4500-77"
    assert buyer.complaints == []
    buyer.context.close()


def test_without_script_the_same_is_done_by_buttons(browser: Browser, live_server: LiveServer, network: Cast) -> None:
    buyer = Visitor(browser, live_server, network, "buyer", java_script_enabled=False)
    page = buyer.go("/catalogue/AXIS")
    page.get_by_label("Long", exact=True).check()
    page.get_by_role("button", name="Price and date").click()
    expect(page.get_by_label("Strong", exact=True)).to_be_checked()
    page.get_by_role("button", name="Hold this for me").click()
    expect(page.get_by_text("Held for you")).to_be_visible()
    buyer.context.close()


def test_what_cannot_be_is_said_in_place_and_kept(browser: Browser, live_server: LiveServer, network: Cast) -> None:
    buyer = Visitor(browser, live_server, network, "buyer", language="de")
    page = buyer.go("/catalogue/AXIS")
    page.get_by_label("Stück", exact=True).fill("0")
    page.get_by_label("Stück", exact=True).blur()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Stück", exact=True).input_value() == "0"
    buyer.context.close()


def test_an_owner_who_is_asked_answers_and_the_buyer_may_order(
    browser: Browser, live_server: LiveServer, network: Cast
) -> None:
    network.agrees("miller", "ask")
    buyer = Visitor(browser, live_server, network, "buyer")
    page = buyer.go("/catalogue/AXIS?quantity=4&country=DE&place=Stuttgart")
    page.get_by_role("button", name="Hold this for me").click()
    expect(page.get_by_role("button", name="Order for")).to_be_disabled()
    miller = Visitor(browser, live_server, network, "miller")
    miller.go("/questions").get_by_role("button", name="Can do", exact=True).click()
    expect(miller.page.get_by_text("Your answer is with the buyer.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Order for")).to_be_enabled()
    buyer.context.close()
    miller.context.close()


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("zh-hans", 1440, "light"), ("de", 360, "dark"), ("en", 320, "light")]
)
def test_the_pages_keep_the_rules_of_the_face(
    browser: Browser, live_server: LiveServer, network: Cast, language: str, width: int, scheme: str
) -> None:
    network.agrees("miller", "ask")
    looks = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    buyer = Visitor(browser, live_server, network, "buyer", language=language, **looks)
    paths = ["/catalogue", "/catalogue?q=nothing", "/quotes", "/catalogue/AXIS?quantity=4&country=DE&place=Stuttgart"]
    for path in paths:
        buyer.go(path)
        assert buyer.faults() == [], path
    buyer.page.locator("[form=lz-take]").click()
    buyer.page.wait_for_url("**/quotes/*")
    assert buyer.faults() == []
    buyer.context.close()
    miller = Visitor(browser, live_server, network, "miller", language=language, **looks)
    for path in ("/questions", "/rules"):
        miller.go(path)
        miller.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        assert miller.faults() == [], path
    miller.context.close()
