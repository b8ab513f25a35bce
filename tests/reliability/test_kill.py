"""kill -9 of web or worker in the middle of use cases: what was acknowledged is there, nothing is half done."""

from __future__ import annotations

import contextlib
import json
import os
import random
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cast import REQUEST
from tests.reliability.node import Node, running

ROUNDS = int(os.environ.get("KILL_ROUNDS", "12"))
ACKNOWLEDGED = """
import json, sys
from lianzao.trade.models import Order, Quote
from lianzao.production.models import JobResponse
wanted = json.loads({wanted!r})
quotes = {{str(ref) for ref in Quote.objects.values_list("ref", flat=True)}}
orders = {{str(ref) for ref in Order.objects.values_list("ref", flat=True)}}
print(json.dumps({{
    "quotes": [ref for ref in wanted["quotes"] if ref not in quotes],
    "orders": [ref for ref in wanted["orders"] if ref not in orders],
    "reports": len(wanted["reports"]) - JobResponse.objects.filter(job__ref__in=wanted["reports"]).count(),
}}))
"""


class Buyer(threading.Thread):
    """Quotes, accepts and reports without pause, and remembers what it was acknowledged."""

    def __init__(self, node: Node, tokens: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.node, self.tokens = node, tokens
        self.seen: dict[str, list[str]] = {"quotes": [], "orders": [], "reports": []}
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            with contextlib.suppress(httpx.HTTPError):
                self._once()

    def _once(self) -> None:
        quote = self._post("buyer", "/api/quote", {**REQUEST, "quantity": 1})
        if quote is None:
            return
        self.seen["quotes"].append(quote["ref"])
        order = self._post("buyer", f"/api/accept/{quote['ref']}", {})
        if order is None:
            return
        self.seen["orders"].append(order["order"])
        headers = {"Authorization": f"Bearer {self.tokens['assembler']}"}
        found = httpx.get(f"{self.node.url}/api/orders/{order['order']}", headers=headers, timeout=30).json()
        mill = next(job for job in found["jobs"] if job["operation"] == "AXIS/PLATE/10")
        if self._post("miller", f"/api/report/{mill['ref']}", {"event": "start"}) is not None:
            self.seen["reports"].append(mill["ref"])

    def _post(self, who: str, path: str, body: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {self.tokens[who]}"}
        answer = httpx.post(f"{self.node.url}{path}", json=body, headers=headers, timeout=30)
        return answer.json() if answer.status_code == 200 else None


@pytest.mark.long
def test_nothing_acknowledged_is_lost_and_no_event_is_half(tmp_path: Path) -> None:
    chance = random.Random(1)
    with running(tmp_path, worker=True) as node:
        tokens = {who: node.cli("token", "--as", who)["token"] for who in ("buyer", "assembler", "miller")}
        buyer = Buyer(node, tokens)
        buyer.start()
        for number in range(ROUNDS):
            time.sleep(0.3 + chance.random())
            if number % 2:
                node.kill(node.worker)
                node.start_worker()
            else:
                node.kill(node.web)
                node.start_web()
        time.sleep(1)
        buyer.over.set()
        buyer.join(60)
        _same(node, buyer)


def _same(node: Node, buyer: Buyer) -> None:

    lost = json.loads(node.python(ACKNOWLEDGED.format(wanted=json.dumps(buyer.seen))))
    assert lost == {"quotes": [], "orders": [], "reports": 0}
    assert len(buyer.seen["orders"]) >= ROUNDS // 2
    assert node.cli("verify")["errors"] == []
