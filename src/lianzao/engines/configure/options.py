"""What can still be chosen, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    family: Family,
    choices: Mapping[str, Choice],
    *,
    groups: Collection[str] | None = None,
    reasons: bool = True,
    language: str = "en",
    at: str = "options",
) -> tuple[Option, ...]:
    """Each feature's status under `choices`, in the family's order of groups.

    A feature is judged against the choices made elsewhere: what was chosen for itself, or for its rivals in an
    alternative, may be chosen anew and so never excludes it. For a family of thousands of features ask for the
    `groups` that are shown, without `reasons`, and `why` for one feature.

    Raises as `configure` does.
    """
    chosen = read_choices(family, choices, at)
    with session(family) as solver:
        require_possible(solver, family, chosen, language=language, at=at)
        judge = _Judge(solver, family, chosen)
        return tuple(
            judge.option(group.code, feature, reasons=reasons)
            for group in family.groups
            if groups is None or group.code in groups
            for feature in group.features
        )


def why(
    family: Family, choices: Mapping[str, Choice], feature: str, *, language: str = "en", at: str = "options"
) -> Reason | None:
    """Why `feature` is forced or excluded under `choices`; None where it may be chosen either way.

    Raises as `configure` does.
    """
    read_choices(family, {feature: True}, at)
    chosen = read_choices(family, choices, at)
    with session(family) as solver:
        require_possible(solver, family, chosen, language=language, at=at)
        return _Judge(solver, family, chosen).option("", feature, reasons=True).reason


class _Judge:
    """Answers for one set of possible choices; a model found for one feature serves as witness for others."""

    def __init__(self, solver: Session, family: Family, chosen: Sequence[Chosen]) -> None:
        self._solver, self._family, self._chosen = solver, family, chosen
        self._decided = {feature for each in chosen for feature in each.demands}
        self._asked_for = {feature for each in chosen for feature, wanted in each.demands.items() if wanted}
        self._selected = set(nearest(solver, family, chosen).selected)
        self._contrary = {
            feature: -literal if feature in self._selected else literal for feature, literal in solver.variable.items()
        }
        self._witnessed: dict[frozenset[str], set[int]] = {}

    def option(self, group: str, feature: str, *, reasons: bool) -> Option:
        selected, chosen = feature in self._selected, feature in self._asked_for
        dropped = self._decided.intersection(self._family.rivals(feature))
        asked = self._without(frozenset(dropped))
        if self._possible(frozenset(dropped), asked, self._contrary[feature]):
            return Option(feature, group, Status.SELECTED if selected else Status.AVAILABLE, chosen)
        reason = self._solver.reason(asked, [self._contrary[feature]]) if reasons else None
        return Option(feature, group, Status.FORCED if selected else Status.EXCLUDED, chosen, reason)

    def _without(self, dropped: frozenset[str]) -> list[tuple[str, list[int]]]:
        """What is asked of the solver when nothing is chosen for these features."""
        others = [
            Chosen(each.key, {f: wanted for f, wanted in each.demands.items() if f not in dropped})
            for each in self._chosen
        ]
        return [each for each in literals(self._solver, others) if each[1]]

    def _possible(self, dropped: frozenset[str], asked: Sequence[tuple[str, list[int]]], literal: int) -> bool:
        witnessed = self._witnessed.setdefault(dropped, set())
        if literal not in witnessed:
            if not self._solver.consistent([literal, *(each for _, demands in asked for each in demands)]):
                return False
            witnessed |= self._solver.model()
        return True
