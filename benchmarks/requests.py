"""What is asked for: two products of 10 and 11 operations, in several lots, to several places."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Any

PRODUCTS: list[dict[str, Any]] = [
    {"item": "SPINDLE-HEAD"},
    {"item": "LA-80-DRIVE-UNIT", "options": {"screw-10": True, "motor-200": True, "motor-inline": True}},
]
QUANTITIES = (5, 12, 20, 35, 50)
PLACES = (
    {"country": "DE", "place": "Stuttgart"},
    {"country": "CN", "place": "Suzhou"},
    {"country": "DE", "place": "Hamburg"},
    {"country": "AT", "place": "Linz"},
)


def requests(count: int) -> list[dict[str, Any]]:
    """The same `count` requests each time; neighbours differ in product, lot and place."""
    rows = zip(cycle(PRODUCTS), cycle(QUANTITIES), cycle(PLACES), strict=False)
    return [{**product, "quantity": lot, "deliver_to": place} for product, lot, place in islice(rows, count)]
