"""Reading a shop's log: whatever its encoding, and every row used or left for a named reason."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzao.base.refusals import Refused
from lianzao.production.joblog import NotALog, read
from tests.production.joblog.logs import COLUMNS, file, line, shop


def seconds(year: int, month: int, day: int, hour: int = 0) -> int:
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_chinese_log_reads_the_same_in_each_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    row = line(part="滚珠丝杠螺母", resource="一号数控车床", activity="车削")
    log = read(file([row], delimiter=delimiter, encoding=encoding))
    assert (log.reports[0].part, log.reports[0].resource) == ("滚珠丝杠螺母", "一号数控车床")


def test_german_log_of_an_old_spreadsheet_keeps_its_umlauts_and_decimal_commas() -> None:
    row = line(
        part="Gehäuse", resource="Fräse groß", start="01.03.2021 08:00", finish="01.03.2021 09:30", minutes="90,5"
    )
    report = read(file([row], delimiter=";", encoding="cp1252")).reports[0]
    assert (report.part, report.resource, report.minutes) == ("Gehäuse", "Fräse groß", 90.5)


def test_columns_are_found_by_name_in_any_order() -> None:
    row = line()
    order = [*reversed(COLUMNS), "remark"]
    data = "\n".join([",".join(order), ",".join({**row, "remark": "x"}[name] for name in order)]).encode()
    assert read(data).reports == read(file([row])).reports


BROKEN = {
    "bad-time": {"start": "yesterday"},
    "no-such-date": {"start": "2021-02-30 08:00:00"},
    "missing-time": {"finish": ""},
    "finish-before-start": {"finish": "2021-03-01 07:59:00"},
    "too-long": {"finish": "2031-03-01 07:59:00"},
    "missing-resource": {"resource": " "},
    "missing-order": {"case": ""},
    "missing-part": {"part": ""},
    "missing-activity": {"activity": ""},
    "negative-quantity": {"qty_completed": "-1"},
    "no-order-quantity": {"order_qty": "0"},
    "unknown-time-quality": {"ts_quality": "guessed"},
    "unknown-report-type": {"report_type": "Q"},
    "wrong-number-of-cells": {"worker": "A,B"},
}


@pytest.mark.parametrize("reason", BROKEN)
def test_broken_row_is_left_with_its_reason_and_the_rest_is_used(reason: str) -> None:
    log = read(file([line(row=1), line(row=2, **BROKEN[reason]), line(row=3)]))
    assert (log.read, len(log.reports), log.left) == (3, 2, {reason: 1})


@pytest.mark.parametrize("quantity", ["NaN", "1e999", "-inf", "ten", "1e12"])
def test_quantity_that_is_no_quantity_is_left(quantity: str) -> None:
    assert read(file([line(order_qty=quantity)])).left == {"bad-quantity": 1}


def test_row_told_twice_counts_once() -> None:
    assert read(file([line(), line(), line(row=2)])).left == {"repeated": 1}


def test_slip_in_the_year_does_not_stretch_the_log() -> None:
    days = [f"2021-03-{row % 27 + 1:02}" for row in range(200)]
    rows = [line(row=row, start=f"{day} 08:00", finish=f"{day} 09:00") for row, day in enumerate(days)]
    slip = line(row=999, start="2121-03-01 08:00", finish="2121-03-01 09:00")
    log = read(file([*rows, slip]))
    assert (log.read, len(log.reports), log.left) == (201, 200, {"far-from-the-rest": 1})


def test_stray_quotation_mark_spoils_only_its_own_line() -> None:
    log = read(file([line(row=1), line(row=2, part='"Shaft'), line(row=3), line(row=4)]))
    assert (log.read, len(log.reports)) == (4, 3)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n ",
        b"PK\x03\x04\x00\x00\x00",
        b"just a letter\nof two lines",
        b"name,price\nbolt,2",
        b"\x89PNG\r\n\x1a\n\x00",
        b"case,activity\x00,resource",
        b"a," * 30_000,
    ],
)
def test_file_that_is_no_log_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(NotALog) as refusal:
        read(data)
    assert refusal.value.in_english()
    assert refusal.value.accepted


def test_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(NotALog):
        read(file([line()]), largest=100)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for sent in (data, file([line()]) + data):
        try:
            log = read(sent)
        except Refused:
            continue
        assert log.read == len(log.reports) + sum(log.left.values())


def test_placeholder_is_known_when_its_day_ends_and_has_no_duration() -> None:
    report = read(file([line(ts_quality="placeholder")])).reports[0]
    assert (report.known, report.minutes, report.timed) == (seconds(2021, 3, 2), None, False)


def test_bracketed_row_is_known_at_its_upper_bound() -> None:
    row = line(ts_quality="bracketed", start="", finish="", start_lo="2021-03-01 06:00", start_hi="2021-03-05 12:00")
    report = read(file([row])).reports[0]
    assert (report.began, report.known, report.timed) == (seconds(2021, 3, 5, 12), seconds(2021, 3, 5, 12), False)


def test_exact_row_is_known_when_it_finished() -> None:
    report = read(file([line()])).reports[0]
    assert (report.known, report.minutes) == (seconds(2021, 3, 1, 10), 120.0)


def test_log_of_twenty_thousand_rows_is_read_within_seconds() -> None:
    data = file(shop(5000))
    began = time.perf_counter()
    assert read(data).read == 20_000
    assert time.perf_counter() - began < 5
