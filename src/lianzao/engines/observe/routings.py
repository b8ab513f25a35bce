"""The ways in which a part was made: one name of a part often stands for several routings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianzao.engines.observe.operations import Step
from lianzao.engines.observe.reports import Kind

ALIKE = 0.7  # of the operations of two orders in common: the same routing with a step skipped or added
USUAL = 0.5  # of the orders of a variant: an operation that more of them had belongs to its routing


@dataclass(frozen=True, slots=True)
class Variant:
    """Orders made alike, and the operations most of them had, in order, with the share of orders that had each."""

    orders: tuple[str, ...]
    operations: tuple[tuple[str, float], ...]


def paths(steps: Iterable[Step]) -> dict[str, tuple[str, ...]]:
    """For each order its operations in the order in which they were first worked on; a set-up alone makes no step."""
    first: dict[str, dict[str, int]] = defaultdict(dict)
    for name, report in steps:
        if report.kind is Kind.SETUP:
            continue
        starts = first[report.order]
        starts[name] = min(starts.get(name, report.taken_up), report.taken_up)
    return {order: tuple(sorted(starts, key=lambda name: (starts[name], name))) for order, starts in first.items()}


def variants(taken: Mapping[str, Sequence[str]]) -> tuple[Variant, ...]:
    """The orders of one part grouped by likeness of their operations, the commonest group first."""
    support = Counter(frozenset(path) for path in taken.values())
    centres: list[frozenset[str]] = []
    groups: dict[frozenset[str], list[str]] = {}
    for steps, _ in sorted(support.items(), key=lambda item: (-item[1], -len(item[0]), sorted(item[0]))):
        near = max(centres, key=lambda centre: _likeness(centre, steps), default=None)
        if near is None or _likeness(near, steps) < ALIKE:
            centres.append(steps)
            groups[steps] = []
            near = steps
        groups[near] += sorted(order for order, path in taken.items() if frozenset(path) == steps)
    found = [Variant(tuple(orders), _usual([taken[order] for order in orders])) for orders in groups.values()]
    return tuple(sorted(found, key=lambda variant: (-len(variant.orders), variant.operations)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's: the share of steps in common."""
    return len(one & other) / len(one | other)


def _usual(taken: Sequence[Sequence[str]]) -> tuple[tuple[str, float], ...]:
    """Operations that most of these paths have, by where in a path they stand on average."""
    places: dict[str, list[float]] = defaultdict(list)
    for path in taken:
        for place, name in enumerate(path):
            places[name].append((place + 0.5) / len(path))
    kept = {name: where for name, where in places.items() if len(where) >= USUAL * len(taken)}
    ordered = sorted(kept, key=lambda name: (sum(kept[name]) / len(kept[name]), name))
    return tuple((name, len(kept[name]) / len(taken)) for name in ordered)
