"""How long a new order will take on a site with a history: quantiles from orders finished and orders still open.

Two rules that err differently are averaged: a Kaplan–Meier curve in which orders of the same part count in full and
all orders together as a few more (the posterior mean under a beta-process prior, N. L. Hjort, 1990), and proportional
hazards by part and quantity. Walking through a real log, the average promised better than either.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lianzao.engines.observe.hazards import proportional
from lianzao.engines.observe.survival import Floats, Lead, kaplan_meier, quantiles

PROBABILITIES: tuple[float, ...] = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
FELLOWS = 3.0  # all orders together count as this many of the asked part
FEWEST = 5  # below this many orders there is nothing to tell parts apart by
MOST = 2000  # the latest orders suffice, and a promise stays fast on a log of many years


def promise(leads: Sequence[Lead], part: str, quantity: float) -> tuple[float, ...]:
    """Days within which an order of `quantity` > 0 pieces of `part` finishes, one for each of PROBABILITIES.

    `leads` stand in order of release. A part never seen is judged by all orders, no history by a weak prior.
    """
    recent = list(leads[-MOST:])
    curve = by_part(recent, part)
    if len(recent) >= FEWEST:
        curve = (curve + proportional(recent, part, quantity)) / 2
    return _days(curve)


def reference(leads: Sequence[Lead]) -> tuple[float, ...]:
    """The same from one Kaplan–Meier curve over all orders alike: what a better rule must beat."""
    return _days(kaplan_meier(*_arrays(leads)))


def by_part(leads: Sequence[Lead], part: str) -> Floats:
    """Share not finished at each day, orders of `part` counting most."""
    days, finished = _arrays(leads)
    same = np.array([float(lead.part == part) for lead in leads])
    return kaplan_meier(days, finished, same + FELLOWS / max(len(leads), 1))


def _arrays(leads: Sequence[Lead]) -> tuple[Floats, Floats]:
    return np.array([lead.days for lead in leads]), np.array([float(lead.finished) for lead in leads])


def _days(curve: Floats) -> tuple[float, ...]:
    return tuple(float(days) for days in quantiles(curve, np.array(PROBABILITIES)))
