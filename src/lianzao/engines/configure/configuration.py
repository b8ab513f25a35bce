"""Completes a buyer's choices to a valid configuration, near to the defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .choices import Chosen, read_choices
from .family import Choice, Family, Group
from .refusals import ImpossibleConfiguration, VoidFamily
from .session import Session, session


@dataclass(frozen=True, slots=True)
class Configuration:
    """All in the family's order.

    `defaults_filled` are selected features that nobody chose; `departed` those where a default gave way to the choices.
    """

    selected: tuple[str, ...]
    defaults_filled: tuple[str, ...]
    departed: tuple[str, ...]
    effects: tuple[str, ...]


def configure(
    family: Family, choices: Mapping[str, Choice], *, language: str = "en", at: str = "options"
) -> Configuration:
    """The valid configuration with all `choices` and the fewest departures from the family's defaults.

    Among several the one that keeps the defaults of earlier groups; in an alternative whose default cannot stay, the
    earliest feature that can. A departure is an alternative without its default, or any other feature that differs
    from it, where the group applies.

    Raises UnknownOption, WrongValue, ImpossibleConfiguration (with a minimal reason in `language`), VoidFamily.
    """
    chosen = read_choices(family, choices, at)
    with session(family) as solver:
        require_possible(solver, family, chosen, language=language, at=at)
        return nearest(solver, family, chosen)


def literals(solver: Session, chosen: Sequence[Chosen]) -> list[tuple[str, list[int]]]:
    """Each choice's key with what it asks of the solver."""
    return [
        (each.key, [solver.variable[f] if wanted else -solver.variable[f] for f, wanted in each.demands.items()])
        for each in chosen
    ]


def require_possible(solver: Session, family: Family, chosen: Sequence[Chosen], *, language: str, at: str) -> None:
    """Raises ImpossibleConfiguration or VoidFamily."""
    asked = literals(solver, chosen)
    if solver.consistent(literal for _, each in asked for literal in each):
        return
    reason = solver.reason(asked)
    if not reason.choices:
        raise VoidFamily(reason, language=language)
    conflict = [each for each in chosen if each.key in reason.choices]
    raise ImpossibleConfiguration(
        reason,
        {each.key: _alternatives(solver, family, chosen, conflict, each) for each in conflict},
        at=f"{at}.{conflict[-1].key}",
        choices=", ".join(_spoken(family, each) for each in conflict),
        language=language,
    )


def _spoken(family: Family, chosen: Chosen) -> str:
    if not isinstance(family.by_code[chosen.key], Group):
        return f"{chosen.key}: {str(chosen.demands[chosen.key]).lower()}"
    return f"{chosen.key}: {', '.join(feature for feature, wanted in chosen.demands.items() if wanted) or '—'}"


def _alternatives(
    solver: Session, family: Family, chosen: Sequence[Chosen], conflict: Sequence[Chosen], one: Chosen
) -> tuple[str, ...]:
    """Values of `one` that go with all other choices or, where these conflict too, with the others of this conflict."""
    others = [literal for _, each in literals(solver, [c for c in chosen if c is not one]) for literal in each]
    if not solver.consistent(others):
        others = [literal for _, each in literals(solver, [c for c in conflict if c is not one]) for literal in each]
    what = family.by_code[one.key]
    if isinstance(what, Group):
        return tuple(f for f in what.features if solver.consistent([*others, solver.variable[f]]))
    return (str(not one.demands[one.key]).lower(),)


def nearest(solver: Session, family: Family, chosen: Sequence[Chosen]) -> Configuration:
    """The configuration for choices that are possible."""
    model, given_way = solver.wishes.settle([literal for _, each in literals(solver, chosen) for literal in each])
    selected = tuple(f.code for f in family.features if solver.variable[f.code] in model)
    asked_for = {feature for each in chosen for feature, wanted in each.demands.items() if wanted}
    decided = {f for each in chosen for feature in each.demands for f in family.rivals(feature)}
    effects = dict.fromkeys(e for f in family.features if solver.variable[f.code] in model for e in f.effects)
    return Configuration(
        selected=selected,
        defaults_filled=tuple(f for f in selected if f not in asked_for),
        departed=tuple(f for f in given_way if f not in decided),
        effects=tuple(effects),
    )
