"""The demo network as everybody gets it, loaded once for the tests of a module and taken back after them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from lianzao.capacity import availability
from lianzao.node.demo import DemoReport, load


@pytest.fixture(scope="module")
def report(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[DemoReport]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        assert Path(str(connection.settings_dict["NAME"])).name.startswith("test")  # never the installation's own
        availability._made.clear()  # sites of tests that were taken back had the same numbers
        yield load()
        availability._made.clear()
        transaction.set_rollback(True)
