"""A real shop's log of three months becomes a site within seconds and promises within a tenth of one."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

import pytest

from lianzao.base.clock import from_iso
from lianzao.network.models import Resource
from lianzao.production import actions
from lianzao.production.history import forget
from lianzao.production.inquiries import inquire
from lianzao.production.joblog import read, replay
from lianzao.production.models import LogRow
from tests.cast import Cast

LOG = Path(__file__).parents[3] / "shared" / "data" / "joblog" / "production_log.csv"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not LOG.exists(), reason="the shop's log does not lie beside the project"),
]


def test_the_log_becomes_a_site_in_seconds_and_goes_again(cast: Cast) -> None:
    viewer, began = cast.viewer("buyer"), perf_counter()
    answer = actions.import_log(LOG.read_bytes(), "Hall", viewer)
    assert perf_counter() - began < 10
    assert answer["rows_read"] == answer["rows_used"] == LogRow.objects.count()
    assert answer["resources"] == 31
    assert Resource.objects.get(name="Quality Check 1").capacity > 1
    assert actions.import_log(LOG.read_bytes(), "Hall", viewer) == answer
    actions.undo(answer["import_id"], viewer)
    assert not LogRow.objects.exists()


def test_promises_of_past_moments_are_those_of_the_walk_and_know_nothing_later(cast: Cast) -> None:
    forget()
    viewer, reports = cast.viewer("buyer"), read(LOG.read_bytes()).reports
    actions.import_log(LOG.read_bytes(), "Hall", viewer)
    parts = {report.order: (report.part, report.order_quantity) for report in reversed(reports)}
    answered = 0
    for order in reversed(replay(reports)["orders"][-40:]):
        part, quantity = parts[order["order"]]
        LogRow.objects.filter(known_at__gt=from_iso(order["released"])).delete()
        if not LogRow.objects.filter(part=part).exists() or quantity % 1:
            continue
        request = {"site": "Hall", "item": part, "quantity": int(quantity), "as_of": order["released"]}
        answer = inquire(json.dumps(request).encode(), viewer, perf_counter())
        assert (answer["p50"], answer["p90"]) == (order["quantiles"]["0.5"], order["quantiles"]["0.9"])
        answered += 1
    assert answered > 10
