"""All lines of all statements together are the hours counted, each once, however late the readings come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzao.aftercare import billing
from lianzao.aftercare.billing import CLOSES_AFTER, DAY, Line
from lianzao.aftercare.counting import Reading, spans, total

RATE, EUR = Decimal("4.80"), "EUR"
FIRST = billing.begins("2026-01")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


class Book:
    """A contract's months, closed one after another as the readings known then say."""

    def __init__(self) -> None:
        self.open = "2026-01"
        self.closed: dict[str, Sequence[Line]] = {}

    def stated(self, month: str, known: dict[int, Decimal]) -> list[Line]:
        counted = billing.hours_by_month(spans((Reading(*each) for each in known.items()), since=FIRST))
        first = month == self.open
        return billing.lines(month, counted, self.closed, [], first_open=first, rate=RATE, currency=EUR)

    def close(self, known: dict[int, Decimal]) -> None:
        self.closed[self.open] = self.stated(self.open, known)
        self.open = billing.following(self.open)

    def all(self, known: dict[int, Decimal], last: str) -> list[Line]:
        still = [line for month in billing.months(self.open, last) for line in self.stated(month, known)]
        return [line for month in self.closed.values() for line in month] + still


arrivals = st.lists(
    st.one_of(
        st.none(),  # a month is closed
        st.lists(st.tuples(st.integers(1, 364 * 24), st.integers(0, 900_000)), max_size=4),  # hour of the year, counter
    ),
    max_size=12,
)


@given(arrivals)
def test_what_is_billed_is_what_is_counted_once_whatever_comes_late(steps: list[list[tuple[int, int]] | None]) -> None:
    book, known = Book(), dict[int, Decimal]()
    for step in steps:
        if step is None:
            book.close(known)
        for hour, counter in step or []:
            known.setdefault(FIRST + hour * 3600, Decimal(counter) / 1000)
        frozen = dict(book.closed)
        lines = book.all(known, "2027-01")
        counted = spans((Reading(*each) for each in known.items()), since=FIRST)
        assert sum((line.hours for line in lines), Decimal(0)) == total(counted)
        by_month = billing.hours_by_month(counted)
        assert billing.net(lines, EUR) == sum(billing.price(hours, RATE, EUR) for hours in by_month.values())
        assert book.closed == frozen


def test_a_late_reading_between_known_ones_is_a_correction_of_the_closed_month() -> None:
    book, known = Book(), {at("2026-02-10"): Decimal(100)}
    book.close(known)
    known[at("2026-01-20")] = Decimal(60)
    january, february = ("2026-01", Decimal(60)), ("2026-02", Decimal(40))
    assert [(line.kind, line.month, line.hours) for line in book.stated("2026-02", known)] == [
        ("hours", *february),
        ("correction", *january),
    ]


def test_corrections_stand_in_the_first_open_month_only() -> None:
    book, known = Book(), {at("2026-01-10"): Decimal(10)}
    book.close({})
    assert [line.kind for line in book.stated("2026-02", known)] == ["correction"]
    assert book.stated("2026-03", known) == []


def test_lines_are_kept_and_read_back_to_the_last_digit() -> None:
    lines = [
        Line("hours", "2026-01", Decimal("0.125"), Decimal("0.60")),
        Line("maintenance", "2026-01", Decimal(0), Decimal(0), "x"),
    ]
    assert billing.from_json(billing.to_json(lines)) == lines


def test_a_reading_at_midnight_on_the_first_belongs_to_the_month_that_ends() -> None:
    assert billing.month_of_reading(at("2026-02-01")) == "2026-01"
    assert billing.month_of(at("2026-02-01")) == "2026-02"


def test_a_month_waits_three_days_for_its_last_readings() -> None:
    over = at("2026-02-01") + CLOSES_AFTER
    assert not billing.closable("2026-01", now=over - 1)
    assert billing.closable("2026-01", now=over)


@pytest.mark.parametrize(
    ("begins", "count", "ends"),
    [("2026-11-24T10:00", 36, "2029-11-24T10:00"), ("2026-12-31", 2, "2027-02-28"), ("2027-01-31", 12, "2028-01-31")],
)
def test_a_contract_ends_on_the_same_day_months_later(begins: str, count: int, ends: str) -> None:
    assert billing.after_months(at(begins), count) == at(ends)


@given(st.integers(0, 400 * 12))
def test_months_follow_each_other_without_a_gap(number: int) -> None:
    month = f"{1970 + number // 12:04}-{number % 12 + 1:02}"
    assert billing.month_of(billing.begins(billing.following(month)) - 1) == month
    assert 28 * DAY <= billing.begins(billing.following(month)) - billing.begins(month) <= 31 * DAY
