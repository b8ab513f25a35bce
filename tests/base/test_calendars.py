"""Working time: shifts over midnight and over the change of clocks, closures, exceptions, the end of a working day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzao.base.calendars import NeverOpen, Shift, WorkCalendar, merged, within, without

WEEK = range(5)
DAY_SHIFT = Shift(WEEK, time(6), time(14))
LATE_SHIFT = Shift(WEEK, time(14), time(22))
NIGHT_SHIFT = Shift(range(7), time(22), time(6))


def utc(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[misc,arg-type]


def local(zone: str, *parts: int) -> int:
    return int(datetime(*parts, tzinfo=ZoneInfo(zone)).timestamp())  # type: ignore[misc,arg-type]


def hours(spans: list[tuple[int, int]]) -> float:
    return sum(end - start for start, end in spans) / 3600


@pytest.mark.parametrize(("evening", "real"), [((2026, 3, 28), 7), ((2026, 10, 24), 9), ((2026, 6, 10), 8)])
def test_a_night_shift_lasts_as_long_as_the_night_really_is(evening: tuple[int, int, int], real: int) -> None:
    calendar = WorkCalendar("Europe/Berlin", [NIGHT_SHIFT])
    noon = local("Europe/Berlin", *evening, 12)
    assert hours(calendar.intervals(noon, noon + 24 * 3600)) == real


def test_china_has_no_change_of_clocks() -> None:
    calendar = WorkCalendar("Asia/Shanghai", [NIGHT_SHIFT])
    year = calendar.intervals(local("Asia/Shanghai", 2026, 1, 1, 12), local("Asia/Shanghai", 2027, 1, 1, 12))
    assert {end - start for start, end in year} == {8 * 3600}


def test_shifts_that_touch_are_one_interval_and_cut_at_what_was_asked() -> None:
    calendar = WorkCalendar("Europe/Berlin", [LATE_SHIFT, DAY_SHIFT])
    start, end = local("Europe/Berlin", 2026, 7, 1, 8), local("Europe/Berlin", 2026, 7, 2, 7)
    assert calendar.intervals(start, end) == [
        (start, local("Europe/Berlin", 2026, 7, 1, 22)),
        (local("Europe/Berlin", 2026, 7, 2, 6), end),
    ]
    assert calendar.intervals(end, start) == []


def test_a_night_shift_under_way_at_the_start_is_seen() -> None:
    calendar = WorkCalendar("Europe/Berlin", [NIGHT_SHIFT])
    three = local("Europe/Berlin", 2026, 7, 1, 3)
    assert calendar.intervals(three, three + 60) == [(three, three + 60)]


def test_equal_ends_make_a_whole_day() -> None:
    calendar = WorkCalendar("Europe/Berlin", [WorkCalendar.ALWAYS])
    start, end = utc(2026, 1, 1), utc(2027, 1, 1)
    assert calendar.intervals(start, end) == [(start, end)]


def test_a_closed_date_begins_no_shift_but_lets_the_night_before_end() -> None:
    calendar = WorkCalendar("Europe/Berlin", [NIGHT_SHIFT], closed={date(2026, 10, 3): "Tag der Deutschen Einheit"})
    spans = calendar.intervals(local("Europe/Berlin", 2026, 10, 2, 12), local("Europe/Berlin", 2026, 10, 4, 12))
    assert spans == [(local("Europe/Berlin", 2026, 10, 2, 22), local("Europe/Berlin", 2026, 10, 3, 6))]


def test_a_made_up_day_is_worked_like_the_weekday_it_stands_for() -> None:
    short_friday = [Shift(range(4), time(8), time(17)), Shift([4], time(8), time(12))]
    calendar = WorkCalendar("Asia/Shanghai", short_friday, make_up={date(2026, 1, 4): 4})
    sunday = local("Asia/Shanghai", 2026, 1, 4)
    assert hours(calendar.intervals(sunday, sunday + 86400)) == 4


def test_the_firms_own_closure_wins_over_a_made_up_day() -> None:
    sunday = date(2026, 1, 4)
    calendar = WorkCalendar("Asia/Shanghai", [DAY_SHIFT], closed=[sunday], make_up={sunday: 4})
    assert calendar.intervals(local("Asia/Shanghai", 2026, 1, 4), local("Asia/Shanghai", 2026, 1, 5)) == []


def test_overtime_is_added_and_what_is_full_is_taken_away_last() -> None:
    saturday = local("Europe/Berlin", 2026, 7, 4, 8)
    calendar = WorkCalendar(
        "Europe/Berlin",
        [DAY_SHIFT],
        opened=[(saturday, saturday + 4 * 3600)],
        blocked=[(saturday + 3600, saturday + 2 * 3600)],
    )
    assert hours(calendar.intervals(saturday, saturday + 86400)) == 3


def test_the_working_day_ends_with_its_last_shift() -> None:
    calendar = WorkCalendar("Europe/Berlin", [DAY_SHIFT, LATE_SHIFT], closed=[date(2026, 7, 3)])
    end = local("Europe/Berlin", 2026, 7, 2, 22)
    assert calendar.end_of_work_day(local("Europe/Berlin", 2026, 7, 2, 7)) == end
    assert calendar.end_of_work_day(end) == end
    monday = local("Europe/Berlin", 2026, 7, 6, 22)
    assert calendar.end_of_work_day(end + 1) == monday, "Friday is closed, Saturday and Sunday have no shift"


def test_in_a_night_shift_the_working_day_is_the_one_on_which_it_began() -> None:
    calendar = WorkCalendar("Europe/Berlin", [NIGHT_SHIFT])
    assert calendar.end_of_work_day(local("Europe/Berlin", 2026, 7, 2, 3)) == local("Europe/Berlin", 2026, 7, 2, 6)


def test_a_place_where_nobody_works_is_refused() -> None:
    with pytest.raises(NeverOpen, match="2026-07-02"):
        WorkCalendar("Europe/Berlin", []).end_of_work_day(local("Europe/Berlin", 2026, 7, 2, 3))


def test_a_moment_after_the_last_published_plan_is_assumed() -> None:
    calendar = WorkCalendar("Asia/Shanghai", [DAY_SHIFT], published_until=date(2026, 12, 31))
    assert not calendar.is_assumed(utc(2026, 12, 31, 15, 59))
    assert calendar.is_assumed(utc(2026, 12, 31, 16, 0)), "it is midnight in Shanghai"


def test_calendars_alike_are_equal_and_hash_alike() -> None:
    def one() -> WorkCalendar:
        return WorkCalendar(
            "Asia/Shanghai", [DAY_SHIFT], closed={date(2026, 1, 1): "元旦"}, make_up={date(2026, 1, 4): 4}
        )

    assert one() == one()
    assert len({one(), one(), WorkCalendar("Asia/Shanghai", [LATE_SHIFT])}) == 2


spans_of = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(spans_of, spans_of, st.integers(0, 60), st.integers(0, 60))
def test_joining_cutting_and_clipping_agree_with_sets_of_seconds(
    spans: list[tuple[int, int]], taken: list[tuple[int, int]], start: int, end: int
) -> None:
    def seconds(of: object) -> set[int]:
        return {second for a, b in of for second in range(a, b)}  # type: ignore[attr-defined]

    joined = merged(spans)
    left = without(joined, merged(taken))
    assert seconds(joined) == seconds(spans)
    assert seconds(left) == seconds(spans) - seconds(taken)
    assert seconds(within(left, start, end)) == seconds(left) & set(range(start, end))
    assert all(a[1] < b[0] for a, b in pairwise(joined))


@given(
    st.sampled_from(["Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]),
    st.lists(st.tuples(st.sets(st.integers(0, 6)), st.times(), st.times()), max_size=3),
    st.integers(utc(2026, 1, 1), utc(2027, 1, 1)),
    st.integers(0, 20 * 86400),
)
def test_asking_in_two_pieces_gives_the_same_time(
    zone: str, shifts: list[tuple[set[int], time, time]], start: int, length: int
) -> None:
    calendar = WorkCalendar(zone, [Shift(*shift) for shift in shifts])
    middle, end = start + length // 2, start + length
    whole = calendar.intervals(start, end)
    assert list(merged(calendar.intervals(start, middle) + calendar.intervals(middle, end))) == whole
    assert all(start <= a < b <= end for a, b in whole)
    assert timedelta(seconds=sum(b - a for a, b in whole)) <= timedelta(seconds=length)
