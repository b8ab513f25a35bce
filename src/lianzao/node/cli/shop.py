"""A shop's own past: import its log as a site, take that back, replay the log as if live."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.node.cli.common import As, Json, read, refusing, say, viewer
from lianzao.production import actions
from lianzao.production.replays import replay_file

imports = typer.Typer(
    no_args_is_help=True, help="Bring a shop's own data in.  Example: lianzao import joblog log.csv --site NAME"
)
replays = typer.Typer(
    no_args_is_help=True, help="Walk through a shop's past as if live.  Example: lianzao replay joblog log.csv"
)
FILE = "A production log as CSV, one row per report; - reads standard input."


@imports.command("joblog")
@refusing
def import_joblog(
    file: Annotated[Path | None, typer.Argument(help=FILE)] = None,
    site: Annotated[str, typer.Option(help="What the site is to be called.", metavar="NAME")] = "",
    undo: Annotated[str, typer.Option(help="Take an import back whole.", metavar="ID")] = "",
    as_: As = "",
    json: Json = False,
) -> None:
    """A site learnt from its log.  Example: lianzao import joblog log.csv --site "Hall 1" --json"""
    who = viewer(as_)
    if undo:
        if file or site:
            raise Refused(_("Either import a file or undo an import."), at="undo", accepted="--undo ID")
        say(actions.undo(undo, who), as_json=json, words=_import_words)
        return
    if file is None or not site:
        raise Refused(_("Say which file, and what its site is called."), at="site", accepted="FILE --site NAME")
    say(actions.import_log(read(file), site, who), as_json=json, words=_import_words)


@replays.command("joblog")
@refusing
def replay_joblog(
    file: Annotated[Path, typer.Argument(help=FILE)],
    first: Annotated[str, typer.Option("--from", help="First day of release.", metavar="DATE")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day of release.", metavar="DATE")] = "",
    json: Json = False,
) -> None:
    """Promise each order from what was known at its release, and score it.  Example: lianzao replay joblog log.csv"""
    say(replay_file(read(file), first, last), as_json=json, words=_replay_words)


def _import_words(answer: dict[str, Any]) -> Iterator[str]:
    taken = "taken back" if answer.get("undone") else "imported"
    yield f"{answer['site']}: {taken}   import {answer['import_id']}"
    yield f"  {answer['resources']} resources, {answer['parts']} parts, {answer['routings']} routings"
    yield f"  {answer['rows_used']} of {answer['rows_read']} rows used"
    for reason, count in answer["rows_left"].items():
        yield f"    {count:>6} left: {reason}"


def _replay_words(answer: dict[str, Any]) -> Iterator[str]:
    total, rule = answer["total"], answer["total"]["reference"]
    yield f"{len(answer['orders'])} orders promised, {total['scored']} scored, in {answer['took_s']} s"
    yield f"  crps30 {total['crps30']} days, by Kaplan–Meier alone {rule['crps30']}: skill {total['skill']}"
    yield f"  P80 kept {total['p80_kept']}, median {total['p80_median_days']} days"
    for days, share in total["calibration"].items():
        yield f"  promised less real share within {days} days: {share}"
