"""How many orders a resource works on at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lianzao.engines.observe.reports import Report

POOL = 0.25  # of busy time with two or more at once: hand-overs between shifts overlap too, but for less
ALMOST_ALWAYS = 0.95  # of busy time a pool's capacity suffices; what goes beyond are slips in times


def capacity(reports: Iterable[Report]) -> int:
    """1 for a machine, more for a pool (a department of inspectors), judged by how long timed reports overlap."""
    busy = _busy_by_level(reports)
    whole = sum(busy.values())
    if not whole or 1 - busy[1] / whole < POOL:
        return 1
    within = 0
    for level in sorted(busy):
        within += busy[level]
        if within >= ALMOST_ALWAYS * whole:
            return level
    return max(busy)


def _busy_by_level(reports: Iterable[Report]) -> dict[int, int]:
    """Seconds during which exactly so many reports ran at once."""
    changes: list[tuple[int, int]] = []
    for report in reports:
        if report.timed and report.ended > report.began:
            changes += ((report.began, 1), (report.ended, -1))
    busy: dict[int, int] = defaultdict(int)
    level, since = 0, 0
    for moment, change in sorted(changes):
        if level:
            busy[level] += moment - since
        level, since = level + change, moment
    return busy
