"""What a user chose, as literals over features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianzao.base.messages import _

from .family import Choice, Family, Feature, Group, Kind
from .refusals import UnknownOption, WrongValue


@dataclass(frozen=True, slots=True)
class Chosen:
    """`demands` says for some features whether they must be selected."""

    key: str
    demands: Mapping[str, bool]


def read_choices(family: Family, choices: Mapping[str, Choice], at: str) -> tuple[Chosen, ...]:
    """The choices in the family's order.

    Raises UnknownOption and WrongValue, with the path below `at`.
    """
    for key in choices:
        if key not in family.by_code:
            raise UnknownOption(at=f"{at}.{key}"[:200], option=str(key)[:60], options=", ".join(askable(family)))
    return tuple(_read(each, choices[code], f"{at}.{code}") for code, each in family.by_code.items() if code in choices)


def askable(family: Family) -> tuple[str, ...]:
    """Keys of choices a buyer is asked for: the groups where there is something to choose, then their features."""
    groups = [group for group in family.groups if group.kind is not Kind.MANDATORY]
    return (*(group.code for group in groups), *(feature for group in groups for feature in group.features))


def _read(what: Feature | Group, value: object, at: str) -> Chosen:
    if isinstance(what, Feature):
        if not isinstance(value, bool):
            raise _wrong(what.code, value, at, ["true", "false"])
        return Chosen(what.code, {what.code: value})
    wanted = [value] if isinstance(value, str) else value
    if not isinstance(wanted, Sequence) or not all(isinstance(each, str) for each in wanted):
        raise _wrong(what.code, value, at, what.features)
    for each in wanted:
        if each not in what.features:
            raise _wrong(what.code, each, at, what.features)
    if what.kind is Kind.ALTERNATIVE:
        if len(set(wanted)) != 1:
            raise _wrong(what.code, value, at, what.features)
        return Chosen(what.code, {wanted[0]: True})
    return Chosen(what.code, {feature: feature in wanted for feature in what.features})


def _wrong(option: str, value: object, at: str, accepted: Sequence[str]) -> WrongValue:
    return WrongValue(
        at=at,
        accepted=_("one of: {values}"),
        option=option,
        value=str(value)[:60],
        values=", ".join(accepted),
    )
