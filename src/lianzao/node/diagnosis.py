"""Is this node whole, and what does it have: `verify` and `doctor`."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from lianzao import __version__
from lianzao.capacity import guards
from lianzao.capacity.decisions import peak
from lianzao.capacity.models import Booking
from lianzao.ledger import verification
from lianzao.network.models import Resource
from lianzao.node.health import health
from lianzao.trade.models import Order, Quote


def verify(head: str | None) -> dict[str, Any]:
    """The ledger's chain, the guards, and no resource over its capacity."""
    ledger = verification.verify(head)
    errors = [*ledger.errors, *(f"guard {name} is missing" for name in guards.missing()), *_overbooked(), *_half_done()]
    return {
        "sealed": ledger.sealed,
        "unsealed": ledger.unsealed,
        "head": ledger.head,
        "against": ledger.against,
        "errors": errors,
    }


def _overbooked() -> list[str]:
    loads: dict[int, list[tuple[int, int, int]]] = {}
    for resource, starts, ends, units in Booking.objects.values_list(
        "resource_id", "starts", "ends", "units"
    ).iterator():
        loads.setdefault(resource, []).append((starts, ends, units))
    capacity = dict(Resource.objects.filter(id__in=loads).values_list("id", "capacity"))
    return [
        f"resource {key} is overbooked"
        for key, rows in loads.items()
        if any(peak(_near(rows, start, end), start, end) > capacity[key] for start, end, _ in rows)
    ]


def _near(rows: list[tuple[int, int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
    return [row for row in rows if row[0] < end and row[1] > start]


def _half_done() -> list[str]:
    """An accepted quote has its order and the order its jobs; a held quote its hold."""
    without_order = Quote.objects.filter(state=Quote.State.ACCEPTED, order=None).count()
    without_jobs = Order.objects.filter(jobs=None).count()
    named = ((without_order, "accepted quotes without order"), (without_jobs, "orders without jobs"))
    return [f"{count} {what}" for count, what in named if count]


def doctor() -> dict[str, Any]:
    """Versions, tools and the state of the node; `well` when it can work."""
    state = health()
    keys = Path(settings.HOME) / "keys"
    found = {
        "version": __version__,
        "python": sys.version.split()[0],
        "database": connection.vendor,
        "sqlite": sqlite3.sqlite_version,
        "home": str(settings.HOME),
        "keys_private": keys.stat().st_mode & 0o077 == 0 if keys.exists() else False,
        "front_end_built": (Path(settings.PACKAGE) / "web" / "static" / "dist").exists(),
        "chromium": shutil.which("chromium") is not None,
        "health": state,
    }
    return {**found, "well": state["database"] == "ok" and state["disk"] == "ok" and found["keys_private"]}
