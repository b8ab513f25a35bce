"""The walk through a real shop's log of three months: promises better than the Kaplan–Meier rule, and calibrated."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianzao.production.joblog import read, replay, site_from_log

LOG = Path(__file__).parents[3] / "shared" / "data" / "joblog" / "production_log.csv"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not LOG.exists(), reason="the shop's log does not lie beside the project"),
]


def test_every_row_of_the_log_is_used() -> None:
    log = read(LOG.read_bytes())
    assert log.read == len(log.reports) + sum(log.left.values())
    assert not log.left


def test_promises_on_the_log_have_skill_and_are_calibrated() -> None:
    told = replay(read(LOG.read_bytes()).reports)
    total = told["total"]
    assert total["scored"] >= 60
    assert total["skill"] is not None
    assert total["skill"] >= 0
    assert all(share is not None and abs(share) <= 0.15 for share in total["calibration"].values())
    assert told["took_s"] < 60


def test_site_learnt_from_the_log_is_that_shop() -> None:
    log = read(LOG.read_bytes())
    site = site_from_log(log.reports)
    capacities = {resource.name: resource.capacity for resource in site.resources}
    assert len(capacities) == 31
    assert [name for name, capacity in capacities.items() if capacity > 1] == ["Quality Check 1"]
    open_hours = dict.fromkeys(range(7), 0.0)
    for shift in site.shifts:
        open_hours[shift.weekday] += (shift.ends - shift.starts) / 60
    assert all(open_hours[weekday] > 20 for weekday in (0, 1, 2, 3, 6))
    assert open_hours[4] < 15
    assert len(site.parts) == len({report.part for report in log.reports})
    assert all(part.routings for part in site.parts if part.orders > 2)
