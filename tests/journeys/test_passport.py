"""A product in use in a real browser: readings, a promised maintenance, a need and its answer, a statement."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from lianzao.aftercare import actions
from lianzao.aftercare.actions.need import Wanted
from lianzao.aftercare.models import Product
from lianzao.base import clock
from tests.aftercare.life import DAY, Life
from tests.cast import Cast
from tests.journeys import test_buyer
from tests.journeys.test_buyer import Visitor

pytestmark = test_buyer.pytestmark


@pytest.fixture
def life(network: Cast, monkeypatch: pytest.MonkeyPatch) -> Life:
    return Life.begin(network, monkeypatch)


@pytest.fixture
def product(life: Life) -> Product:
    return life.delivered()


def test_readings_promise_maintenance_and_a_need_is_answered(
    browser: Browser, live_server: LiveServer, life: Life, product: Product, tmp_path: Path
) -> None:
    file = tmp_path / "readings.csv"
    file.write_text(f"serial;at;hours\n{product.serial};{clock.iso(product.delivered_at + 20 * DAY)};510,5\n", "utf-8")
    buyer = Visitor(browser, live_server, life.cast, "buyer")
    page = buyer.go("/products")
    page.get_by_role("link", name="Axis").click()
    page.get_by_label("File of readings").set_input_files(file)
    page.get_by_role("button", name="Record the readings").click()
    expect(page.get_by_text("1 of 1 readings are new and count.")).to_be_visible()
    expect(page.get_by_text("Next maintenance, promised")).to_be_visible()
    page.get_by_label("In your words").fill("It squeaks on the way back.")
    page.get_by_role("button", name="Report the need").click()
    expect(page.get_by_text("Reported. The answer comes here")).to_be_visible()
    maker = Visitor(browser, live_server, life.cast, "assembler")
    maker.go(f"/passport/{product.ref}").get_by_label("Your answer").fill("We come on Friday.")
    maker.page.get_by_role("button", name="Answer", exact=True).click()
    page.reload()
    expect(page.get_by_text("We come on Friday.")).to_be_visible()
    page.get_by_role("region", name="Statements").get_by_role("link").first.click()
    expect(page.get_by_text("Computed again from the readings below: 510.5 h")).to_be_visible()
    assert buyer.complaints == maker.complaints == []
    buyer.context.close()
    maker.context.close()


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("zh-hans", 1440, "light"), ("de", 360, "dark"), ("en", 320, "light"), ("de", 768, "light")],
)
def test_the_pages_keep_the_rules_of_the_face(
    browser: Browser, live_server: LiveServer, life: Life, product: Product, language: str, width: int, scheme: str
) -> None:
    life.read(product, [(20, 300), (40, 510)])
    actions.report_need(product=product, wanted=Wanted("It squeaks."), viewer=life.cast.viewer("buyer"))
    month = clock.iso(product.delivered_at + 40 * DAY - 1)[:7]
    looks = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    for login in ("buyer", "assembler"):
        visitor = Visitor(browser, live_server, life.cast, login, language=language, **looks)
        for path in ("/products", f"/passport/{product.ref}", f"/products/{product.ref}/statements/{month}"):
            visitor.go(path)
            assert visitor.faults() == [], path
        visitor.context.close()
    operator = Visitor(browser, live_server, life.cast, "operator", language=language, **looks)
    for path in ("/", "/api/docs"):
        operator.go(path)
        operator.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        assert operator.faults() == [], path
    operator.context.clear_cookies()
    operator.go(f"/?lang={language}")
    assert operator.faults() == []
    operator.context.close()
