"""Small made-up logs for tests."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

COLUMNS = (
    "row",
    "case",
    "activity",
    "resource",
    "start",
    "finish",
    "ts_quality",
    "start_lo",
    "start_hi",
    "minutes",
    "span_min_as_logged",
    "order_qty",
    "part",
    "worker",
    "report_type",
    "qty_completed",
    "qty_rejected",
    "qty_mrb",
    "rework",
)
FIRST = datetime(2021, 3, 1, 8, tzinfo=UTC)


def line(**cells: object) -> dict[str, str]:
    """A sound row of which `cells` are changed."""
    row = {
        "row": "1",
        "case": "A-1",
        "activity": "Turning - Lathe 1",
        "resource": "Lathe 1",
        "start": "2021-03-01 08:00:00",
        "finish": "2021-03-01 10:00:00",
        "ts_quality": "exact",
        "order_qty": "10",
        "part": "Shaft",
        "worker": "W1",
        "report_type": "D",
        "qty_completed": "10",
        "qty_rejected": "0",
        "qty_mrb": "0",
    }
    return {column: str(cells.get(column, row.get(column, ""))) for column in COLUMNS}


def file(rows: list[dict[str, str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    lines = [delimiter.join(COLUMNS), *(delimiter.join(row[column] for column in COLUMNS) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def shop(orders: int, *, seed: int = 1, per_day: float = 2.0) -> list[dict[str, str]]:
    """A shop where shafts take about 5 days and housings about 20, from turning to packing."""
    chance, rows, number = random.Random(seed), [], 0
    for order in range(orders):
        part = chance.choice(("Shaft", "Housing"))
        quantity = chance.choice((5, 10, 50))
        begins = FIRST + timedelta(days=order / per_day, minutes=chance.randrange(400))
        lasts = timedelta(days=(5 if part == "Shaft" else 20) * chance.uniform(0.6, 1.4))
        steps = (
            ("Turning - Lathe 1", "Lathe 1", 0.0, "S", 0),
            ("Turning - Lathe 1", "Lathe 1", 0.1, "D", quantity),
            ("Final Inspection Q.C.", "Inspectors", 0.95, "D", quantity),
            ("Packing", "Packing", 1.0, "D", quantity),
        )
        for activity, resource, share, kind, made in steps:
            number += 1
            start = begins + lasts * share
            rows.append(
                line(
                    row=number,
                    case=f"O-{order}",
                    activity=activity,
                    resource=resource,
                    start=start.strftime("%Y-%m-%d %H:%M:%S"),
                    finish=(start + timedelta(minutes=45)).strftime("%Y-%m-%d %H:%M:%S"),
                    order_qty=quantity,
                    part=part,
                    report_type=kind,
                    qty_completed=made,
                )
            )
    return rows
