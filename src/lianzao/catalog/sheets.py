"""Owners' rate cards as the price engine takes them, the latest in force; one query for all owners of a request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from lianzao.catalog.models import RateCard
from lianzao.engines import estimate
from lianzao.engines.estimate import Extra

ExtraKind = Literal["certificate", "first-article", "packing"]
EXTRAS: Mapping[str, ExtraKind] = {
    "certificate-3.1": "certificate",
    "first-article": "first-article",
    "packing": "packing",
}


class Sheets:
    """The cards of `owners` on a day; owners without one quote dates but no price."""

    def __init__(self, owners: Collection[int], day: date) -> None:
        rows = RateCard.objects.filter(owner__in=owners, valid_from__lte=day).order_by("valid_from")
        self._rows = {row.owner_id: row for row in rows}
        self._cards = {owner: _card(row) for owner, row in self._rows.items()}

    def __contains__(self, owner: int) -> bool:
        return owner in self._cards

    def card(self, owner: int) -> estimate.RateCard:
        return self._cards[owner]

    def general_margin(self, owner: int) -> Decimal:
        return self._rows[owner].general_margin

    def material_price(self, owner: int, grade: str) -> Decimal | None:
        """Per kg in the owner's currency; None when it does not buy this grade."""
        given = self._rows[owner].materials.get(grade) if owner in self._rows else None
        return None if given is None else Decimal(str(given))

    def extras(self, owner: int, selected: Collection[str], pieces: int) -> tuple[Extra, ...]:
        """What of the selected options the owner asks money for."""
        asked: Mapping[str, Any] = self._rows[owner].extras
        return tuple(
            Extra(
                kind=EXTRAS[name],
                pieces=pieces,
                amount=Decimal(str(asked[name].get("amount", 0))),
                amount_per_piece=Decimal(str(asked[name].get("amount_per_piece", 0))),
            )
            for name in EXTRAS
            if name in selected and name in asked
        )


def _card(row: RateCard) -> estimate.RateCard:
    return estimate.RateCard(
        owner=str(row.owner_id),
        currency=row.currency,
        source=f"rate card of {row.valid_from.isoformat()}",
        valid_from=row.valid_from,
        hourly={
            group: estimate.HourlyRate(Decimal(str(rate["setup"])), Decimal(str(rate["run"])))
            for group, rate in row.hourly.items()
        },
        programming=row.programming,
        fixture=row.fixture,
        minimum=row.minimum,
        margin=row.margin,
        breaks=tuple(estimate.QuantityBreak(int(q), Decimal(str(off))) for q, off in row.breaks),
    )
