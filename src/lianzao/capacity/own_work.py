"""Reading own work from a file: CSV or iCalendar (RFC 5545), right as a whole or refused with the place. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

import icalendar

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

DAY = 86_400
MOST_BYTES = 2_000_000
MOST_ROWS = 20_000
LONGEST = 366 * DAY
HORIZON = 3 * 366 * DAY  # before and after now
MOST_UNITS = 10_000
SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
COLUMNS = {
    "resource": ("resource", "machine", "maschine", "ressource", "arbeitsplatz", "设备", "资源"),
    "start": ("start", "starts", "from", "beginn", "von", "开始"),
    "end": ("end", "ends", "to", "ende", "bis", "结束"),
    "units": ("units", "count", "anzahl", "台数", "数量"),
    "label": ("label", "name", "order", "bezeichnung", "auftrag", "名称", "订单"),
}
TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%d.%m.%Y %H:%M")
CSV_ACCEPTED = _("a table with the columns resource, start, end and perhaps units, label; times as 2026-11-25 08:00")
ICALENDAR_ACCEPTED = _("single events with beginning and end, and the machine as location")


class WrongOwnWork(Refused):
    code = "wrong-own-work"
    text = _("This is no list of own work.")
    hint = CSV_ACCEPTED


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One piece of own work, seconds UTC; `at` is its place in the file."""

    resource: str
    starts: int
    ends: int
    units: int
    label: str
    at: str


def source_name(text: str) -> str:
    """The short name under which a file's work is kept and replaced.

    Raises WrongOwnWork.
    """
    if not SOURCE.fullmatch(text):
        raise WrongOwnWork(
            _("This name of a source cannot be."),
            at="source",
            accepted=_("letters, digits, dots and dashes, at most 40"),
        )
    return text


def read_own_work(content: bytes, *, zone: str, country: str, resource: str, now: int) -> list[OwnRow]:
    """The rows of a CSV table or an iCalendar file; times without a zone are those of `zone`.

    `country` tells which encoding a table has that is not UTF-8; `resource` is where events belong that name none.
    Raises WrongOwnWork.
    """
    if len(content) > MOST_BYTES:
        raise WrongOwnWork(_("This file is too large."), at="file", accepted=_("at most 2 MB"))
    text = _text(content, country)
    local = ZoneInfo(zone)
    events = text.lstrip("\ufeff \r\n\t")[:15].upper().startswith("BEGIN:VCALENDAR")
    rows = _events(text, local, resource) if events else _table(text, local)
    found = list(islice(rows, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise WrongOwnWork(_("This file has too many rows."), at="file", accepted=_("at most 20,000 rows"))
    for row in found:
        check_times(row.starts, row.ends, at=row.at, now=now)
    return found


def check_times(starts: int, ends: int, *, at: str, now: int) -> None:
    """Raises WrongOwnWork for work that ends before it begins, lasts over a year or lies years away."""
    if not 0 < ends - starts <= LONGEST:
        raise WrongOwnWork(_("Work must end after it begins."), at=at, accepted=_("an end within a year of the start"))
    if not now - HORIZON < starts < now + HORIZON:
        raise WrongOwnWork(_("This time is too far away."), at=at, accepted=_("a time within three years"))


def _text(content: bytes, country: str) -> str:
    if b"\x00" in content[:1000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongOwnWork(at="file")
    guesses = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig"]
    for encoding in [*guesses, "gb18030" if country == "CN" else "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongOwnWork(_("The characters of this file cannot be read."), at="file", accepted="UTF-8, GB18030")


def _table(text: str, zone: tzinfo) -> Iterator[OwnRow]:
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        columns = _columns(next(lines, []))
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield _row(cells, columns, zone, f"row {lines.line_num}")
    except csv.Error:
        raise WrongOwnWork(_("This table cannot be read."), at=f"row {lines.line_num}") from None


def _columns(head: list[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in head]
    found = {
        column: next(names.index(word) for word in words if word in names)
        for column, words in COLUMNS.items()
        if any(word in names for word in words)
    }
    missing = [column for column in ("resource", "start", "end") if column not in found]
    if missing:
        raise WrongOwnWork(_("The column “{column}” is missing."), at="row 1", column=missing[0])
    return found


def _row(cells: list[str], columns: Mapping[str, int], zone: tzinfo, at: str) -> OwnRow:
    def cell(column: str) -> str:
        place = columns.get(column, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    units = cell("units") or "1"
    if not (units.isascii() and units.isdigit() and len(units) <= 5 and 1 <= int(units) <= MOST_UNITS):
        raise WrongOwnWork(_("So many machines cannot be."), at=f"{at}, units", accepted=_("a whole number from 1"))
    return OwnRow(
        resource=cell("resource"),
        starts=_moment(cell("start"), zone, f"{at}, start"),
        ends=_moment(cell("end"), zone, f"{at}, end"),
        units=int(units),
        label=_label(cell("label")),
        at=at,
    )


def _moment(text: str, zone: tzinfo, at: str) -> int:
    for form in TIMES:
        try:
            return int(datetime.strptime(text[:25], form).replace(tzinfo=zone).timestamp())
        except (ValueError, OverflowError):
            continue
    try:
        read = datetime.fromisoformat(text[:40])
        return int((read if read.tzinfo else read.replace(tzinfo=zone)).timestamp())
    except (ValueError, OverflowError):
        raise WrongOwnWork(_("“{text}” is no time."), at=at, text=text[:40]) from None


def _events(text: str, zone: tzinfo, resource: str) -> Iterator[OwnRow]:
    try:
        calendar = icalendar.Calendar.from_ical(text)
    except Exception:  # the parser of a foreign file may fail in any way
        raise WrongOwnWork(_("This calendar file cannot be read."), at="file", accepted=ICALENDAR_ACCEPTED) from None
    for number, event in enumerate(calendar.walk("VEVENT"), start=1):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        at = f"event {number}"
        if "RRULE" in event or "RDATE" in event:
            raise WrongOwnWork(_("This event repeats."), at=at, accepted=ICALENDAR_ACCEPTED)
        try:
            starts, ends = _span(event, zone)
        except Exception:  # as above: values are read only now
            raise WrongOwnWork(_("This event has no beginning and end."), at=at, accepted=ICALENDAR_ACCEPTED) from None
        name = str(event.get("LOCATION", "")).strip() or resource
        yield OwnRow(name, starts, ends, 1, _label(str(event.get("SUMMARY", ""))), at)


def _span(event: icalendar.cal.Component, zone: tzinfo) -> tuple[int, int]:
    """Start and end as seconds UTC; a day without hours is the whole local day."""
    begin = event.decoded("DTSTART")
    if "DTEND" in event:
        end = event.decoded("DTEND")
    elif "DURATION" in event:
        end = begin + event.decoded("DURATION")
    else:
        end = begin + timedelta(days=1)
    return _seconds(begin, zone), _seconds(end, zone)


def _seconds(value: date | datetime, zone: tzinfo) -> int:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time(), zone)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC).timestamp())


def _label(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:150]
