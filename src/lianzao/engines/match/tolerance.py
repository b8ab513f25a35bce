"""Tolerances as IT grades (ISO 286-1) or widths in mm, comparable at a nominal size."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pow, sqrt

GRADES = range(1, 19)
STEP = 10 ** (1 / 5)  # widths of neighbouring grades, from IT6 on (series R5)

# Limits of nominal sizes in mm, ISO 286-1 table 1.
_SIZES = (3, 6, 10, 18, 30, 50, 80, 120, 180, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150)
# Multiples of the tolerance unit from IT5 on, ISO 286-1 annex.
_MULTIPLES = (7, 10, 16, 25, 40, 64, 100, 160, 250, 400, 640, 1000, 1600, 2500)
_COARSE_FINE = (2, 2.7, 3.7, 5)  # IT1 to IT4 above 500 mm


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Exactly one of `grade` (the n of ITn, 1 to 18) and `mm` (the width of the zone)."""

    grade: int | None = None
    mm: float | None = None

    def __str__(self) -> str:
        return f"IT{self.grade}" if self.grade is not None else f"{self.mm:g} mm"


def width_mm(grade: int, size: float) -> float:
    """The width of ITn at a nominal size in mm, by the standard's formulas; its table rounds by a few per cent."""
    low, high = _step(size)
    middle = sqrt(low * high)
    if high > 500:
        unit = 0.004 * middle + 2.1
        return unit * (_COARSE_FINE[grade - 1] if grade < 5 else _MULTIPLES[grade - 5]) / 1000
    unit = 0.45 * pow(middle, 1 / 3) + 0.001 * middle
    if grade >= 5:
        return unit * _MULTIPLES[grade - 5] / 1000
    finest = 0.8 + 0.020 * middle
    return finest * pow(unit * _MULTIPLES[0] / finest, (grade - 1) / 4) / 1000


def _step(size: float) -> tuple[float, float]:
    low: float = 1
    for high in _SIZES:
        if size <= high:
            return low, high
        low = high
    return _SIZES[-2], _SIZES[-1]


def grades_finer(offered: Tolerance, needed: Tolerance, size: float | None) -> float | None:
    """By how many grades `offered` is finer, negative when coarser.

    None when a grade meets a width and no nominal `size` in mm says what the grade is worth.
    """
    if offered.grade is not None and needed.grade is not None:
        return needed.grade - offered.grade
    if (offered.grade is not None or needed.grade is not None) and size is None:
        return None
    return log(_width(needed, size) / _width(offered, size)) / log(STEP)


def _width(tolerance: Tolerance, size: float | None) -> float:
    if tolerance.mm is not None:
        return tolerance.mm
    return width_mm(tolerance.grade or GRADES[-1], size or _SIZES[0])
