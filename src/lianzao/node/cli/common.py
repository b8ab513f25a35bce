"""What all commands share: who asks, how answers and refusals are said, how files are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

import typer
from django.db import IntegrityError, OperationalError
from django.utils import translation

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed, Refused
from lianzao.node import database
from lianzao.trust.queries import viewer_by_login
from lianzao.trust.viewer import Viewer
from lianzao.web.problems import problem

P = ParamSpec("P")
LARGEST = 64 << 20

As = Annotated[str, typer.Option("--as", help="Login of who asks; without it the node's owner.", metavar="LOGIN")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object or array.")]


def refusing(command: Callable[P, None]) -> Callable[P, None]:
    """Run a command on a ready database; a refusal is said as a problem object, exit 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            database.prepare()
            command(*args, **kwargs)
        except Refused as refused:
            fail(refused)
        except (OperationalError, IntegrityError) as error:
            fail(DatabaseAway(why=str(error).splitlines()[0][:200].replace("{", "(")))

    return run


class DatabaseAway(Refused):
    code = "database"
    status = 503
    text = _("The database cannot be used: {why}.")
    hint = _("a reachable DATABASE_URL")


def fail(refused: Refused) -> None:
    print(json.dumps(problem(refused), ensure_ascii=False), file=sys.stderr)
    raise typer.Exit(2)


def viewer(login: str) -> Viewer:
    """Who asks; answers are in his language from here on.

    Raises Absent.
    """
    found = viewer_by_login(login or database.OWNER)
    translation.activate("zh-hans" if found.language.startswith("zh") else found.language)
    return found


def read(path: Path) -> bytes:
    """The bytes of `path`, `-` for standard input.

    Raises Malformed when it is not a readable file or too large.
    """
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if str(path) == "-" else _file(path)
    except OSError as error:
        raise Malformed(
            _("The file “{path}” cannot be read: {why}."),
            at="file",
            accepted=_("a readable file"),
            path=str(path),
            why=error.strerror or "",
        ) from None
    if len(data) > LARGEST:
        raise Malformed(_("The file is too large."), at="file", accepted=_("at most 64 MiB"))
    return data


def _file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def say(answer: Any, *, as_json: bool, words: Callable[[Any], Iterator[str]] | None = None) -> None:
    """Print the answer: as JSON, or in words."""
    if as_json or words is None:
        print(json.dumps(answer, ensure_ascii=False, indent=None if as_json else 2))
        return
    for line in words(answer):
        print(line)


@contextmanager
def talking(text: str) -> Iterator[None]:
    """Say on stderr what takes long."""
    print(text, file=sys.stderr, flush=True)
    yield
