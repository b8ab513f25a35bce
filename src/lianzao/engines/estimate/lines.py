"""The lines of a price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lianzao.base.money import Money
from lianzao.base.refusals import Fact


class Kind(StrEnum):
    """Stable codes: programs of others rely on them."""

    SET_UP = "set-up"
    RUN = "run"
    PROGRAMMING = "programming"
    FIXTURE = "fixture"
    MATERIAL = "material"
    OUTSIDE = "outside"
    MARGIN = "margin"
    QUANTITY_BREAK = "quantity-break"
    MINIMUM_ORDER = "minimum-order"
    CERTIFICATE = "certificate"
    FIRST_ARTICLE = "first-article"
    PACKING = "packing"
    TRANSPORT = "transport"
    DUTY = "duty"
    SUB_ORDER = "sub-order"


@dataclass(frozen=True, slots=True)
class OwnLine:
    """In the currency of who asks it, rounded. Figures in `facts` are decimal strings."""

    kind: Kind
    amount: Money
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Line:
    """In the buyer's currency; `own` is the same amount in the currency it was computed in.

    `owner` is the reference of who asks it; empty for what belongs to the order as a whole.
    """

    kind: Kind
    amount: Money
    own: Money
    owner: str
    facts: Mapping[str, Fact]


def figure(value: Decimal) -> str:
    """A figure for `facts`, to six decimals."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
