"""A promise for a new order from a shop's log alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lianzao.engines.observe import PROBABILITIES, Lead, promise, reference
from lianzao.production.joblog.cells import DAY
from lianzao.production.joblog.orders import KnownLog

Quantiles = dict[str, int]
"""Moments by which the order will be finished with the probability that is the key ("0.1" … "0.9", "0.95")."""

PromiseFn = Callable[[KnownLog, str, float, int], Quantiles]
"""From what is known, the part, its quantity and now to the moments of a promise."""


def promise_from_log(known: KnownLog, part: str, quantity: float, now: int) -> Quantiles:
    """When `quantity` pieces of `part`, released `now`, will be finished, judged by what is `known` alone."""
    return _moments(promise(known.leads(now), part, quantity), now)


def promise_by_reference(known: KnownLog, part: str, quantity: float, now: int) -> Quantiles:
    """The same by the rule that must be beaten: one Kaplan–Meier curve over all orders, open ones censored now."""
    leads: Sequence[Lead] = known.plain_leads(now)
    return _moments(reference(leads), now)


def _moments(days: Sequence[float], now: int) -> Quantiles:
    return {str(share): now + round(day * DAY) for share, day in zip(PROBABILITIES, days, strict=True)}
