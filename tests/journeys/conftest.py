"""What journeys share: a real browser, and the cast where the live server sees it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from lianzao.capacity import availability, load
from tests.cast import Cast
from tests.journeys.test_buyer import CHROMIUM, FLAGS


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # The browser's driver runs an event loop beside the test, in which the ORM of the test itself must be allowed.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def network(transactional_db: None) -> Cast:
    """The cast, seen by the live server too; calendars of earlier tests with the same ids are forgotten."""
    availability._made.clear()
    load._known.clear()
    return Cast.create()
