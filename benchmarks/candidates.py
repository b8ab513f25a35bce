"""Inside the node's database: fill the candidates of the requests, and count what a promise reads of them.

`main` runs in the settings of the node that is measured and prints JSON.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import Any

from django.db import connection, transaction

from benchmarks.requests import requests
from lianzao.base import clock
from lianzao.base.calendars import Interval, within
from lianzao.capacity.availability import DAY, availability
from lianzao.capacity.decisions import Load
from lianzao.capacity.models import Booking
from lianzao.network.models import Resource
from lianzao.node.cli.common import viewer
from lianzao.production.inquiries import inquire
from lianzao.trade.candidates import Candidate, candidates
from lianzao.trade.demand import demand
from lianzao.trade.requests import read_request

LOADED = 0.85
AHEAD = 28 * DAY
FROM = re.compile(r'FROM "(\w+)"')


def main() -> None:
    bodies = [json.dumps(each).encode() for each in requests(20)]
    asked = [_candidates(body) for body in bodies]
    rows = {each.resource.id: each.resource for able in asked for many in able.values() for each in many}
    added = _fill(list(rows.values()))
    loads = _loads(list(rows.values()))
    for body in bodies:
        inquire(body, viewer("buyer"), time.perf_counter())
    read = [_read(body, able) for body, able in zip(bodies, asked, strict=True)]
    answer = {
        "bookings": Booking.objects.count(),
        "of_them_added": added,
        "resources": Resource.objects.count(),
        "candidates": len(rows),
        "least_loaded": round(min(loads), 3),
        "mean_load": round(sum(loads) / len(loads), 3),
        "fewest_modes": min(len(many) for able in asked for many in able.values()),
        "fewest_sites": min(len({_site(each) for each in many}) for able in asked for many in able.values()),
        "queries": max(each["queries"] for each in read),
        "rows": {table: max(each["rows"].get(table, 0) for each in read) for table in sorted(_tables(read))},
        "resources_read": max(each["resources"] for each in read),
        "others_read": max(each["others"] for each in read),
    }
    print(json.dumps(answer))


def _candidates(body: bytes) -> dict[str, Sequence[Candidate]]:
    who = viewer("buyer")
    return candidates(demand(read_request(body), who), who, today=clock.now().date(), binding=False)


def _site(each: Candidate) -> int:
    return each.resource.work_centre.site_id


def _room(row: Resource, open_time: Sequence[Interval], busy: Sequence[Load]) -> list[Load]:
    """The open time of the next four weeks with the units that are free in it."""
    now = clock.seconds()
    window = within(open_time, now, now + AHEAD)
    change = Counter({start: 0 for start, _end in window})
    for start, end, units in busy:
        change[start] += units
        change[end] -= units
    room, taken = [], 0
    for start, end in pairwise(sorted({*change, now, now + AHEAD})):
        taken += change[start]
        room += [(a, b, row.capacity - taken) for a, b in within(window, start, end)]
    return room


def _rooms(rows: Sequence[Resource]) -> Iterator[tuple[Resource, list[Load], float]]:
    """Each resource with its free time and its load, 0 to 1."""
    now = clock.seconds()
    times = availability(rows, now=now, until=now + AHEAD)
    for row in rows:
        room = _room(row, times[row.id].open, times[row.id].busy)
        whole = sum((end - start) * row.capacity for start, end, _free in room)
        yield row, room, 1 - sum((end - start) * free for start, end, free in room) / whole


def _loads(rows: Sequence[Resource]) -> list[float]:
    return [load for _row, _room, load in _rooms(rows)]


def _fill(rows: Sequence[Resource]) -> int:
    """Book jobs of the owners' own into free time, until each resource is loaded; how many."""
    now, made = clock.seconds(), []
    for row, room, load in _rooms(rows):
        whole = sum((end - start) * row.capacity for start, end, _free in room)
        missing = (LOADED - load) * whole
        for start, end, free in room:
            if missing > 0 and free:
                until = min(end, start + ceil(missing / free))
                made.append(_job(row, start, until, free, now))
                missing -= (until - start) * free
    with transaction.atomic():
        Booking.objects.bulk_create(made)
    return len(made)


def _job(row: Resource, start: int, end: int, units: int, now: int) -> Booking:
    return Booking(resource=row, starts=start, ends=end, units=units, kind=Booking.Kind.OWN, booked_at=now)


def _read(body: bytes, able: dict[str, Sequence[Candidate]]) -> dict[str, Any]:
    """What one promise reads: queries, rows by table, resources whose bookings are read, and those no candidate."""
    seen: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((sql, params))
        return execute(sql, params, many, context)

    who = viewer("buyer")
    with connection.execute_wrapper(note):
        inquire(body, who, time.perf_counter())
    rows: dict[str, int] = {}
    resources: set[int] = set()
    with connection.cursor() as cursor:
        for sql, params in seen:
            found = cursor.execute(sql, params).fetchall()
            table = FROM.findall(sql)[0]
            rows[table] = rows.get(table, 0) + len(found)
            if table == Booking._meta.db_table:
                resources |= {row[0] for row in found}
    others = resources - {each.resource.id for many in able.values() for each in many}
    return {"queries": len(seen), "rows": rows, "resources": len(resources), "others": len(others)}


def _tables(read: Sequence[dict[str, Any]]) -> set[str]:
    return {table for each in read for table in each["rows"]}
