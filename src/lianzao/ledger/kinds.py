"""The kinds of events, each declared by its room with the names of its facts.

A kind lists its facts as *plain*: references, figures, codes, dates. What could name a person has no place among them.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS: dict[str, Kind] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    plain: frozenset[str]


def kind(name: str, *plain: str) -> Kind:
    """Declare the kind of event `name` ("trade.quote.accepted") with its plain facts.

    Raises ValueError when it is declared twice.
    """
    if name in KINDS:
        raise ValueError(f"event kind {name} is declared twice")
    KINDS[name] = Kind(name, frozenset(plain))
    return KINDS[name]
