"""How long a promise takes over HTTP: `python -m benchmarks.promise [OPERATIONS …]`, 5000 and 50000 unless told.

Each size is a node of its own. Printed in milliseconds: the first promise of a fresh process, then p50 and p95 warm,
with one client and with eight at once; before that what a promise reads, counted in the node's own process.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from benchmarks.node import Node, client, loaded, quantile, started
from benchmarks.requests import requests

FRESH = 5  # processes
WARM = 200  # promises
WARM_UP = 10
CLIENTS = 8


@dataclass(frozen=True)
class Measured:
    """Milliseconds; `cpu` is what the web process spends on a warm promise, whatever else the machine does."""

    first: list[float]
    one: list[float]
    eight: list[float]
    cpu: float


def main(sizes: list[int]) -> None:
    found = []
    for size in sizes:
        with loaded(size) as node:
            facts = json.loads(node.python("from benchmarks.candidates import main; main()"))
            found.append(measure(node))
        say(facts, found[-1])
    small, large = found[0], found[-1]
    growth = {f"p{share:.0%}"[:-1]: quantile(large.one, share) / quantile(small.one, share) for share in (0.5, 0.95)}
    growth["processor time"] = large.cpu / small.cpu
    if len(found) > 1:
        print(f"growth {sizes[0]} → {sizes[-1]}: " + ", ".join(f"{name} × {by:.2f}" for name, by in growth.items()))


def measure(node: Node) -> Measured:
    first = []
    for _ in range(FRESH):
        with started(node), client(node) as http:
            first.append(ask(http, requests(1)[0]))
    with started(node):
        with client(node) as http:
            for request in requests(WARM_UP):
                ask(http, request)
            before = node.web_seconds()
            one = [ask(http, request) for request in requests(WARM)]
            cpu = (node.web_seconds() - before) / WARM * 1000
        clients = [client(node) for _ in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as pool:
            shares = [(http, requests(WARM)[number::CLIENTS]) for number, http in enumerate(clients)]
            eight = [each for many in pool.map(ask_all, shares) for each in many]
        for http in clients:
            http.close()
    return Measured(first, one, eight, cpu)


def ask_all(share: tuple[httpx.Client, list[dict[str, Any]]]) -> list[float]:
    http, wanted = share
    return [ask(http, request) for request in wanted]


def ask(http: httpx.Client, request: dict[str, Any]) -> float:
    """Milliseconds until the whole answer is here."""
    began = time.perf_counter()
    answer = http.post("/promise", json=request)
    took = (time.perf_counter() - began) * 1000
    answer.raise_for_status()
    return took


def say(facts: dict[str, Any], measured: Measured) -> None:
    print(f"\n{facts['bookings']} booked operations ({facts['of_them_added']} added to load the candidates)")
    load = f"each loaded ≥ {facts['least_loaded']:.0%}, on the average {facts['mean_load']:.0%}"
    print(f"  {facts['candidates']} candidates of {facts['resources']} resources, {load}")
    print(f"  each operation ≥ {facts['fewest_modes']} modes at ≥ {facts['fewest_sites']} sites")
    print(
        f"  one promise: {facts['queries']} queries, {sum(facts['rows'].values())} rows, of them"
        f" {facts['rows']['capacity_booking']} bookings of {facts['resources_read']} resources;"
        f" {facts['others_read']} of these no candidates"
    )
    for name, values in (("first", measured.first), ("one client", measured.one), ("eight clients", measured.eight)):
        low, high = quantile(values, 0.5), quantile(values, 0.95)
        print(f"  {name:14} p50 {low:7.0f} ms   p95 {high:7.0f} ms   ({len(values)})")
    print(f"  processor time {measured.cpu:.0f} ms a promise", flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [5_000, 50_000])
