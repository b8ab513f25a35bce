"""One operation on one machine group: what the planner needs to weigh it against another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lianzao.base.money import Money, total
from lianzao.base.refusals import Fact

from .figures import check, rounded
from .lines import Kind, OwnLine, figure
from .rates import NoRate, RateCard
from .work import OperationWork, seconds

HOUR = 60  # minutes


@dataclass(frozen=True, slots=True)
class Mode:
    """Times in seconds; `cost` sums the lines in the owner's currency, before margin, discount and minimum."""

    set_up: int
    run: int
    lines: tuple[OwnLine, ...]
    cost: Money


def mode(work: OperationWork, card: RateCard, *, at: str = "operation") -> Mode:
    """Raises MalformedEstimate for a figure that is none, NoRate for a group that the card has no rate for."""
    check(work, at)
    check(card, f"{at}.card")
    hourly = card.hourly.get(work.group)
    if hourly is None:
        raise NoRate(at=f"{at}.group", wanted=work.group, known=", ".join(sorted(card.hourly)) or "—")
    lines = [
        _timed(Kind.SET_UP, work, work.setup_min, hourly.set_up, card, at),
        _timed(Kind.RUN, work, work.run_min, hourly.run, card, at),
    ]
    once: dict[str, Fact] = {"operation": work.operation}
    if work.programming:
        lines.append(OwnLine(Kind.PROGRAMMING, rounded(card.programming, card.currency, at), once))
    if work.fixture:
        lines.append(OwnLine(Kind.FIXTURE, rounded(card.fixture, card.currency, at), once))
    kept = tuple(line for line in lines if line.amount.amount)
    return Mode(
        set_up=seconds(work.setup_min),
        run=seconds(work.run_min),
        lines=kept,
        cost=total((line.amount for line in kept), card.currency),
    )


def _timed(kind: Kind, work: OperationWork, minutes: Decimal, rate: Decimal, card: RateCard, at: str) -> OwnLine:
    full_rate = rate * (1 + card.overhead)
    facts: dict[str, Fact] = {
        "operation": work.operation,
        "group": work.group,
        "minutes": figure(minutes),
        "rate_per_hour": figure(full_rate),
    }
    return OwnLine(kind, rounded(minutes * full_rate / HOUR, card.currency, at), facts)
