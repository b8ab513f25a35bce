"""The one place where the process asks what time it is. Engines are given `now` instead."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)


def seconds() -> int:
    """Whole seconds since 1970-01-01 UTC: the unit of bookings and plans."""
    return int(time.time())


def at(moment: int) -> datetime:
    """Whole seconds UTC as an aware datetime."""
    return datetime.fromtimestamp(moment, UTC)


def iso(moment: int | datetime) -> str:
    """ISO 8601 with Z."""
    when = at(moment) if isinstance(moment, int) else moment.astimezone(UTC)
    return when.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def from_iso(text: str) -> int:
    """Whole seconds UTC of what `iso` wrote."""
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
