"""Holiday plans: what China decreed for 2026, what German law fixes, and where knowledge ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lianzao.base.holiday_plans import UnknownPlace, holiday_plan


def days(start: date, count: int) -> set[date]:
    return {start + timedelta(days=day) for day in range(count)}


def test_china_2026_is_as_the_state_council_decreed() -> None:
    plan = holiday_plan("CN", None, [2026])
    assert set(plan.closed) == (
        days(date(2026, 1, 1), 3)
        | days(date(2026, 2, 15), 9)
        | days(date(2026, 4, 4), 3)
        | days(date(2026, 5, 1), 5)
        | days(date(2026, 6, 19), 3)
        | days(date(2026, 9, 25), 3)
        | days(date(2026, 10, 1), 7)
    )
    assert set(plan.make_up) == {
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)
    }  # fmt: skip
    assert plan.make_up[date(2026, 1, 4)] == 4, "the Sunday stands for Friday, 2 January"
    assert plan.closed[date(2026, 2, 17)] == "春节"


def test_a_weekend_freed_by_next_years_decree_is_known_in_the_old_year() -> None:
    assert date(2023, 12, 30) in holiday_plan("CN", None, [2023]).closed


def test_years_that_china_has_not_decreed_are_assumed() -> None:
    plan = holiday_plan("CN", None, [2026, 2027, 2099])
    last = plan.published_until
    assert last >= date(2026, 12, 31)
    assert (last.month, last.day) == (12, 31)
    assert not plan.is_assumed(date(2026, 12, 31))
    assert plan.is_assumed(date(2099, 1, 1))
    assert date(2099, 10, 1) in plan.closed, "law fixes it"
    assert not any(day > last for day in plan.make_up)


def test_german_holidays_are_law_in_each_state_and_never_assumed() -> None:
    bavaria, berlin = holiday_plan("DE", "BY", [2026]), holiday_plan("de", "BE", [2026])
    assert date(2026, 1, 6) in bavaria.closed
    assert date(2026, 1, 6) not in berlin.closed
    assert date(2026, 1, 3) not in bavaria.closed, "a Saturday beside a holiday is an ordinary Saturday"
    assert not bavaria.make_up
    assert not bavaria.is_assumed(date(2050, 1, 1))


@pytest.mark.parametrize(("country", "subdivision"), [("XX", None), ("DE", "Atlantis")])
def test_an_unknown_place_is_refused(country: str, subdivision: str | None) -> None:
    with pytest.raises(UnknownPlace):
        holiday_plan(country, subdivision, [2026])
