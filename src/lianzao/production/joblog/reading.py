"""A shop's production log: from the bytes of its file to reports, every row either used or left for a named reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lianzao.base.messages import _
from lianzao.engines.observe import Kind, Report
from lianzao.production.joblog.cells import DAY, Broken, moment, number
from lianzao.production.joblog.orders import as_known
from lianzao.production.joblog.text import LARGEST, NotALog, decoded, records

NEEDED = ("case", "activity", "resource", "start", "finish", "order_qty", "part", "qty_completed")
OPTIONAL = (
    "row", "ts_quality", "start_hi", "minutes", "report_type", "qty_rejected", "qty_mrb", "rework",
)  # fmt: skip
KINDS = {"S": Kind.SETUP, "D": Kind.RUN, "": Kind.RUN, "B": Kind.UNEXPLAINED}
LONGEST = 92 * DAY  # a report that spans more than a season has a slip in its year
YEAR = 366 * DAY
FEW = 100  # one row in so many may lie apart
YES = {"y", "yes", "1", "true", "ja", "是"}


@dataclass(frozen=True, slots=True)
class Log:
    """The rows of a file: `read` = `len(reports)` + the sum of `left`, which counts rows by reason.

    `reports` stand in the order in which they became known, whatever their order in the file.
    """

    reports: tuple[Report, ...]
    read: int
    left: Mapping[str, int]


def read(data: bytes, *, largest: int = LARGEST) -> Log:
    """Read a log of columns NEEDED and, where there, OPTIONAL, in any order and beside any others.

    Raises NotALog where the file as a whole is none; a broken row only counts in `left`.
    """
    text = decoded(data, largest=largest)
    rows = records(text)
    header = [name.strip().strip('"').casefold() for name in next(rows)]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise NotALog(_("These columns are missing: {columns}."), at="header", columns=", ".join(missing))
    columns = {name: header.index(name) for name in (*NEEDED, *OPTIONAL) if name in header}
    decimal_comma = "," not in text.partition("\n")[0]
    reports: list[Report] = []
    left: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for cells in rows:
        try:
            if len(cells) != len(header):
                raise Broken("wrong-number-of-cells")
            row = {name: cells[column].strip() for name, column in columns.items()}
            report = _report(row, decimal_comma=decimal_comma)
            if row.get("row") and tuple(cells) in seen:
                raise Broken("repeated")
        except Broken as broken:
            left[broken.reason] += 1
        else:
            seen.add(tuple(cells))
            reports.append(report)
    count = len(reports) + left.total()
    kept = _together(sorted(reports, key=as_known))
    if len(kept) < len(reports):
        left["far-from-the-rest"] = len(reports) - len(kept)
    return Log(tuple(kept), count, dict(sorted(left.items())))


def _together(reports: list[Report]) -> list[Report]:
    """Without the few reports that lie more than a year before or after all others: slips in the year.

    One such row would make every other order look silent for years.
    """
    few = len(reports) // FEW
    first, last = 0, len(reports)
    for at in range(1, len(reports)):
        if reports[at].known - reports[at - 1].known > YEAR:
            if at <= few:
                first = at
            elif len(reports) - at <= few:
                last = min(last, at)
    return reports[first:last]


def _report(row: Mapping[str, str], *, decimal_comma: bool) -> Report:
    for name, reason in (("case", "order"), ("resource", "resource"), ("activity", "activity"), ("part", "part")):
        if not row[name]:
            raise Broken(f"missing-{reason}")
    kind = KINDS.get(row.get("report_type", "").upper())
    if kind is None:
        raise Broken("unknown-report-type")
    began, ended, known, timed = _times(row)
    pieces = number(row["order_qty"], decimal_comma=decimal_comma)
    if pieces == 0:
        raise Broken("no-order-quantity")
    rejected = sum(number(row.get(name, ""), decimal_comma=decimal_comma) for name in ("qty_rejected", "qty_mrb"))
    return Report(
        order=row["case"],
        part=row["part"],
        order_quantity=pieces,
        activity=row["activity"],
        resource=row["resource"],
        began=began,
        ended=ended,
        known=known,
        timed=timed,
        minutes=_minutes(row, decimal_comma=decimal_comma, span=(ended - began) / 60 if timed else None),
        kind=kind,
        good=number(row["qty_completed"], decimal_comma=decimal_comma),
        rejected=rejected,
        rework=row.get("rework", "").casefold() in YES,
    )


def _times(row: Mapping[str, str]) -> tuple[int, int, int, bool]:
    """Began, ended, known, and whether work filled the time between.

    A *placeholder* names a day and invents the hours: known when its day ends. A *bracketed* row says only that it
    happened by an upper bound. Others (*exact*, and *ambiguous*, where two rows may have changed places) are
    as written.
    """
    quality = row.get("ts_quality", "").casefold()
    if quality == "bracketed":
        if not row.get("start_hi"):
            raise Broken("missing-time")
        bound = moment(row["start_hi"])
        return bound, bound, bound, False
    if quality not in {"", "exact", "ambiguous", "placeholder"}:
        raise Broken("unknown-time-quality")
    if not row["start"] or not row["finish"]:
        raise Broken("missing-time")
    began, ended = moment(row["start"]), moment(row["finish"])
    if ended < began:
        raise Broken("finish-before-start")
    if ended - began > LONGEST:
        raise Broken("too-long")
    if quality == "placeholder":
        day_ends = began - began % DAY + DAY
        return began, day_ends, day_ends, False
    return began, ended, ended, True


def _minutes(row: Mapping[str, str], *, decimal_comma: bool, span: float | None) -> float | None:
    """Minutes worked: as written, else the span of a timed row; none on a placeholder, whose span is invented."""
    if row.get("ts_quality", "").casefold() == "placeholder":
        return None
    written = number(row.get("minutes", ""), decimal_comma=decimal_comma)
    return written or span or None
