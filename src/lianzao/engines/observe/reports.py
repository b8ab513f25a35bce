"""What a shop reports of its own work: the one kind of fact that this engine learns from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    SETUP = "set-up"
    RUN = "run"
    UNEXPLAINED = "unexplained"  # counts as load and as sign of life, never as a time per piece


@dataclass(frozen=True, slots=True)
class Report:
    """One entry of a production log. Moments are whole seconds on the shop's own clock, read as if it were UTC.

    `known` is the moment from which the entry can be known: a promise made before it may not use it.
    `timed` says that `began` to `ended` is when the work really happened; else only `known` can be relied on.
    `minutes` is the time worked, None where nobody measured it. Pieces are floats, as some shops count half pieces.
    """

    order: str
    part: str
    order_quantity: float
    activity: str
    resource: str
    began: int
    ended: int
    known: int
    timed: bool
    minutes: float | None
    kind: Kind
    good: float
    rejected: float
    rework: bool

    @property
    def taken_up(self) -> int:
        """When work began, as far as can be relied on."""
        return self.began if self.timed else self.known
