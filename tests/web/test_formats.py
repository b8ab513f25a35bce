"""Dates, amounts and durations as people write them, in three languages."""

import re
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzao.web import formats

TODAY = date(2026, 11, 24)
BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")
NOW = 1_795_526_400  # Tue 24 Nov 2026 13:20 UTC
LANGUAGES = ("zh-hans", "de", "en")


def plain(text: str) -> str:
    """With ordinary spaces, as one reads it."""
    return text.replace(formats.NBSP, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "12月8日（周二）"), ("de", "Di 8.12."), ("en", "Tue 8 Dec")]
)
def test_a_day_has_its_weekday(language: str, said: str) -> None:
    assert plain(formats.day(date(2026, 12, 8), language, today=TODAY)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "12月8日（周二）"), ("de", "Di 8.12. KW 50"), ("en", "Tue 8 Dec wk 50")]
)
def test_weeks_are_counted_where_people_count_them(language: str, said: str) -> None:
    assert plain(formats.day(date(2026, 12, 8), language, today=TODAY, week=True)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "2027年1月27日（周三）"), ("de", "Mi 27.1.2027"), ("en", "Wed 27 Jan 2027")]
)
def test_the_year_is_said_when_it_is_another(language: str, said: str) -> None:
    assert plain(formats.day(date(2027, 1, 27), language, today=TODAY)) == said


@pytest.mark.parametrize(
    ("language", "same_month", "two_months"),
    [
        ("zh-hans", "11月26日–30日", "11月27日–12月3日"),
        ("de", "26.–30.11.", "27.11.–3.12."),
        ("en", "26–30 Nov", "27 Nov – 3 Dec"),
    ],
)
def test_a_range_says_the_month_once_if_it_can(language: str, same_month: str, two_months: str) -> None:
    assert plain(formats.days(date(2026, 11, 26), date(2026, 11, 30), language, today=TODAY)) == same_month
    assert plain(formats.days(date(2026, 11, 27), date(2026, 12, 3), language, today=TODAY)) == two_months


def test_a_range_of_one_day_is_that_day() -> None:
    assert formats.days(TODAY, TODAY, "de", today=TODAY) == "24.11."


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "今天 14:20"), ("de", "heute 14:20"), ("en", "today 14:20")]
)
def test_today_is_called_so(language: str, said: str) -> None:
    assert formats.moment(NOW, language, zone=BERLIN, reader=BERLIN, now=NOW) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "11月27日（周五）21:20（上海时间）"),
        ("de", "Fr 27.11., 21:20 (Zeit in Shanghai)"),
        ("en", "Fri 27 Nov 21:20 (Shanghai time)"),
    ],
)
def test_a_clock_of_another_place_says_whose_it_is(language: str, said: str) -> None:
    later = NOW + 3 * formats.DAY
    assert plain(formats.moment(later, language, zone=SHANGHAI, reader=BERLIN, now=NOW)) == said


@pytest.mark.parametrize(
    ("language", "euro", "yuan", "change"),
    [
        ("zh-hans", "€5,601.42", "¥6,480.00", "− €85.00"),
        ("de", "5.601,42 €", "6.480,00 CN¥", "− 85,00 €"),
        ("en", "€5,601.42", "CN¥6,480.00", "− €85.00"),
    ],
)
def test_amounts_are_written_as_the_reader_writes_them(language: str, euro: str, yuan: str, change: str) -> None:
    assert plain(formats.money(Decimal("5601.42"), "EUR", language)) == euro
    assert plain(formats.money(Decimal("6480"), "CNY", language)) == yuan
    assert plain(formats.money_change(Decimal("-85"), "EUR", language)) == change


def test_a_column_of_amounts_leaves_the_currency_to_its_head() -> None:
    assert formats.bare_money(Decimal("-1234.5"), "EUR", "de") == "−1.234,50"
    assert formats.bare_money(Decimal("5000"), "JPY", "en") == "5,000"


def test_numbers_show_no_more_than_there_is() -> None:
    assert formats.number(Decimal("1200.0"), "de") == "1.200"
    assert formats.number(0.8, "de", digits=1) == "0,8"
    assert plain(formats.percent(0.926, "en")) == "93 %"


@pytest.mark.parametrize(
    ("seconds", "zh", "de", "en"),
    [
        (5, "5秒钟", "5 Sekunden", "5 seconds"),
        (740, "12分钟", "12 Minuten", "12 minutes"),
        (4_210, "1小时10分钟", "1 Stunde 10 Minuten", "1 hour 10 minutes"),
        (93_600, "1天2小时", "1 Tag 2 Stunden", "1 day 2 hours"),
        (86_460, "1天", "1 Tag", "1 day"),
        (0.82, "0.8 s", "0,8 s", "0.8 s"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(seconds: float, zh: str, de: str, en: str) -> None:
    assert [plain(formats.duration(seconds, language)) for language in LANGUAGES] == [zh, de, en]


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(LANGUAGES))
def test_every_day_of_another_year_says_its_year(day: date, language: str) -> None:
    assert (str(day.year) in formats.day(day, language, today=TODAY)) == (day.year != TODAY.year)


@given(st.floats(1, 1e8), st.sampled_from(LANGUAGES))
def test_a_duration_never_has_more_than_two_parts(seconds: float, language: str) -> None:
    said = formats.duration(seconds, language)
    assert 1 <= len(re.findall(r"\d[\d.,]*", said)) <= 2


def test_a_language_of_others_is_read_as_english() -> None:
    assert formats.base("fr") == "en"
    assert formats.base("zh_Hans") == "zh"
