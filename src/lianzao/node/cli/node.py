"""The node itself: up, demo, token, backup, restore, verify, doctor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings

from lianzao.base import clock
from lianzao.node import backups, diagnosis, supervisor
from lianzao.node.cli.common import As, Json, refusing, say, talking, viewer
from lianzao.node.demo import load
from lianzao.node.demo.report import SignIn
from lianzao.node.showing import show
from lianzao.trust.actions import give_token
from lianzao.trust.models import User
from lianzao.trust.viewer import Viewer


@refusing
def up(
    demo_network: Annotated[
        bool, typer.Option("--demo", help="Load the demo network first and show a promise.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port; 0 takes the setting PORT, or the next free one.")] = 0,
) -> None:
    """Start the platform: web and worker, one log; stop both with Ctrl-C.  Example: lianzao up"""
    logins: Sequence[SignIn] = ()
    if demo_network:
        with talking("Loading the demo network …"):
            logins = load().logins
    supervisor.up(port=port, started=lambda: show(logins) if logins else None)


@refusing
def demo(
    factories: Annotated[int, typer.Option(min=5, max=2000, help="How many factories.")] = 40,
    operations: Annotated[int | None, typer.Option(min=0, max=2_000_000, help="How many booked operations.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same network.")] = 1,
    json: Json = False,
) -> None:
    """Load the demo network (simulated) and print a login for each role.  Example: lianzao demo --json"""
    report = load(factories=factories, operations=operations, seed=seed)
    say(report.as_json(), as_json=json, words=_demo_words)


@refusing
def token(as_: As = "", json: Json = False) -> None:
    """A bearer token for the API, shown once.  Example: lianzao token --as buyer --json"""
    who = viewer(as_)
    text, expires = give_token(user=User.objects.get(ref=who.ref), hours=settings.NODE["TOKEN_HOURS"], actor=Viewer())
    say({"token": text, "expires_at": clock.iso(expires)}, as_json=json)


@refusing
def backup(file: Annotated[Path, typer.Argument(help="Where the backup goes.")], json: Json = False) -> None:
    """A consistent copy of the data, without keys, while the platform runs.  Example: lianzao backup node.zip"""
    say(backups.backup(file), as_json=json)


@refusing
def restore(file: Annotated[Path, typer.Argument(help="A backup.")], json: Json = False) -> None:
    """Put a backup into an empty database.  Example: DATABASE_URL=… lianzao restore node.zip"""
    say(backups.restore(file), as_json=json)


@refusing
def verify(
    head: Annotated[str, typer.Option(help="A head kept elsewhere, to be found in the chain.")] = "",
    json: Json = False,
) -> None:
    """Is the ledger whole, do the guards stand, is nothing overbooked?  Example: lianzao verify --json"""
    found = diagnosis.verify(head or None)
    say(found, as_json=json)
    if found["errors"]:
        raise typer.Exit(1)


@refusing
def doctor(json: Json = False) -> None:
    """What this node has and lacks.  Example: lianzao doctor"""
    found = diagnosis.doctor()
    say(found, as_json=json)
    if not found["well"]:
        raise typer.Exit(1)


def _demo_words(report: dict[str, Any]) -> Iterator[str]:
    for name, count in report.items():
        if isinstance(count, int) and not isinstance(count, bool):
            yield f"{count:>8} {name}"
    for each in report["logins"]:
        yield f"{each['role']:<10} {each['login']:<16} {each['password']}"
