"""The machinist on a phone: one job, two taps, large keys; scrap with its reason."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lianzao.production import actions as production
from lianzao.production.decisions import Report
from lianzao.production.models import JobOrder
from tests.cast import Cast
from tests.journeys import test_buyer
from tests.journeys.test_buyer import Visitor
from tests.production.test_pages import ordered

pytestmark = test_buyer.pytestmark
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 800}, "has_touch": True}
LARGE = 60  # pixels a key must be high


def job_of(network: Cast) -> JobOrder:
    return ordered(network).jobs.get(key="AXIS/PLATE/10")


def low_keys(page: Page) -> list[str]:
    """Keys under the thumb that are not high enough for it."""
    return list(
        page.eval_on_selector_all(
            ".lz-big",
            f"all => all.filter(k => k.offsetParent && k.getBoundingClientRect().height < {LARGE})"
            ".map(k => k.textContent)",
        )
    )


def test_two_taps_start_and_finish_a_job(browser: Browser, live_server: LiveServer, network: Cast) -> None:
    job = job_of(network)
    machinist = Visitor(browser, live_server, network, "machinist", **PHONE)
    page = machinist.go(f"/jobs/{job.ref}")
    page.get_by_role("button", name="Start").tap()
    expect(page.get_by_text("Started.")).to_be_visible()
    assert low_keys(page) == []
    page.get_by_role("button", name="Finished, 4 good").tap()
    expect(page.get_by_role("status").get_by_text("Finished.")).to_be_visible()
    job.refresh_from_db()
    assert (job.state, job.good, job.scrap) == ("finished", 4, 0)
    assert machinist.faults() == []


def test_scrap_takes_two_taps_too_and_names_its_reason(
    browser: Browser, live_server: LiveServer, network: Cast
) -> None:
    job = job_of(network)
    production.report(ref=str(job.ref), report=Report("start"), viewer=network.viewer("machinist"))
    machinist = Visitor(browser, live_server, network, "machinist", **PHONE)
    page = machinist.go(f"/jobs/{job.ref}")
    page.get_by_text("Scrap, or another number").tap()
    assert low_keys(page) == []
    assert machinist.faults() == []
    page.get_by_role("button", name="Out of tolerance").tap()
    expect(page.get_by_role("status").get_by_text("Finished.")).to_be_visible()
    job.refresh_from_db()
    assert (job.state, job.good, job.scrap) == ("finished", 3, 1)


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("zh-hans", "dark", 360), ("de", "light", 360), ("en", "dark", 1440), ("de", "dark", 320)],
)
def test_the_job_and_its_work_centre_keep_the_rules(
    browser: Browser, live_server: LiveServer, network: Cast, language: str, scheme: str, width: int
) -> None:
    job = job_of(network)
    assert job.resource is not None
    looks: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    machinist = Visitor(browser, live_server, network, "machinist", language=language, **looks)
    for path in (f"/jobs/{job.ref}", f"/work-centres/{job.resource.work_centre.ref}", "/today"):
        page = machinist.go(path)
        assert low_keys(page) == []
        assert machinist.faults() == [], path
