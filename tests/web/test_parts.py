"""Load bars: how full a resource is, day by day."""

from lianzao.web.parts import LOAD_HEIGHT, load_bars


def test_a_full_day_reaches_the_line_of_one_hundred_percent() -> None:
    assert load_bars([1.0])[0].height == f"{LOAD_HEIGHT:.1f}"


def test_what_exceeds_capacity_stands_above_the_line() -> None:
    full, over = load_bars([1.0, 1.12])
    assert (full.over, over.over) == ("", "6.0")
    assert over.height == full.height


def test_a_slight_excess_is_still_seen() -> None:
    assert load_bars([1.001])[0].over == "2.0"


def test_a_day_of_rest_is_no_empty_day() -> None:
    rest, empty = load_bars([None, 0.0])
    assert (rest.rest, empty.rest) == (True, False)
    assert empty.height == "0.0"


def test_no_days_no_bars() -> None:
    assert load_bars([]) == []
