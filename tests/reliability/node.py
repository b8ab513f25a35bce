"""A node of its own for a test: a temporary home, real processes, killed or stopped at will."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]


class Node:
    """Web and worker on `home`, on SQLite there or on the PostgreSQL of DATABASE_URL."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        self.environment = {**os.environ, "LIANZAO_HOME": str(home), "PORT": str(self.port)}
        self.environment |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "lianzao.node.settings"}
        self.url = f"http://127.0.0.1:{self.port}"
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def cli(self, *arguments: str) -> Any:
        """The JSON that a command answers; its exit code must be 0."""
        done = self._run("-m", "lianzao.node.cli", *arguments, "--json")
        return json.loads(done.stdout)

    def python(self, script: str) -> str:
        """What `script` prints in this node's settings."""
        return self._run("-c", "import django; django.setup()\n" + script).stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done

    def start_web(self) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "1", "--workers-kill-timeout", "5", "--log-level", "warning"]
        self.web = subprocess.Popen(
            [*command, "lianzao.node.asgi:app"],
            env=self.environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/healthz", timeout=5).json()["database"] == "ok":
                    return
            time.sleep(0.05)
        raise AssertionError("the web did not start")

    def start_worker(self) -> None:
        command = [sys.executable, "-m", "lianzao.node.worker", "worker-0"]
        self.worker = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL, start_new_session=True)

    def kill(self, process: subprocess.Popen[bytes] | None) -> None:
        """kill -9 the process and its children."""
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait()

    def close(self) -> None:
        self.kill(self.web)
        self.kill(self.worker)


@contextlib.contextmanager
def running(home: Path, *, worker: bool = False) -> Iterator[Node]:
    """A node with the small cast of tests in its database, its web answering."""
    node = Node(home)
    node.python("from lianzao.node import database; database.prepare()\nfrom tests.cast import Cast; Cast.create()")
    try:
        node.start_web()
        if worker:
            node.start_worker()
        yield node
    finally:
        node.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
