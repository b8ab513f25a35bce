"""The example terms of after-sales service, from the data file beside the code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("data") / "service_terms.json"


@dataclass(frozen=True, slots=True)
class ServiceTerms:
    """`rates` net an operating hour, by currency, the first one for orders in any other."""

    rates: Mapping[str, Decimal]
    threshold_hours: int
    months: int
    process: str
    minutes: int
    source: str

    def rate(self, currency: str) -> tuple[Decimal, str]:
        chosen = currency if currency in self.rates else next(iter(self.rates))
        return self.rates[chosen], chosen


def maintenance_item() -> str:
    """The code under which a catalogue offers maintenance, where it does."""
    return str(_written()["maintenance_item"])


@cache
def service_terms() -> Mapping[str, ServiceTerms]:
    """The terms by the effect of the feature that a buyer chooses to get them."""
    written = _written()
    return {
        effect: ServiceTerms(
            rates={currency: Decimal(amount) for currency, amount in terms["rate"].items()},
            threshold_hours=terms["threshold_hours"],
            months=terms["months"],
            process=terms["maintenance"]["process"],
            minutes=terms["maintenance"]["minutes"],
            source=written["source"],
        )
        for effect, terms in written["effects"].items()
    }


@cache
def _written() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return read
