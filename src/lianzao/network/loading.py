"""Brings the example tariffs of transport into the database; a lane once there is never changed."""

from __future__ import annotations

import uuid
from decimal import Decimal

from lianzao.base import clock
from lianzao.ledger.events import append
from lianzao.ledger.kinds import kind
from lianzao.network.models import Lane
from lianzao.vocabulary.tables import rows
from lianzao.web.transactions import use_case

LANES_ADDED = kind("network.lanes.added", "lanes")
LANES = uuid.UUID("0198d2a0-0000-7000-8000-000000000003")  # what the event is about: the tariffs as a whole
HOUR = 3600


@use_case
def load() -> int:
    """Add the lanes that are not there yet; how many these were."""
    there = set(Lane.objects.values_list("origin", "destination", "mode"))
    new = [
        Lane(
            origin=row["origin"],
            destination=row["destination"],
            mode=row["mode"],
            seconds=int(row["hours"]) * HOUR,
            customs_seconds=int(row["customs_hours"]) * HOUR,
            departs=[int(day) for day in row["departs"].split()],
            cost_per_kg=Decimal(row["cost_per_kg"]),
            minimum=Decimal(row["minimum"]),
            currency=row["currency"],
            source=row["source"],
        )
        for row in rows("lianzao.network", "lanes.csv")
        if (row["origin"], row["destination"], row["mode"]) not in there
    ]
    Lane.objects.bulk_create(new)
    if new:
        append(LANES_ADDED, subject=LANES, actor=None, at=clock.now(), lanes=len(new))
    return len(new)
