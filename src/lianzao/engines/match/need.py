"""What is needed for a piece of work, and what a resource or work centre offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from math import isfinite

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed

from .tolerance import GRADES, Tolerance

Envelope = tuple[float, float, float]  # x, y, z in mm
Pieces = tuple[int, int]  # fewest, most


class MalformedMatch(Malformed):
    code = "malformed-match"


@dataclass(frozen=True)
class Need:
    """None means that nothing is asked. `size` is the toleranced nominal size in mm, else the longest edge.

    Raises MalformedMatch with the path of a figure that is none.
    """

    process: str
    material: str | None = None
    envelope: Envelope | None = None
    mass_kg: float | None = None
    tolerance: Tolerance | None = None
    size: float | None = None
    certificates: frozenset[str] = frozenset()
    quantity: Pieces | None = None

    def __post_init__(self) -> None:
        _check(self.envelope, self.mass_kg, self.tolerance, self.quantity, "need")
        _positive(self.size, "need.size")

    @property
    def nominal_mm(self) -> float | None:
        return self.size or (max(self.envelope) if self.envelope else None)

    def lot(self, key: str) -> str:
        """Decides between equals: fixed for this need, so nobody wins every draw by the age or sound of a name."""
        asked = (self.process, self.material, self.envelope, self.mass_kg, self.tolerance, sorted(self.certificates))
        return sha256(f"{asked}|{self.quantity}|{key}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Record:
    """Promises `kept` of the `total` that fell due."""

    kept: int = 0
    total: int = 0


@dataclass(frozen=True)
class Offer:
    """`key` is the reference of what is offered, never a name. No `materials` means any, no bound means none stated.

    `speed` 1 is the catalogue's; `certificates` maps a kind to the last day on which it holds.

    Raises MalformedMatch with the path of a figure that is none.
    """

    key: str
    processes: frozenset[str]
    materials: frozenset[str] = frozenset()
    envelope: Envelope | None = None
    max_mass_kg: float | None = None
    tolerance: Tolerance | None = None
    certificates: Mapping[str, date] = field(default_factory=dict)
    quantity: Pieces | None = None
    record: Record = Record()
    speed: float = 1
    distance_km: float | None = None

    def __post_init__(self) -> None:
        at = f"offers.{self.key}"
        _check(self.envelope, self.max_mass_kg, self.tolerance, self.quantity, at)
        _positive(self.speed, f"{at}.speed")
        if self.distance_km is not None and not (isfinite(self.distance_km) and self.distance_km >= 0):
            raise _no_figure(f"{at}.distance", self.distance_km)
        if not 0 <= self.record.kept <= self.record.total:
            raise _no_figure(f"{at}.record", self.record.kept)


def _check(
    envelope: Envelope | None, mass: float | None, tolerance: Tolerance | None, pieces: Pieces | None, at: str
) -> None:
    for edge in envelope or ():
        _positive(edge, f"{at}.envelope")
    _positive(mass, f"{at}.mass")
    if tolerance is not None:
        _positive(tolerance.mm, f"{at}.tolerance")
        if (tolerance.grade is None) == (tolerance.mm is None) or tolerance.grade not in (None, *GRADES):
            raise MalformedMatch(
                _("This is not a tolerance."), at=f"{at}.tolerance", accepted=_("an IT grade from 1 to 18, or mm")
            )
    if pieces is not None and not 1 <= pieces[0] <= pieces[1]:
        raise _no_figure(f"{at}.quantity", pieces[0])


def _positive(figure: float | None, at: str) -> None:
    if figure is not None and not (isfinite(figure) and figure > 0):
        raise _no_figure(at, figure)


def _no_figure(at: str, found: float) -> MalformedMatch:
    return MalformedMatch(_("{found} is not possible here."), at=at, accepted=_("a positive number"), found=str(found))
