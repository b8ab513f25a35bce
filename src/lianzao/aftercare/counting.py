"""Operating hours from the readings of a counter: by difference, whatever order they came in.

A product is delivered with its counter at 0. What was counted is a function of the set of readings alone, so a reading
sent twice, late or in another file counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

DAY = 86_400
AHEAD = 366 * DAY
NONE = Decimal("0.000")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the counter showed, in hours, `at` seconds UTC."""

    at: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """The hours run between two readings that follow each other, from `start` to `end`.

    `restarted` marks that the counter had begun anew from 0 in between.
    """

    start: int
    end: int
    hours: Decimal
    restarted: bool


@dataclass(frozen=True, slots=True)
class Crossing:
    """`at` a reading the hours had passed `number` × the threshold."""

    number: int
    at: int


def spans(readings: Iterable[Reading], *, since: int) -> list[Span]:
    """The hours between readings, in order of time, the first from delivery (`since`) on."""
    found = []
    before = Reading(since, NONE)
    for reading in sorted(readings, key=lambda reading: reading.at):
        restarted = reading.hours < before.hours
        hours = reading.hours if restarted else reading.hours - before.hours
        found.append(Span(before.at, reading.at, hours, restarted))
        before = reading
    return found


def total(counted: Iterable[Span]) -> Decimal:
    return sum((span.hours for span in counted), NONE)


def under_contract(counted: Iterable[Span], *, starts: int, ends: int) -> list[Span]:
    """The spans that a contract pays for: those whose reading falls in its time, its last moment included."""
    return [span for span in counted if starts < span.end <= ends]


def crossings(counted: Sequence[Span], threshold: int) -> list[Crossing]:
    """When the hours passed multiples of `threshold`; a span that passes several at once is one crossing."""
    found = []
    hours, passed = NONE, 0
    for span in counted:
        hours += span.hours
        number = int(hours // threshold)
        if number > passed:
            found.append(Crossing(number, span.end))
            passed = number
    return found


def why_left(reading: Reading, known: Mapping[int, Decimal], *, delivered: int, now: int) -> str:
    """Why a reading does not count, as a code; empty when it is new.

    `known` gives the counter by moment. A counter's clock may run ahead: hours are counted by what it shows, its date
    only decides in which month's statement they stand. A year ahead is a slip.
    """
    if reading.at < delivered:
        return "before-delivery"
    if reading.at > now + AHEAD:
        return "in-the-future"
    if reading.at in known:
        return "double" if known[reading.at] == reading.hours else "contradicts-known"
    return ""
