"""The options of a product as a form: what was chosen, what follows from it, and why the rest cannot be had.

A form sends all that is ticked, and beside it what had been chosen before (`c`). What differs from the configuration of
those earlier choices was chosen now; the rest stays free to follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from lianzao.engines import configure
from lianzao.engines.configure import Family, Group, Kind, Option, Status
from lianzao.trade.requests import Choice
from lianzao.trade.wording import language, listed, said

FIELD = "o."
SENT = "asked"
CHOSEN = "c"


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One radio button or box. `why` says why it cannot be chosen, or cannot be left."""

    code: str
    name: str
    selected: bool
    excluded: bool
    forced: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A group of options that applies."""

    code: str
    name: str
    single: bool
    rows: tuple[OptionRow, ...]

    @property
    def field(self) -> str:
        return FIELD + self.code


def read_choices(sent: QueryDict, family: Family) -> dict[str, Choice]:
    """What the buyer has chosen, group by group.

    Raises the configurator's refusals for earlier choices that cannot be.
    """
    before = dict(_earlier(sent, family))
    if SENT not in sent:
        return before
    was = frozenset(configure.configure(family, before, language=language()).selected)
    now = dict(before)
    for group in family.groups:
        ticked = sent.getlist(FIELD + group.code)
        stood = [feature for feature in group.features if feature in was]
        if group.kind is Kind.MANDATORY or (not ticked and (group.kind is Kind.ALTERNATIVE or not stood)):
            continue
        if set(ticked) != set(stood):
            now[group.code] = ticked[0] if group.kind is Kind.ALTERNATIVE else ticked
    return now


def _earlier(sent: QueryDict, family: Family) -> Iterator[tuple[str, Choice]]:
    for text in sent.getlist(CHOSEN):
        code, _colon, features = text.partition(":")
        group = family.by_code.get(code)
        if isinstance(group, Group):
            single = group.kind is Kind.ALTERNATIVE
            yield code, features if single else [feature for feature in features.split(",") if feature]


def as_sent(choices: Mapping[str, Choice]) -> list[str]:
    """The choices as `c` fields of a form."""
    return [
        f"{code}:{choice if isinstance(choice, str) else ','.join(str(one) for one in choice)}"
        for code, choice in choices.items()
        if not isinstance(choice, bool)
    ]


def questions(family: Family, choices: Mapping[str, Choice]) -> list[Question]:
    """The groups that apply under `choices`, each option with its state.

    Raises the configurator's refusals.
    """
    rows = configure.options(family, choices, language=language())
    selected = {row.feature for row in rows if row.status in (Status.SELECTED, Status.FORCED)}
    of_group: dict[str, list[OptionRow]] = {}
    for row in rows:
        of_group.setdefault(row.group, []).append(_row(family, row, choices))
    return [
        Question(group.code, said(group.names), group.kind is Kind.ALTERNATIVE, tuple(of_group[group.code]))
        for group in family.groups
        if group.kind is not Kind.MANDATORY and (group.under is None or group.under in selected)
    ]


def _row(family: Family, row: Option, choices: Mapping[str, Choice]) -> OptionRow:
    why, single = "", family.group_of[row.feature].kind is Kind.ALTERNATIVE
    # In an alternative the excluded say it already for the one that is left.
    if row.reason is not None and not (single and row.status is Status.FORCED):
        why = " ".join(rule.texts.get(language()) or rule.code for rule in row.reason.rules if rule.of == "constraint")
        named = selected_names(family, {key: choices[key] for key in row.reason.choices if key in choices})
        if named:
            choice = gettext("Your choice: {choices}.").format(choices=listed(named))
            why = f"{why} {choice}".strip()
    return OptionRow(
        code=row.feature,
        name=said(family.by_code[row.feature].names),
        selected=row.status in (Status.SELECTED, Status.FORCED),
        excluded=row.status is Status.EXCLUDED,
        forced=row.status is Status.FORCED,
        why=why,
    )


def in_words(refused: configure.ImpossibleConfiguration, family: Family) -> configure.ImpossibleConfiguration:
    """The same refusal with the names of the options instead of their codes."""
    names = {code: said(each.names) for code, each in family.by_code.items()}
    others = [
        f"{names[key]}: {listed([names.get(value, value) for value in values]) or '—'}"
        for key, values in refused.alternatives.items()
    ]
    refused.facts |= {
        "choices": listed([names[key] for key in refused.reason.choices]),
        "alternatives": "; ".join(others),
    }
    return refused


def selected_names(family: Family, choices: Mapping[str, Choice]) -> list[str]:
    """The options that were chosen, by name; those that followed by default are not among them."""
    found = []
    for choice in choices.values():
        codes = [choice] if isinstance(choice, str) else [] if isinstance(choice, bool) else choice
        found += [said(family.by_code[code].names) for code in codes if code in family.by_code]
    return found
