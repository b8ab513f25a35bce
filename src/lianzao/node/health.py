"""Is the node well: database, worker, sealed lag, disk."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from lianzao.capacity import guards
from lianzao.ledger.models import Event

WORKER_SILENT = 10  # seconds
DISK_LEFT = 200 << 20  # bytes


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when everything is well, else 503; in the body what is not."""
    state = health()
    return JsonResponse(state, status=200 if state["status"] == "ok" else 503)


def health() -> dict[str, Any]:
    checks: dict[str, Any] = {}
    try:
        checks["database"] = "ok" if not guards.missing() else "guards missing"
        checks["unsealed"] = Event.objects.filter(seal=None)[:1000].count()
    except DatabaseError:
        checks["database"] = "away"
    checks["worker"] = "ok" if _worker_age() < WORKER_SILENT else "silent"
    free = shutil.disk_usage(settings.HOME).free
    checks["disk"] = "ok" if free > DISK_LEFT else "full"
    checks["disk_free_mb"] = free >> 20
    well = all(checks[name] == "ok" for name in ("database", "worker", "disk"))
    return {"status": "ok" if well else "unwell", **checks}


def _worker_age() -> float:
    path = Path(settings.HOME) / "worker.alive"
    return time.time() - path.stat().st_mtime if path.exists() else float("inf")
