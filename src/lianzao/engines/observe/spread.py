"""Durations with their spread from few cases: each level leans on the one above it.

The median and spread of logarithms are drawn towards those of like work as if that had been seen in FELLOWS cases more
(normal-inverse-gamma posterior means).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from lianzao.engines.observe.site import Time

FELLOWS = 2.0
SOME_SPREAD = 0.7  # of logarithms: a factor of two either way, where nothing is known


def spread(values: Iterable[float], above: Time | None = None) -> Time | None:
    """The time that positive `values` took, leaning on `above`; None where there is neither."""
    logs = [math.log(value) for value in values if value > 0]
    if above is None:
        return _alone(logs) if logs else None
    if not logs:
        return Time(above.median, above.sigma, 0)
    middle = _median(logs)
    weight = len(logs) + FELLOWS
    centre = (len(logs) * middle + FELLOWS * math.log(above.median)) / weight
    around = sum((value - middle) ** 2 for value in logs) + FELLOWS * above.sigma**2
    return Time(math.exp(centre), math.sqrt(around / weight), len(logs))


def _alone(logs: Sequence[float]) -> Time:
    middle = _median(logs)
    around = sum((value - middle) ** 2 for value in logs) + FELLOWS * SOME_SPREAD**2
    return Time(math.exp(middle), math.sqrt(around / (len(logs) + FELLOWS)), len(logs))


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
