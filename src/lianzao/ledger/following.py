"""Followers: what a higher room does, durably and a moment later, when something has happened.

A room's `tasks.py` declares a step for a kind of event, or a timer; `node` collects and runs them. A step may run
again after a crash: it is keyed by the event and must find its own work done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lianzao.ledger.events import Happened, happened
from lianzao.ledger.kinds import KINDS
from lianzao.ledger.models import Reader, Seal

Step = Callable[[Happened], None]
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Timer:
    name: str
    seconds: int
    tick: Tick


STEPS: dict[str, tuple[str, Step]] = {}
TIMERS: dict[str, Timer] = {}


def follows(*kinds: str) -> Callable[[Step], Step]:
    """Run the decorated step once for each sealed event of these kinds."""

    def declare(step: Step) -> Step:
        for kind in kinds:
            STEPS[f"{step.__module__}.{step.__name__}/{kind}"] = (kind, step)
        return step

    return declare


def every(seconds: int) -> Callable[[Tick], Tick]:
    """Run the decorated function about every `seconds`, in one worker."""

    def declare(tick: Tick) -> Tick:
        name = f"{tick.__module__}.{tick.__name__}"
        TIMERS[name] = Timer(name, seconds, tick)
        return tick

    return declare


def pending(reader: str, limit: int = 200) -> list[Happened]:
    """The next sealed events that `reader` has not been handed."""
    position = Reader.objects.filter(name=reader).values_list("seq", flat=True).first() or 0
    rows = Seal.objects.filter(seq__gt=position).select_related("event").order_by("seq")[:limit]
    return [happened(row.event, row.seq) for row in rows]


def advance(reader: str, seq: int) -> None:
    """Remember that `reader` has been handed everything up to `seq`."""
    Reader.objects.update_or_create(name=reader, defaults={"seq": seq})


def event(seq: int) -> Happened:
    row = Seal.objects.select_related("event").get(seq=seq)
    return happened(row.event, row.seq)


def steps_for(kind: str) -> list[str]:
    return [name for name, (wanted, _) in STEPS.items() if wanted == kind]


def unknown_kinds() -> list[str]:
    """Kinds that a step follows but no room declares: a spelling mistake, found at start."""
    return sorted({kind for kind, _ in STEPS.values()} - set(KINDS))
