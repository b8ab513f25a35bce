"""Refuses figures that are none, with their path, once for all kinds of input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

from lianzao.base.messages import _
from lianzao.base.money import Money
from lianzao.base.refusals import Malformed

LARGEST = Decimal(10) ** 10
FINEST = Decimal(10) ** -12
LARGEST_AMOUNT = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure must obey beyond being one, as part of a field's type."""

    obeyed: Callable[[Any], bool]
    accepted: str


Count = Annotated[int, Limit(lambda n: isinstance(n, int) and n >= 1, _("a whole number from 1"))]
Positive = Annotated[Decimal, Limit(lambda figure: figure > 0, _("a number above 0"))]
Portion = Annotated[Decimal, Limit(lambda figure: figure <= 1, _("a share from 0 to 1"))]
Currency = Annotated[
    str,
    Limit(
        lambda code: isinstance(code, str) and len(code) == 3 and code.isascii() and code.isupper(),
        _("a currency by its three letters (ISO 4217)"),
    ),
]


class MalformedEstimate(Malformed):
    code = "malformed-estimate"
    text = _("{found} is not possible here.")
    hint = _("a number from 0")


@cache
def _limits(kind: type) -> Mapping[str, Limit]:
    hints = get_type_hints(kind, include_extras=True)
    return {name: limit for name, hint in hints.items() for limit in get_args(hint)[1:] if isinstance(limit, Limit)}


def check(value: object, at: str) -> None:
    """Walk through dataclasses, lists and mappings.

    Raises MalformedEstimate for NaN, infinite, negative, inexact and absurd figures, and malformed currencies.
    """
    if isinstance(value, Money):
        check(value.amount, at)
        check_currency(value.currency, at)
    elif is_dataclass(value) and not isinstance(value, type):
        limits = _limits(type(value))
        for each in fields(value):
            inner, path = getattr(value, each.name), f"{at}.{each.name}"
            check(inner, path)
            if each.name in limits:
                _obey(limits[each.name], inner, path)
    elif isinstance(value, list | tuple):
        for i, part in enumerate(value):
            check(part, f"{at}[{i}]")
    elif isinstance(value, Mapping):
        for key, part in value.items():
            check(part, f"{at}.{key}")
    elif isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        _check_figure(value, at)


def _check_figure(value: Decimal | float, at: str) -> None:
    if isinstance(value, float):
        raise MalformedEstimate(at=at, accepted=_("a decimal number"), found=str(value))
    if isinstance(value, Decimal) and not value.is_finite():
        raise MalformedEstimate(at=at, found=str(value))
    if value and not FINEST <= value <= LARGEST:
        raise MalformedEstimate(
            at=at, accepted=_("0, or a number up to {largest}"), found=str(value)[:60], largest=str(LARGEST)
        )


def check_currency(value: str, at: str) -> None:
    _obey(get_args(Currency)[1], value, at)


def _obey(limit: Limit, value: object, at: str) -> None:
    if not limit.obeyed(value):
        raise MalformedEstimate(at=at, accepted=limit.accepted, found=str(value)[:60])


def rounded(amount: Decimal, currency: str, at: str) -> Money:
    """`amount` to the cent.

    Raises MalformedEstimate when possible figures multiply to an impossible amount.
    """
    if abs(amount) > LARGEST_AMOUNT:
        raise MalformedEstimate(_("This comes to too large an amount."), at=at, accepted=_("less work or lower rates"))
    return Money(amount, currency).rounded()
