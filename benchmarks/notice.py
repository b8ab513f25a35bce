"""How long from a report to the buyer's notice: `python -m benchmarks.notice`, on the demo with 5,000 operations.

The last shipment of an order leaves days before its time; that moves the forecast, and a moved forecast is told. The
clock runs from sending the report over HTTP until a notice of it lies in the inbox.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing

import httpx

from benchmarks.node import Node, loaded, quantile, started

ORDERS = 40
PATIENCE = 30  # seconds
PAUSE = 0.3  # between two reports, seconds
MOVED = "SELECT count(*) FROM notices_notice WHERE kind = 'trade.order.forecast-moved' AND about = ?"
WAITING = "SELECT count(*) FROM ledger_event LEFT JOIN ledger_seal ON event_id = ledger_event.id WHERE seq IS NULL"


def main() -> None:
    with loaded(5_000) as node:
        shipments = json.loads(node.python(f"from benchmarks.orders import main; main({ORDERS})"))
        with started(node), closing(sqlite3.connect(node.home / "data" / "lianzao.db")) as rows:
            _settle(rows)
            took = [_seconds(node, rows, **each) for each in shipments]
    print(f"{len(took)} reports: notice after p50 {quantile(took, 0.5):.2f} s, p95 {quantile(took, 0.95):.2f} s")


def _settle(rows: sqlite3.Connection) -> None:
    """Until the followers have done with what came before: no event unsealed, and none new for three seconds."""
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < 3:
        (count,) = rows.execute("SELECT count(*) FROM ledger_event").fetchone()
        if count != seen or rows.execute(WAITING).fetchone() != (0,):
            seen, since = count, time.monotonic()
        time.sleep(0.1)


def _seconds(node: Node, rows: sqlite3.Connection, *, order: str, job: str, token: str) -> float:
    """From the report to one notice more about the order."""
    time.sleep(PAUSE)
    about = (f"order {order}",)
    before = rows.execute(MOVED, about).fetchone()
    began = time.monotonic()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"benchmark {job}"}
    httpx.post(f"{node.url}/api/report/{job}", json={"event": "ship"}, headers=headers).raise_for_status()
    while rows.execute(MOVED, about).fetchone() == before:
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError(f"no notice of order {order}")
        time.sleep(0.01)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
