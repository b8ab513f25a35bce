"""The text and the cells in a file that a shop exported from whatever it uses."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed

LARGEST = 64 * 1024 * 1024  # bytes; a log of a million rows
LONGEST_LINE = 20_000  # characters
DELIMITERS = (",", ";", "\t")


class NotALog(Malformed):
    """The file as a whole is no production log; nothing of it was read."""

    code = "not-a-job-log"
    hint = _("a CSV file with one row per report and a line of column names, separated by comma, semicolon or tab")


def decoded(data: bytes, *, largest: int = LARGEST) -> str:
    """The text of `data` in UTF-8, UTF-16 with a mark, GB18030 or Windows Latin.

    Raises NotALog where it is too large, empty, or no text.
    """
    if len(data) > largest:
        raise NotALog(_("This file has more than {largest} bytes."), largest=largest)
    if not data.strip():
        raise NotALog(_("This file is empty."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data:
        raise NotALog(_("This file is not text."))
    else:
        text = _eight_bit(data)
    if "\0" in text:
        raise NotALog(_("This file is not text."))
    return text


def _eight_bit(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if _looks_chinese(data):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return data.decode("cp1252", errors="replace")


def _looks_chinese(data: bytes) -> bool:
    """Chinese characters are runs of an even number of high bytes; accented Latin letters mostly stand alone."""
    runs = [len(run) for run in data.translate(_HIGH).split()]
    return sum(run for run in runs if run % 2 == 0) * 2 > sum(runs)


_HIGH = bytes(0x20 if byte < 0x80 else 0x78 for byte in range(256))


def records(text: str) -> Iterator[list[str]]:
    """The cells of each line that is not blank, the line of column names first.

    Lines are read one by one, so that a stray quotation mark spoils its own line and not all that follow.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    if not first.count(delimiter):
        raise NotALog(_("The first line holds no column names."))
    for line in lines:
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            raise NotALog(_("A line has more than {longest} characters."), longest=LONGEST_LINE)
        yield next(csv.reader([line], delimiter=delimiter), []) if '"' in line else line.split(delimiter)
