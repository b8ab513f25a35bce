"""Values that the tags of `lz` draw: what happened, how full a resource is. Pages build them, templates show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo
from enum import StrEnum


class Joint(StrEnum):
    """State of a thing, shown as a word with its joint."""

    OK = "ok"  # on time, at work, agreed
    RISK = "risk"
    LATE = "late"
    HELD = "held"
    WAIT = "wait"  # for an answer
    HALF = "half"
    NONE = "none"  # not begun


class Course(StrEnum):
    """Where an event stands on a timeline; the values are the classes of its row."""

    DONE = ""
    LATE = "is-late"  # it broke here
    NOW = "is-weld is-next"  # here it hangs
    NEXT = "is-next"


@dataclass(frozen=True, slots=True)
class Event:
    """One row of a timeline, at `at` seconds UTC; `until` makes it a range of days; `timed` shows the hour."""

    title: str
    at: int
    detail: str = ""
    course: Course = Course.DONE
    until: int | None = None
    timed: bool = True
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a load chart: attributes of the drawing, in percent across and pixels down."""

    x: str
    width: str
    y: str
    height: str
    over: str  # height of what exceeds 100 %, "" for none
    rest: bool


LOAD_HEIGHT = 32  # pixels of 100 %
LOAD_TOP = 8  # room above for what exceeds
FILLED = 0.72  # of a day's width


def load_bars(shares: list[float | None]) -> list[Bar]:
    """Bars of one day each; `shares` of capacity (1.0 is full), None where nobody works."""
    step = 100 / max(1, len(shares))
    bars = []
    for index, share in enumerate(shares):
        height = 2.0 if share is None else LOAD_HEIGHT * min(share, 1.0)
        over = 0.0 if share is None else min(max(share - 1.0, 0.0) * 50, LOAD_TOP - 2)
        bars.append(
            Bar(
                x=f"{step * index:.2f}%",
                width=f"{step * FILLED:.2f}%",
                y=f"{LOAD_TOP + LOAD_HEIGHT - height:.1f}",
                height=f"{height:.1f}",
                over=f"{max(over, 2.0):.1f}" if over else "",
                rest=share is None,
            )
        )
    return bars
