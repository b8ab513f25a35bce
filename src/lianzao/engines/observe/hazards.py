"""How much faster or slower an order finishes for its part and its quantity.

A proportional-hazards model, constant between some ages (M. Friedman, 1982), fitted as a Poisson regression. Every
effect is drawn towards none by a prior of its own: a part seen once moves the curve little, one seen often much.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lianzao.engines.observe.survival import DAYS, Floats, Lead, rate_per_day

AGES: Floats = np.array([0.0, 1, 2, 3, 5, 7, 10, 14, 18, 23, 30, 45])
"""Ages in days between which the rate of finishing is held constant."""

AGE_PRECISION, PART_PRECISION, QUANTITY_PRECISION = 0.1, 1.0, 5.0  # of Gaussian priors on the logarithm of the rate
SWEEPS = 30


def proportional(leads: list[Lead], part: str, quantity: float) -> Floats:
    """Share not finished at each of DAYS of an order of `quantity` pieces of `part`, `leads` being at least one."""
    days = np.array([lead.days for lead in leads])
    finished = np.array([float(lead.finished) for lead in leads])
    numbers: dict[str, int] = {}
    parts = np.array([numbers.setdefault(lead.part, len(numbers)) for lead in leads])
    sizes = np.log([lead.quantity for lead in leads])
    centre, scale = float(sizes.mean()), float(sizes.std()) + 0.3
    base, effects, slope = _fit(days, finished, parts, (sizes - centre) / scale)
    own = effects[numbers[part]] if part in numbers else 0.0
    rates = np.exp(base + own + slope * (np.log(quantity) - centre) / scale)
    return np.asarray(np.exp(-_exposure(DAYS) @ rates), dtype=np.float64)


def _exposure(days: Floats) -> Floats:
    """Days spent between each pair of AGES by the end of `days`."""
    widths = np.append(np.diff(AGES), np.inf)
    return np.asarray(np.clip(days[:, None] - AGES, 0.0, widths), dtype=np.float64)


def _fit(days: Floats, finished: Floats, parts: NDArray[np.intp], sizes: Floats) -> tuple[Floats, Floats, float]:
    """Logarithms of the rate per age, per part and per unit of size, by Newton steps on one group after the other."""
    exposure = _exposure(days)
    interval = np.searchsorted(AGES, days, side="right") - 1
    done_by_age = np.bincount(interval, weights=finished, minlength=len(AGES))
    done_by_part = np.bincount(parts, weights=finished)
    overall = float(np.log(rate_per_day(days, finished)))
    base, effects, slope = np.full(len(AGES), overall), np.zeros(len(done_by_part)), 0.0
    for _ in range(SWEEPS):
        pace = np.exp(effects[parts] + slope * sizes)
        expected = (pace @ exposure) * np.exp(base)
        base += _step(done_by_age - expected - AGE_PRECISION * (base - overall), expected + AGE_PRECISION)
        per_order = exposure @ np.exp(base)
        due = np.bincount(parts, weights=per_order * np.exp(effects[parts] + slope * sizes)).astype(np.float64)
        effects += _step(done_by_part - due - PART_PRECISION * effects, due + PART_PRECISION)
        due = per_order * np.exp(effects[parts] + slope * sizes)
        bend = np.array([due @ sizes**2 + QUANTITY_PRECISION])
        slope += float(_step(np.array([(finished - due) @ sizes - QUANTITY_PRECISION * slope]), bend)[0])
    return base, effects, slope


def _step(gradient: Floats, curvature: Floats) -> Floats:
    """A Newton step, held short so that a first wild one cannot run away."""
    return np.asarray(np.clip(gradient / curvature, -1.0, 1.0), dtype=np.float64)
