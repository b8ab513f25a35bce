"""Products in use: meter and passport."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianzao.aftercare import actions, queries
from lianzao.aftercare.answers import meter_json
from lianzao.aftercare.meter_file import read_meter
from lianzao.aftercare.passport import passport_json
from lianzao.node.cli.common import As, Json, read, refusing, say, viewer


@refusing
def meter(
    file: Annotated[Path, typer.Argument(help="CSV with serial (or product), at, hours; - reads standard input.")],
    as_: As = "",
    json: Json = False,
) -> None:
    """Take in meter readings; each hour is billed once.  Example: lianzao meter readings.csv --as buyer --json"""
    who = viewer(as_)
    say(meter_json(actions.meter(file=read_meter(read(file)), viewer=who), who), as_json=json)


@refusing
def passport(
    ref: Annotated[str, typer.Argument(help="A product's reference or serial, or its order's.", metavar="REF")],
    as_: As = "",
    json: Json = False,
) -> None:
    """The passport of a delivered product.  Example: lianzao passport SERIAL --as buyer --json"""
    who = viewer(as_)
    say(passport_json(queries.product(ref, who), who), as_json=json)
