"""Pure decisions over bookings: does it fit, and how own work fills what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

Load = tuple[int, int, int]
"""Start, end (seconds UTC) and units."""


def peak(loads: Iterable[Load], start: int, end: int) -> int:
    """The most units in use at once between `start` and `end`."""
    within = [(s, e, units) for s, e, units in loads if s < end and e > start]
    moments = {start} | {s for s, _, _ in within if s > start}
    return max((sum(u for s, e, u in within if s <= moment < e) for moment in moments), default=0)


def profile(loads: Sequence[Load]) -> list[Load]:
    """The same load as a step function: disjoint spans with the units in use, none of zero."""
    changes: dict[int, int] = {}
    for start, end, units in loads:
        changes[start] = changes.get(start, 0) + units
        changes[end] = changes.get(end, 0) - units
    spans: list[Load] = []
    level, since = 0, 0
    for moment in sorted(changes):
        if level > 0:
            if spans and spans[-1][1] == since and spans[-1][2] == level:
                spans[-1] = (spans[-1][0], moment, level)
            else:
                spans.append((since, moment, level))
        level, since = level + changes[moment], moment
    return spans


def fill(own: Sequence[Load], booked: Sequence[Load], capacity: int) -> tuple[list[Load], list[Load]]:
    """Own work as bookings that fill the time to `capacity` beside what is `booked`, and what exceeds it."""
    fits: list[Load] = []
    over: list[Load] = []
    others = profile(booked)
    for start, end, units in profile(own):
        cuts = sorted({start, end} | {t for s, e, _ in others for t in (s, e) if start < t < end})
        for a, b in pairwise(cuts):
            taken = sum(u for s, e, u in others if s <= a < e)
            room = max(0, capacity - taken)
            if min(units, room):
                fits.append((a, b, min(units, room)))
            if units > room:
                over.append((a, b, units - room))
    return fits, over
