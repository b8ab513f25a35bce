"""The walk through a real shop's log of three months: promises better than the Kaplan–Meier rule, and calibrated."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianzao.production.joblog import read, replay

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
