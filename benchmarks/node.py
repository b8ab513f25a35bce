"""A node to be measured: the demo of a given size in a temporary home, its own web and worker."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.reliability.node import Node as Processes

FACTORIES = 200
SEED = 1


class Node(Processes):
    """A node whose web process is watched."""

    def web_seconds(self) -> float:
        """Processor time so far of the web's processes; Linux tells it."""
        assert self.web is not None
        rows = [row for row in map(_stat, Path("/proc").glob("[0-9]*/stat")) if row[3:4] == [str(self.web.pid)]]
        return sum(int(row[11]) + int(row[12]) for row in rows) / os.sysconf("SC_CLK_TCK")


def _stat(path: Path) -> list[str]:
    """The fields after the name of a process (man 5 proc), none when it has ended."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


@contextlib.contextmanager
def loaded(operations: int) -> Iterator[Node]:
    """A node that is not started, with the demo of 200 factories and `operations` bookings in its database."""
    with tempfile.TemporaryDirectory(prefix="lianzao-") as home:
        node = Node(Path(home))
        node.environment.pop("DATABASE_URL", None)
        node.cli("demo", "--factories", str(FACTORIES), "--operations", str(operations), "--seed", str(SEED))
        try:
            yield node
        finally:
            node.close()


@contextlib.contextmanager
def started(node: Node) -> Iterator[None]:
    """Fresh processes, until both are well by /healthz."""
    node.start_worker()
    try:
        node.start_web()
        deadline = time.monotonic() + 60
        while httpx.get(f"{node.url}/healthz", timeout=30).status_code != 200:
            if time.monotonic() > deadline:
                raise TimeoutError("the node is not well")
            time.sleep(0.1)
        yield
    finally:
        node.close()


def client(node: Node, login: str = "buyer") -> httpx.Client:
    """HTTP with a bearer token of `login`, one kept connection."""
    token = node.cli("token", "--as", login)["token"]
    return httpx.Client(base_url=f"{node.url}/api", headers={"Authorization": f"Bearer {token}"}, timeout=60)


def quantile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of `values` do not exceed."""
    return sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]
