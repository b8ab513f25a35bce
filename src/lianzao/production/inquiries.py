"""Inquiring: over the network's calendars, or over what a site's imported log shows."""

from __future__ import annotations

import time
from typing import Any

from lianzao.base import clock
from lianzao.trade.answers import promise_json
from lianzao.trade.requests import read_request
from lianzao.trade.solving import solve
from lianzao.trust.viewer import Viewer


def inquire(body: bytes, viewer: Viewer, began: float) -> dict[str, Any]:
    """The answer to the request in `body`; `began` is when the question came (time.perf_counter)."""
    answer = promise_json(solve(read_request(body), viewer, now=clock.seconds()), viewer)
    return {**answer, "took_ms": round((time.perf_counter() - began) * 1000, 1)}
