"""The face in a real browser: accessible, no overflow, nothing that the policy refuses, a clock that runs."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page, Route, sync_playwright

from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.web.gantt import Bar, Chart, Join, Kind, Lane, weekends
from lianzao.web.parts import Course, Event
from lianzao.web.security_headers import HEADERS

STATIC = Path(__file__).resolve().parents[2] / "src" / "lianzao" / "web" / "static"
CHROMIUM = Path("/usr/bin/chromium")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = 86_400
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
    pytest.mark.skipif(not (STATIC / "dist" / "app.css").exists(), reason="needs the front end built"),
]


class Order(forms.Form):
    quantity = forms.IntegerField(min_value=1, label="Stückzahl", help_text="ganze Stücke")
    note = forms.CharField(required=False, label="Bemerkung", widget=forms.Textarea(attrs={"rows": 3}))
    steel = forms.ChoiceField(choices=[("a", "Einsatzstahl"), ("b", "rostfrei")], label="Werkstoff")
    packing = forms.ChoiceField(
        choices=[("a", "Kiste"), ("b", "Palette")], widget=forms.RadioSelect, label="Verpackung"
    )
    agreed = forms.BooleanField(label="Einverstanden")


def chart(now: int) -> Chart:
    start = now // DAY * DAY - DAY
    work = (Bar(Kind.WAIT, now, now + DAY), Bar(Kind.WORK, now + DAY, now + 5 * DAY))
    lanes = (
        Lane("Hengyue Präzision · Suzhou", "Schlitten fräsen", work),
        Lane("Xitai · Wuxi", "Härten", (Bar(Kind.WORK, now + 8 * DAY, now + 12 * DAY),), weld=True),
        Lane("Schanghai → Stuttgart", "Luftfracht", (Bar(Kind.LINK, now + 12 * DAY, now + 15 * DAY),)),
        Lane("Ankunft · Stuttgart", "", note="wahrscheinlich 17., sicher 21.12."),
    )
    return Chart(
        lanes,
        start,
        start + 28 * DAY,
        "Vier Zeilen; den Termin bestimmt das Härten.",
        zone=BERLIN,
        joins=(Join(now + 5 * DAY, 0, 1), Join(now + 12 * DAY, 1, 2)),
        rests=weekends(start, start + 28 * DAY, BERLIN),
        now=now,
        due=now + 25 * DAY,
        weld=(1, now + 8 * DAY),
        likely=(now + 20 * DAY, now + 25 * DAY),
    )


def sample(language: str) -> str:
    now = clock.seconds()
    menu = ("Katalog", "Anfragen", "Angebote", "Aufträge", "Produkte im Einsatz")
    context = {
        "menu": [{"url": f"/{label}", "label": label, "current": label == "Angebote"} for label in menu],
        "user": AnonymousUser(),
        "notices": {"url": "/inbox", "count": 3},
        "network_name": "Fertigungsverbund (Beispiel)",
        "chart": chart(now),
        "events": [
            Event("Bestellt", now - DAY, "Alle haben zugesagt", zone=BERLIN),
            Event("Zoll hält fest", now - 3_600, course=Course.LATE, zone=BERLIN),
            Event("Wartet auf Freigabe", now, course=Course.NOW, zone=BERLIN),
            Event("Montage", now + 3 * DAY, course=Course.NEXT, until=now + 6 * DAY, zone=BERLIN),
        ],
        "shares": [0.9, 1.12, 0.4, None] * 7,
        "first": date(2026, 11, 23),
        "price": Money(Decimal("5601.42"), "EUR"),
        "since": now - 100,
        "until": now + 50,
        "form": Order({"quantity": "0"}),
    }
    source = (Path(__file__).parent / "sample.html").read_text("utf-8")
    with translation.override(language), timezone.override(BERLIN):
        return engines["django"].from_string(source).render(context, RequestFactory().get("/quotes/1"))


def answer(route: Route, html: str) -> None:
    """Every address under /static is a file of ours, every other the sample; headers as in production."""
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        file = STATIC / path.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
    else:
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=HEADERS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=CHROMIUM, args=flags)


def opened(browser: Browser, language: str, width: int, scheme: str) -> tuple[Page, list[str]]:
    html, said = sample(language), list[str]()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.route("**/*", lambda route: answer(route, html))
    page.goto("http://localhost/quotes/1")
    return page, said


@pytest.mark.parametrize("width", [320, 360, 768, 992, 1440])
@pytest.mark.parametrize(("language", "scheme"), [("zh-hans", "light"), ("de", "dark"), ("en", "light")])
def test_a_page_keeps_the_rules_at_every_width(browser: Browser, language: str, scheme: str, width: int) -> None:
    page, said = opened(browser, language, width, scheme)
    found = Axe().run(page, options={"runOnly": RULES})
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert said == [], "the browser has nothing to complain about"
    page.context.close()


def test_the_clock_of_a_hold_runs(browser: Browser) -> None:
    page, _said = opened(browser, "de", 1440, "light")
    words = page.locator("[data-left]")
    before = words.inner_text()
    page.wait_for_function("before => document.querySelector('[data-left]').textContent !== before", arg=before)
    assert "noch" in words.inner_text()
    page.context.close()


def test_a_menu_closes_by_escape_and_gives_the_focus_back(browser: Browser) -> None:
    page, _said = opened(browser, "en", 360, "light")
    page.get_by_text("More").click()
    assert page.get_by_role("link", name="Produkte im Einsatz").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Produkte im Einsatz").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.context.close()
