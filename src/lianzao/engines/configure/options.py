"""What can still be chosen, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .choices import Chosen, read_choices
from .configuration import literals, nearest, require_possible
from .family import Choice, Family
from .reasons import Reason
from .session import Session, session


class Status(StrEnum):
    SELECTED = "selected"  # in the configuration; could be otherwise
    AVAILABLE = "available"  # not in it; could be
    FORCED = "forced"  # in it, and cannot be otherwise
    EXCLUDED = "excluded"  # not in it, and cannot be


@dataclass(frozen=True, slots=True)
class Option:
    """A feature as the buyer meets it. `reason` is there where it is forced or excluded."""

    feature: str
    group: str
    status: Status
    chosen: bool
    reason: Reason | None = None


def options(
    family: Family, choices: Mapping[str, Choice], *, language: str = "en", at: str = "options"
) -> tuple[Option, ...]:
    """Each feature's status under `choices`, in the family's order of groups.

    A feature is judged against the choices made elsewhere: what was chosen for itself, or for its rivals in an
    alternative, may be chosen anew and so never excludes it.

    Raises as `configure` does.
    """
    chosen = read_choices(family, choices, at)
    with session(family) as solver:
        require_possible(solver, family, chosen, language=language, at=at)
        selected = set(nearest(solver, family, chosen).selected)
        asked_for = {feature for each in chosen for feature, wanted in each.demands.items() if wanted}
        judge = _Judge(solver, chosen)
        return tuple(
            judge.option(
                feature, group.code, frozenset(family.rivals(feature)), feature in selected, feature in asked_for
            )
            for group in family.groups
            for feature in group.features
        )


class _Judge:
    """Answers for one set of choices; a model found for one feature serves as witness for others."""

    def __init__(self, solver: Session, chosen: Sequence[Chosen]) -> None:
        self._solver = solver
        self._chosen = chosen
        self._touched = {feature for each in chosen for feature in each.demands}
        self._witnessed: dict[frozenset[str], set[int]] = {}

    def option(self, feature: str, group: str, rivals: frozenset[str], selected: bool, chosen: bool) -> Option:
        dropped = rivals & self._touched
        others = [
            Chosen(each.key, {f: wanted for f, wanted in each.demands.items() if f not in dropped})
            for each in self._chosen
        ]
        contrary = -self._solver.variable[feature] if selected else self._solver.variable[feature]
        if self._possible(dropped, others, contrary):
            return Option(feature, group, Status.SELECTED if selected else Status.AVAILABLE, chosen)
        reason = self._solver.reason([each for each in literals(self._solver, others) if each[1]], [contrary])
        return Option(feature, group, Status.FORCED if selected else Status.EXCLUDED, chosen, reason)

    def _possible(self, dropped: frozenset[str], others: Sequence[Chosen], literal: int) -> bool:
        witnessed = self._witnessed.setdefault(dropped, set())
        if literal not in witnessed:
            asked = [each for _, demands in literals(self._solver, others) for each in demands]
            if not self._solver.consistent([*asked, literal]):
                return False
            witnessed |= self._solver.model()
        return True
