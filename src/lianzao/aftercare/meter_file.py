"""A file of meter readings: CSV as whatever reads the meters exports it.

Columns, in any order and beside any others: `serial` (serial number) or `product` (ref or serial number), `at`
(ISO 8601, without a zone in UTC), `hours` (what the counter shows). Separated by comma, semicolon or tab, in UTF-8,
UTF-16, GB18030 or Windows Latin, decimals with point, or with comma where that separates no cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lianzao.aftercare.counting import Reading
from lianzao.base.messages import _
from lianzao.base.refusals import Malformed
from lianzao.production.joblog.cells import Broken, moment
from lianzao.production.joblog.text import NotALog, decoded, records

LARGEST = 16 * 1024 * 1024  # bytes
MOST = Decimal(1_000_000)  # hours: a century; more is a slip of the finger
NEEDED = ("at", "hours")
NAMES = ("product", "serial")

_HOURS = re.compile(r"[+-]?(\d{1,12}(\.\d{0,12})?|\.\d{1,12})", re.ASCII)


class NotReadings(Malformed):
    """The file as a whole holds no readings; nothing of it was used."""

    code = "not-meter-readings"
    hint = _("a CSV file with the columns serial (or product), at, hours")


@dataclass(frozen=True, slots=True)
class Row:
    """One reading of the product called `product`, by its serial number or ref."""

    product: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class MeterFile:
    """The rows of a file: `read` = `len(rows)` + the sum of `left`, which counts rows by reason."""

    rows: tuple[Row, ...]
    read: int
    left: Mapping[str, int]


def read_meter(data: bytes) -> MeterFile:
    """Read the readings in `data`; a broken row only counts in `left`.

    Raises NotReadings where the file as a whole is none.
    """
    try:
        text = decoded(data, largest=LARGEST)
        lines = list(records(text))
    except NotALog as none:
        raise NotReadings(none.message, at=none.at, accepted=NotReadings.hint, **none.facts) from None
    header = [name.strip().strip('"').casefold() for name in lines[0]]
    columns = {name: header.index(name) for name in (*NEEDED, *NAMES) if name in header}
    missing = [name for name in NEEDED if name not in columns]
    if not any(name in columns for name in NAMES):
        missing.append("serial")
    if missing:
        raise NotReadings(_("These columns are missing: {columns}."), at="header", columns=missing)
    decimal_comma = "," not in text.lstrip().partition("\n")[0]
    rows: list[Row] = []
    left: Counter[str] = Counter()
    for cells in lines[1:]:
        try:
            if len(cells) != len(header):
                raise Broken("wrong-number-of-cells")
            rows.append(_row({name: cells[at].strip() for name, at in columns.items()}, decimal_comma=decimal_comma))
        except Broken as broken:
            left[broken.reason] += 1
    return MeterFile(tuple(rows), len(lines) - 1, dict(sorted(left.items())))


def _row(cells: Mapping[str, str], *, decimal_comma: bool) -> Row:
    product = cells.get("product") or cells.get("serial") or ""
    if not product:
        raise Broken("missing-product")
    if not cells["at"]:
        raise Broken("missing-time")
    return Row(product, Reading(moment(cells["at"]), _hours(cells["hours"], decimal_comma=decimal_comma)))


def _hours(text: str, *, decimal_comma: bool) -> Decimal:
    if not text:
        raise Broken("missing-hours")
    text = text.replace(",", ".") if decimal_comma else text
    if not _HOURS.fullmatch(text):
        raise Broken("bad-hours")
    hours = Decimal(text)
    if hours < 0:
        raise Broken("negative-hours")
    if hours > MOST:
        raise Broken("bad-hours")
    return abs(hours).quantize(Decimal("0.001"), ROUND_HALF_UP)
