"""Curves of the share of orders not yet finished after so many days, learnt although many orders are still open.

An open order is *censored*: it says only that its lead time is longer than its age. Leaving it out, or taking its age
for its lead time, promises far too short (E. L. Kaplan, P. Meier, 1958).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DAYS: Floats = np.concatenate([np.arange(0.0, 45.0, 0.05), np.arange(45.0, 366.0, 1.0)])
"""Where curves are held, in days: finely where promises are made, coarsely beyond, a year at most."""

PRIOR_FINISHED, PRIOR_DAYS = 0.5, 10.0  # half an order in ten days: little enough to yield to the first real orders


@dataclass(frozen=True, slots=True)
class Lead:
    """One order's lead time in days since its release: final when `finished`, else its age so far."""

    part: str
    quantity: float
    days: float
    finished: bool


def rate_per_day(days: Floats, finished: Floats) -> float:
    """Orders finished per order and day under way; defined without any order too."""
    return float((finished.sum() + PRIOR_FINISHED) / (days.sum() + PRIOR_DAYS))


def kaplan_meier(days: Floats, finished: Floats, weights: Floats | None = None) -> Floats:
    """Share not finished at each of DAYS; past the longest lead time seen, orders finish at the overall rate."""
    rate = rate_per_day(days, finished)
    if not len(days):
        return np.asarray(np.exp(-rate * DAYS), dtype=np.float64)
    by_age = np.lexsort((1.0 - finished, days))  # who finishes at an age was at risk before who is censored there
    days, finished = days[by_age], finished[by_age]
    weight = np.ones(len(days)) if weights is None else weights[by_age]
    at_risk = np.cumsum(weight[::-1])[::-1]
    open_share = np.cumprod(1.0 - np.minimum(finished * weight / at_risk, 1.0))
    seen = np.searchsorted(days, DAYS, side="right")
    stepped = np.concatenate([[1.0], open_share])[seen]
    return np.asarray(stepped * np.exp(-rate * np.maximum(DAYS - days[-1], 0.0)), dtype=np.float64)


def quantiles(open_share: Floats, probabilities: Floats) -> Floats:
    """The days within which each share of orders finishes; a year where the curve does not get that far."""
    done = np.maximum.accumulate(1.0 - open_share)
    after = np.searchsorted(done, probabilities - 1e-9)
    return np.asarray(DAYS[np.minimum(after, len(DAYS) - 1)], dtype=np.float64)
