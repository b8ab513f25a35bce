"""What stands in one cell: a moment or a number, or the reason why it is neither."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache

DAY = 86_400
MOST = 1e9  # pieces or minutes; more is a slip of the finger

_MOMENT = re.compile(
    r"(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}))"
    r"(?:[ T]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?)?(?P<z>Z|[+-]\d{2}:?\d{2})?"
)


class Broken(Exception):  # noqa: N818 - a state of a row, told as a reason
    """`reason` is why the row is left out."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def moment(text: str) -> int:
    """Seconds of `2012-01-17 07:01`, `2012/1/17 7:01:00`, `17.01.2012 07:01` or ISO 8601; a shop's clock read as UTC.

    Raises Broken("bad-time") where it is none of these, Broken("no-such-date") for a 30 February or a 25 o'clock.
    """
    seconds = _moment(text)
    if isinstance(seconds, str):
        raise Broken(seconds)
    return seconds


@lru_cache(maxsize=65_536)
def _moment(text: str) -> int | str:
    found = _MOMENT.fullmatch(text)
    if not found:
        return "bad-time"
    part = found.groupdict()
    try:
        when = datetime(
            int(part["y"] or part["y2"]),
            int(part["m"] or part["m2"]),
            int(part["d"] or part["d2"]),
            int(part["H"] or 0),
            int(part["M"] or 0),
            int(part["S"] or 0),
            tzinfo=_zone(part["z"]),
        )
    except ValueError:
        return "no-such-date"
    return int(when.timestamp()) if 1970 < when.year < 2200 else "bad-time"


def _zone(offset: str | None) -> tzinfo | None:
    return UTC if offset in {None, "Z"} else datetime.strptime(str(offset), "%z").tzinfo


def number(text: str, *, decimal_comma: bool) -> float:
    """A number ≥ 0, nothing being 0.

    Raises Broken("bad-quantity") where it is no finite number a shop could mean, Broken("negative-quantity") below 0.
    """
    if not text:
        return 0.0
    try:
        value = float(text.replace(",", ".") if decimal_comma else text)
    except ValueError:
        raise Broken("bad-quantity") from None
    if not math.isfinite(value) or abs(value) > MOST:
        raise Broken("bad-quantity")
    if value < 0:
        raise Broken("negative-quantity")
    return value
