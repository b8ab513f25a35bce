"""Why a configuration is impossible: choices and rules, none of which can be left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

Texts = Mapping[str, str]  # language tag → text

Item = TypeVar("Item")


def in_language(texts: Texts, language: str) -> str:
    """The text in `language`, else in English, else in the first language there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint, or what the kind of a group demands of its features."""

    code: str
    texts: Texts
    of: Literal["constraint", "group"]


@dataclass(frozen=True, slots=True)
class Reason:
    """`choices` are keys of what was chosen, `rules` those of the family, both in the family's order."""

    choices: tuple[str, ...]
    rules: tuple[Rule, ...]

    def rules_in(self, language: str) -> str:
        return "; ".join(in_language(rule.texts, language) for rule in self.rules)


def smallest_conflict(items: Sequence[Item], consistent: Callable[[Sequence[Item]], bool]) -> list[Item]:
    """A minimal inconsistent part of `items`; what comes earlier is kept rather than what comes later.

    QuickXplain (Junker, AAAI 2004): about 2k·log(n/k) questions for k of n items, and an answer that depends on the
    meaning of the items only, never on what the solver happens to have learnt. Empty when nothing at all is consistent.
    """

    def conflict(background: list[Item], added: bool, rest: list[Item]) -> list[Item]:
        if added and not consistent(background):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        of_second = conflict(background + first, bool(first), second)
        of_first = conflict(background + of_second, bool(of_second), first)
        return of_first + of_second

    if not items or not consistent([]):
        return []
    return conflict([], False, list(items))
