"""A product family as data: features, groups of them (the questions a buyer is asked), and constraints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .formula import Formula, holds
from .reasons import Texts

Choice = str | bool | Sequence[str]
"""For a feature: whether. For a group: the feature chosen, or exactly those chosen."""


class Kind(StrEnum):
    """How many features of a group are selected where the group applies."""

    ALTERNATIVE = "alternative"  # exactly one
    OR = "or"  # at least one
    OPTIONAL = "optional"  # any or none
    MANDATORY = "mandatory"  # all


@dataclass(frozen=True, slots=True)
class Feature:
    """`effects` are keys by which others attach what selecting the feature does (parts, operations, prices)."""

    code: str
    names: Texts
    effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Applies always, or where the feature `under` is selected; elsewhere none of its features is."""

    code: str
    names: Texts
    kind: Kind
    features: tuple[str, ...]
    default: tuple[str, ...] = ()
    under: str | None = None

    def admits(self, selected: frozenset[str]) -> bool:
        count = sum(feature in selected for feature in self.features)
        if self.under is not None and self.under not in selected:
            return count == 0
        match self.kind:
            case Kind.ALTERNATIVE:
                return count == 1
            case Kind.OR:
                return count >= 1
            case Kind.OPTIONAL:
                return True
            case Kind.MANDATORY:
                return count == len(self.features)


@dataclass(frozen=True, slots=True)
class Constraint:
    """`texts` say to people what the formula demands."""

    code: str
    texts: Texts
    formula: Formula


@dataclass(frozen=True, eq=False)
class Family:
    """Every feature lies in exactly one group. Codes of features and groups differ, since both name choices.

    The solver's session lives as long as the object: who configures often keeps it.
    """

    code: str
    names: Texts
    features: tuple[Feature, ...]
    groups: tuple[Group, ...]
    constraints: tuple[Constraint, ...]

    @classmethod
    def from_json(cls, value: object) -> Family:
        """The family described by `value`.

        Raises MalformedFamily with the path to the first fault.
        """
        from .reading import family  # noqa: PLC0415 - reading builds families

        return family(value)

    @cached_property
    def group_of(self) -> Mapping[str, Group]:
        return {feature: group for group in self.groups for feature in group.features}

    @cached_property
    def by_code(self) -> Mapping[str, Feature | Group]:
        return {**{each.code: each for each in self.features}, **{each.code: each for each in self.groups}}

    def rivals(self, feature: str) -> tuple[str, ...]:
        """The features of which choosing one decides on all: its alternative, else itself alone."""
        group = self.group_of[feature]
        return group.features if group.kind is Kind.ALTERNATIVE else (feature,)

    def admits(self, selected: frozenset[str]) -> bool:
        """Whether exactly these features make a valid configuration."""
        return all(group.admits(selected) for group in self.groups) and all(
            holds(constraint.formula, selected) for constraint in self.constraints
        )
