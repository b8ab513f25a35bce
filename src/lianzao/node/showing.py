"""The main job, shown when the platform starts with the demo network: one configured product, promised now."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from lianzao.base import clock
from lianzao.node.cli.flow import promise_words
from lianzao.node.demo.report import SignIn
from lianzao.trade.answers import promise_json
from lianzao.trade.requests import as_request
from lianzao.trade.solving import solve
from lianzao.trust.queries import viewer_by_login

ROLES = ("operator", "factory", "buyer", "machinist")
REQUEST: dict[str, Any] = {
    "item": "LA-80",
    "quantity": 4,
    "deliver_to": {"country": "DE", "place": "Stuttgart"},
}


def show(logins: Sequence[SignIn]) -> None:
    """Print a login for each role, then a promise for the demo's axis with its price, dates and reason."""
    for each in logins:
        if each["role"] not in ROLES:
            continue
        print(f"  {each['role']:<10} {each['login']:<18} {each['password']}")
    buyer = next(each["login"] for each in logins if each["role"] == "buyer")
    viewer = viewer_by_login(buyer)
    began = time.perf_counter()
    answer = promise_json(solve(as_request(REQUEST), viewer, now=clock.seconds()), viewer)
    answer["took_ms"] = (time.perf_counter() - began) * 1000
    makers = {row["owner"] for row in answer["operations"] if row["kind"] == "work" and "owner" in row}
    print(f"\n  Promised just now: 4 × LA-80 to Stuttgart, made by {len(makers)} factories (simulated data)")
    for line in promise_words(answer):
        print("  " + line)
    print(flush=True)
