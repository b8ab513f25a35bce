"""Boolean formulas over features: read from JSON, evaluated, and turned into clauses."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from lianzao.base.messages import _

from .refusals import MalformedFamily

DEEPEST = 64
LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Has:
    """The feature is selected."""

    feature: str


@dataclass(frozen=True, slots=True)
class Lacks:
    """The feature is not selected."""

    feature: str


@dataclass(frozen=True)
class AllOf:
    parts: tuple[Formula, ...]

    @cached_property
    def size(self) -> int:
        return sum(map(size, self.parts))


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Formula, ...]

    @cached_property
    def size(self) -> int:
        return sum(map(size, self.parts))


Formula = Has | Lacks | AllOf | AnyOf  # negation only at the features


def size(formula: Formula) -> int:
    """How many features it mentions, repetitions counted."""
    return formula.size if isinstance(formula, AllOf | AnyOf) else 1


def negated(formula: Formula) -> Formula:
    match formula:
        case Has(feature):
            return Lacks(feature)
        case Lacks(feature):
            return Has(feature)
        case AllOf(parts):
            return AnyOf(tuple(negated(part) for part in parts))
        case AnyOf(parts):
            return AllOf(tuple(negated(part) for part in parts))


def holds(formula: Formula, selected: Collection[str]) -> bool:
    match formula:
        case Has(feature):
            return feature in selected
        case Lacks(feature):
            return feature not in selected
        case AllOf(parts):
            return all(holds(part, selected) for part in parts)
        case AnyOf(parts):
            return any(holds(part, selected) for part in parts)


def implies(condition: Formula, consequence: Formula) -> Formula:
    return AnyOf((negated(condition), consequence))


def read(value: object, features: Collection[str], at: str, depth: int = 0) -> Formula:
    """The formula written as `value`: a feature's code, or one of
    `{"not": F} {"and": [F…]} {"or": [F…]} {"implies": [F, F]} {"iff": [F, F]} {"requires": [F, F]} {"excludes": [F…]}`.

    Raises MalformedFamily with the path to what is wrong.
    """
    if depth > DEEPEST:
        raise MalformedFamily(_("This rule is nested too deeply."), at=at, accepted=_("at most {n} levels"), n=DEEPEST)
    if isinstance(value, str):
        if value not in features:
            raise MalformedFamily(
                _("“{feature}” is not a feature of this family."),
                at=at,
                accepted=_("one of: {features}"),
                feature=value,
                features=", ".join(features),
            )
        return Has(value)
    if not isinstance(value, dict) or len(value) != 1:
        raise _not_a_rule(at)
    ((word, argument),) = value.items()
    if word == "not":
        return negated(read(argument, features, f"{at}.not", depth + 1))
    if word not in _WORDS or not isinstance(argument, list) or not argument:
        raise _not_a_rule(at)
    fewest, most, build = _WORDS[word]
    if not fewest <= len(argument) <= (most or len(argument)):
        raise MalformedFamily(
            _("“{word}” has {found} parts."),
            at=f"{at}.{word}",
            accepted=_("exactly {n} parts") if most else _("at least {n} parts"),
            word=word,
            found=len(argument),
            n=fewest,
        )
    parts = tuple(read(part, features, f"{at}.{word}[{i}]", depth + 1) for i, part in enumerate(argument))
    repeated = {"iff": 2, "excludes": len(parts) - 1}.get(word, 1)  # nested, these explode
    if repeated * sum(map(size, parts)) > LARGEST:
        raise MalformedFamily(_("This rule is too large."), at=at, accepted=_("several smaller rules"))
    return build(parts)


def _not_a_rule(at: str) -> MalformedFamily:
    return MalformedFamily(
        _("This is not a rule."),
        at=at,
        accepted=_("a feature's code or an object with one of: {words}"),
        words=", ".join(["not", *_WORDS]),
    )


def _iff(parts: tuple[Formula, ...]) -> Formula:
    left, right = parts
    return AllOf((implies(left, right), implies(right, left)))


def _implies(parts: tuple[Formula, ...]) -> Formula:
    return implies(*parts)


def _at_most_one(parts: tuple[Formula, ...]) -> Formula:
    return AllOf(tuple(AnyOf((negated(a), negated(b))) for a, b in combinations(parts, 2)))


_WORDS: dict[str, tuple[int, int | None, Callable[[tuple[Formula, ...]], Formula]]] = {
    "and": (1, None, AllOf),
    "or": (1, None, AnyOf),
    "implies": (2, 2, _implies),
    "iff": (2, 2, _iff),
    "requires": (2, 2, _implies),
    "excludes": (2, None, _at_most_one),
}


def clauses(formula: Formula, variable: Callable[[str], int], fresh: Callable[[], int]) -> list[list[int]]:
    """Clauses that hold, for some values of the `fresh` variables, exactly where the formula does."""
    found: list[list[int]] = []

    def literal(part: Formula) -> int:
        match part:
            case Has(feature):
                return variable(feature)
            case Lacks(feature):
                return -variable(feature)
            case AllOf(parts):
                name = fresh()
                found.extend([-name, literal(each)] for each in parts)
                return name
            case AnyOf(parts):
                name = fresh()
                found.append([-name, *map(literal, parts)])
                return name

    def demand(part: Formula) -> None:
        match part:
            case AllOf(parts):
                for each in parts:
                    demand(each)
            case AnyOf(parts):
                found.append([literal(each) for each in parts])
            case _:
                found.append([literal(part)])

    demand(formula)
    return found
