"""`lianzao up`: the web and the worker as two processes, started, watched and stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import httpx
from django.conf import settings

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until the web must answer
GRACE = 10  # seconds for both to stop


class DidNotStart(Refused):
    code = "did-not-start"
    status = 503
    text = _("The platform did not start; the log above says why.")


class PortTaken(Refused):
    code = "port-taken"
    text = _("Port {port} is taken.")
    hint = _("another --port, or none to take the next free one")


def up(*, port: int, started: Callable[[], None]) -> None:
    """Run until told to stop, or until one of the two ends; then stop the other. `started` is called when all is well.

    Raises PortTaken, DidNotStart.
    """
    chosen = _free(port) if port else _next_free(settings.NODE["PORT"])
    environment = {**os.environ, "PORT": str(chosen), "DJANGO_SETTINGS_MODULE": "lianzao.node.settings"}
    processes = [
        subprocess.Popen(_web(chosen), env=environment),
        subprocess.Popen([sys.executable, "-m", "lianzao.node.worker", "worker-0"], env=environment),
    ]
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, _interrupt)
    try:
        _wait_until_well(chosen, processes)
        print(f"\n  Lianzao  http://localhost:{chosen}\n", flush=True)
        started()
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
    except KeyboardInterrupt:
        pass
    finally:
        _stop(processes)


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _web(port: int) -> list[str]:
    static = Path(settings.PACKAGE, "web", "static")
    arguments = ["--interface", "asgi", "--no-ws", "--host", HOST, "--port", str(port), "--workers", "1"]
    served = ["--static-path-route", "/static", "--static-path-mount", str(static)]
    quiet = ["--workers-kill-timeout", "5", "--respawn-failed-workers", "--no-access-log", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *arguments, *served, *quiet, "lianzao.node.asgi:app"]


def _wait_until_well(port: int, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            break
        try:
            if httpx.get(f"http://{HOST}:{port}/healthz", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise DidNotStart()


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def _free(port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise PortTaken(port=port, at="port") from None
    return port


def _next_free(port: int) -> int:
    for candidate in range(port, min(port + 100, 65536)):
        try:
            return _free(candidate)
        except PortTaken:
            continue
    raise PortTaken(port=port, at="port")
