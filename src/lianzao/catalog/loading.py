"""Brings the public figures (exchange, tax, duty) into the database; a figure once there is never changed."""

from __future__ import annotations

import uuid
from decimal import Decimal

from lianzao.base import clock
from lianzao.catalog.models import PublicRate
from lianzao.ledger.events import append
from lianzao.ledger.kinds import kind
from lianzao.vocabulary.tables import rows
from lianzao.web.transactions import use_case

RATES_ADDED = kind("catalog.rates.added", "rates")
RATES = uuid.UUID("0198d2a0-0000-7000-8000-000000000002")  # what the event is about: the figures as a whole


@use_case
def load() -> int:
    """Add the figures that are not there yet; how many these were."""
    there = {
        (kind_, subject, day.isoformat())
        for kind_, subject, day in PublicRate.objects.values_list("kind", "subject", "valid_from")
    }
    new = [
        PublicRate(**{**row, "value": Decimal(row["value"])})
        for row in rows("lianzao.catalog", "public_rates.csv")
        if (row["kind"], row["subject"], row["valid_from"]) not in there
    ]
    PublicRate.objects.bulk_create(new)
    if new:
        append(RATES_ADDED, subject=RATES, actor=None, at=clock.now(), rates=len(new))
    return len(new)
