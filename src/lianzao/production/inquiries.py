"""Inquiring: over the network's calendars, or over what a site's imported log shows."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from lianzao.base import clock
from lianzao.base.refusals import Refused
from lianzao.catalog.models import RateCard
from lianzao.production import log_promise
from lianzao.production.history import imported
from lianzao.production.models import LogImport
from lianzao.trade.answers import promise_json
from lianzao.trade.requests import Request, read_request
from lianzao.trade.solving import solve
from lianzao.trust.viewer import Viewer


def inquire(body: bytes, viewer: Viewer, began: float) -> dict[str, Any]:
    """The answer to the request in `body`; `began` is when the question came (time.perf_counter)."""
    request = read_request(body)
    log = imported(request.site, viewer) if request.site else None
    answer = _from_calendars(request, viewer) if log is None else _from_log(log, request, viewer)
    return {**answer, "took_ms": round((time.perf_counter() - began) * 1000, 1)}


def _from_calendars(request: Request, viewer: Viewer) -> dict[str, Any]:
    return promise_json(solve(request, viewer, now=clock.seconds()), viewer)


def _from_log(log: LogImport, request: Request, viewer: Viewer) -> dict[str, Any]:
    """Dates from the log; a price where the owner has said its rates, and of today only: no log tells prices."""
    answer = log_promise.promise(log, request)
    owner, today = log.site.organisation_id, clock.now().date()
    if request.as_of is None and RateCard.objects.filter(owner=owner, valid_from__lte=today).exists():
        try:
            price = _from_calendars(replace(request, wanted=None), viewer).get("price")
        except Refused:  # what cannot be planned on today's calendar is still promised by the log
            price = None
        if price is not None:
            answer["price"] = price
    return answer
