"""A file of readings is read as it comes; a broken row is left with its reason."""

from __future__ import annotations

import codecs
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzao.aftercare.meter_file import NotReadings, read_meter

PLAIN = "serial,at,hours\nA-1,2026-10-05T10:00:00Z,120.5\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        "serial;at;hours;设备\r\nA-1;2026-10-05 10:00;120,5;车床一号\r\n".encode("gb18030"),
        "Hours;Serial;At;Ort\n120,5;A-1;05.10.2026 10:00;Köln\n".encode("cp1252"),
        b'"serial","at","hours"\n"A-1","2026-10-05T12:00:00+02:00","120.5"\n',
    ],
)
def test_encodings_separators_and_decimals_of_shops_are_understood(data: bytes) -> None:
    [row] = read_meter(data).rows
    assert (row.product, row.reading.at, row.reading.hours) == ("A-1", 1791194400, Decimal("120.5"))


def test_broken_rows_are_left_with_a_reason_and_counted() -> None:
    file = read_meter(
        b"serial,at,hours\n"
        b"A-1,2026-10-05T10:00:00Z,1\n"
        b"A-1,2026-10-05T10:00:00Z\n"
        b",2026-10-05T10:00:00Z,1\n"
        b"A-1,,1\n"
        b"A-1,2026-02-30T10:00:00Z,1\n"
        b"A-1,yesterday,1\n"
        b"A-1,2026-10-05T10:00:00Z,\n"
        b"A-1,2026-10-05T10:00:00Z,NaN\n"
        b"A-1,2026-10-05T10:00:00Z,1e999\n"
        b"A-1,2026-10-05T10:00:00Z,99999999\n"
        b"A-1,2026-10-05T10:00:00Z,-3\n"
    )
    assert file.left == {
        "wrong-number-of-cells": 1,
        "missing-product": 1,
        "missing-time": 1,
        "no-such-date": 1,
        "bad-time": 1,
        "missing-hours": 1,
        "bad-hours": 3,
        "negative-hours": 1,
    }
    assert file.read == len(file.rows) + sum(file.left.values()) == 11


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"name\nA-1\n", b"serial,at\nA-1,2026-10-05\n", b"at,hours\n1,2\n"]
)
def test_what_holds_no_readings_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(NotReadings) as refused:
        read_meter(data)
    assert "serial" in refused.value.accepted


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        file = read_meter(b"serial,at,hours\n" + data)
    except NotReadings:
        return
    assert file.read == len(file.rows) + sum(file.left.values())
