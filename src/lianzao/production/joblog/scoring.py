"""How good a series of promises was, open orders included.

Lead times are cut at 30 days, so that every order released 30 days before the log ends has a known outcome. Scoring
finished orders alone would rank first the rules that promise far too short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from lianzao.production.joblog.cells import DAY
from lianzao.production.joblog.promising import Quantiles

Floats = NDArray[np.float64]
CUT = 30.0  # days
HORIZONS = (14, 21, 30)  # days
_GRID: Floats = np.linspace(0.0, CUT, 1201)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An order's promise beside what came of it. `watched` is how long it was looked at, all in days since release."""

    released: int
    promised: Quantiles
    lead: float | None
    watched: float


class Figures(TypedDict):
    """`crps30`, `rmae30` and `p80_median_days` in days, shares as fractions; None where nothing was scored."""

    scored: int
    crps30: float | None
    rmae30: float | None
    calibration: dict[str, float | None]
    p80_kept: list[float | None]
    p80_median_days: float | None


def score(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of `outcomes`, each of an order whose lead time is known up to CUT."""
    if not outcomes:
        nothing: dict[str, float | None] = {str(days): None for days in HORIZONS}
        return Figures(
            scored=0, crps30=None, rmae30=None, calibration=nothing, p80_kept=[None, None], p80_median_days=None
        )
    leads = np.array([np.inf if each.lead is None else each.lead for each in outcomes])
    curves = np.array([predicted(each, _GRID) for each in outcomes])
    crps = np.trapezoid((curves - (leads[:, None] <= _GRID)) ** 2, _GRID, axis=1)
    medians = np.array([_days(each, "0.5") for each in outcomes])
    promised = np.array([_days(each, "0.8") for each in outcomes])
    watched = np.array([each.watched for each in outcomes])
    kept = leads <= promised
    unresolved = np.isinf(leads) & (watched < promised)
    return Figures(
        scored=len(outcomes),
        crps30=_round(crps.mean()),
        rmae30=_round(np.abs(np.minimum(medians, CUT) - np.minimum(leads, CUT)).mean()),
        calibration={str(days): _miscalibration(outcomes, leads, days) for days in HORIZONS},
        p80_kept=[_round(kept.mean()), _round((kept | unresolved).mean())],
        p80_median_days=_round(float(np.median(promised))),
    )


def predicted(outcome: Outcome, days: Floats) -> Floats:
    """The promised share finished within `days`: linear between the quantiles, flat after the last."""
    knots = [0.0, *(_days(outcome, share) for share in outcome.promised)]
    shares = [0.0, *(float(share) for share in outcome.promised)]
    distinct = np.array(knots) + np.arange(len(knots)) * 1e-9
    return np.interp(days, distinct, shares)


def _miscalibration(outcomes: Sequence[Outcome], leads: Floats, days: int) -> float:
    promised = np.mean([predicted(each, np.array([float(days)]))[0] for each in outcomes])
    return _round(float(promised - np.mean(leads <= days)))


def _days(outcome: Outcome, share: str) -> float:
    return (outcome.promised[share] - outcome.released) / DAY


def _round(value: float) -> float:
    return round(float(value), 4)
