"""What operating hours cost, month by month; both sides of a contract compute the same from the same readings.

Hours are billed in the month of the reading that shows them, months in UTC; a reading at midnight on the first still
belongs to the month that ends. A closed month stays as billed: what later readings change in it is a correction line of
the next open month, so that all lines together always are the hours counted, each once.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from lianzao.aftercare.counting import NONE, Span
from lianzao.base.money import Money, total

DAY = 86_400
CLOSES_AFTER = 3 * DAY  # a month waits this long for the readings of its last days


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement: `kind` is *hours* or *correction* (of `month`), or *maintenance* (`job`, included)."""

    kind: str
    month: str
    hours: Decimal
    amount: Decimal
    job: str = ""


def month_of(moment: int) -> str:
    """The month ("2026-11") that a moment (seconds UTC) lies in."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m}"


def month_of_reading(at: int) -> str:
    return month_of(at - 1)


def following(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def begins(month: str) -> int:
    """The first second of a month.

    Raises ValueError for what is no month.
    """
    return int(datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).timestamp())


def months(first: str, last: str) -> list[str]:
    found = []
    while first <= last:
        found.append(first)
        first = following(first)
    return found


def after_months(moment: int, count: int) -> int:
    """The same day and hour `count` months on, the month's last day where it has no such day."""
    when = datetime.fromtimestamp(moment, UTC)
    year, month = divmod(when.month - 1 + count, 12)
    year, month = when.year + year, month + 1
    return int(when.replace(year=year, month=month, day=min(when.day, monthrange(year, month)[1])).timestamp())


def closable(month: str, *, now: int) -> bool:
    return now >= begins(following(month)) + CLOSES_AFTER


def hours_by_month(counted: Iterable[Span]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(lambda: NONE)
    for span in counted:
        found[month_of_reading(span.end)] += span.hours
    return dict(found)


def price(hours: Decimal, rate: Decimal, currency: str) -> Decimal:
    return (Money(rate, currency) * hours).rounded().amount


def lines(
    month: str,
    counted: Mapping[str, Decimal],
    closed: Mapping[str, Sequence[Line]],
    maintenance: Iterable[str],
    *,
    first_open: bool,
    rate: Decimal,
    currency: str,
) -> list[Line]:
    """The statement of `month`, which is open.

    `counted` are the hours by month, `closed` the closed months with their lines, `maintenance` the jobs promised in
    this month. The first open month carries the corrections of the closed ones.
    """
    hours = counted.get(month, NONE)
    found = [Line("hours", month, hours, price(hours, rate, currency))] if hours else []
    if first_open:
        found += corrections(counted, closed, rate=rate, currency=currency)
    return found + [Line("maintenance", month, NONE, Decimal("0.00"), job) for job in maintenance]


def corrections(
    counted: Mapping[str, Decimal], closed: Mapping[str, Sequence[Line]], *, rate: Decimal, currency: str
) -> list[Line]:
    """What closed months lack, or have too much, of what is counted for them now; in hours and to the cent."""
    billed: dict[str, tuple[Decimal, Decimal]] = defaultdict(lambda: (NONE, Decimal(0)))
    for line in (line for month in closed.values() for line in month):
        hours, amount = billed[line.month]
        billed[line.month] = hours + line.hours, amount + line.amount
    found = []
    for month in sorted(closed):
        hours, amount = billed[month]
        due = counted.get(month, NONE)
        if due != hours:
            found.append(Line("correction", month, due - hours, price(due, rate, currency) - amount))
    return found


def net(found: Iterable[Line], currency: str) -> Decimal:
    return total((Money(line.amount, currency) for line in found), currency).rounded().amount


def tax(amount: Decimal, tax_rate: Decimal | None, currency: str) -> Decimal | None:
    return None if tax_rate is None else (Money(amount, currency) * tax_rate).rounded().amount


def to_json(found: Iterable[Line]) -> list[dict[str, str]]:
    """Lines as they are kept, to the last digit."""
    return [
        {
            "kind": line.kind,
            "month": line.month,
            "hours": str(line.hours),
            "amount": str(line.amount),
            **({"job": line.job} if line.job else {}),
        }
        for line in found
    ]


def from_json(kept: Sequence[Mapping[str, Any]]) -> list[Line]:
    return [
        Line(line["kind"], line["month"], Decimal(line["hours"]), Decimal(line["amount"]), line.get("job", ""))
        for line in kept
    ]
