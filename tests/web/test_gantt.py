"""The bar chart of a promise, as positions and words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from lianzao.web.gantt import Bar, Chart, Join, Kind, Lane, around, draw, weekends

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = int(datetime(2026, 11, 23, tzinfo=BERLIN).timestamp())
DAY = 86_400


def day(number: float) -> int:
    return MONDAY + int(number * DAY)


def chart(**others: object) -> Chart:
    """Milling, then hardening that decides, then arrival."""
    lanes = (
        Lane("Mill", "milling", (Bar(Kind.WAIT, day(1), day(3)), Bar(Kind.WORK, day(3), day(8)))),
        Lane("Hardener", "hardening", (Bar(Kind.WORK, day(11), day(15)), Bar(Kind.LINK, day(15), day(16))), weld=True),
        Lane("Arrival", "Stuttgart", note="likely 12, safe 14 Dec"),
    )
    given = {
        "joins": (Join(day(8), 0, 1),),
        "now": day(1),
        "due": day(21),
        "weld": (1, day(11)),
        "likely": (day(19), day(21)),
    }
    return Chart(lanes, day(0), day(28), "Milling, then hardening.", zone=BERLIN, **{**given, **others})  # type: ignore[arg-type]


def test_a_bar_stands_where_its_time_is() -> None:
    bar = next(box for box in draw(chart(), "en").boxes if box.css == "g-bar")
    assert (bar.x, bar.width) == ("10.71%", "17.86%")  # day 3 of 28, five days long


def test_the_point_that_decides_is_drawn_once() -> None:
    welds = [point for point in draw(chart(), "en").points if point.css == "g-weld"]
    assert [point.x for point in welds] == ["39.29%"]


def test_the_list_beside_it_says_the_same_in_words() -> None:
    rows = [(row.name, row.dates, row.weld) for row in draw(chart(), "de").rows]
    assert rows == [
        ("Mill", "26.–30.11.", False),
        ("Hardener", "4.–8.12.", True),
        ("Arrival", "likely 12, safe 14 Dec", False),
    ]


def test_weeks_are_named_in_the_readers_way() -> None:
    assert [label.label for label in draw(chart(due=None), "zh-hans").labels] == ["11月23日", "30日", "12月7日", "14日"]
    assert draw(chart(due=None), "de").labels[1].label == "KW\N{NO-BREAK SPACE}49"


def test_no_label_runs_into_that_of_the_promise() -> None:
    labels = draw(chart(due=day(22)), "de").labels
    assert [label.label for label in labels if "key" in label.css] == ["15.12."]
    assert not [label for label in labels if label.label.endswith("51")]


def test_the_key_explains_only_what_occurs() -> None:
    assert draw(chart(), "en").kinds == {"wait", "work", "link", "now", "due", "weld"}
    assert "now" not in draw(chart(now=None), "en").kinds


def test_a_short_chart_counts_days_and_a_long_one_few_weeks() -> None:
    short = Chart((), day(0), day(5), "", zone=BERLIN)
    long = Chart((), day(0), day(365), "", zone=BERLIN)
    assert len(draw(short, "en").labels) == 5
    assert len(draw(long, "en").labels) <= 14


def test_weekends_are_saturday_and_sunday_on_the_clocks_of_the_place() -> None:
    found = weekends(day(0), day(14), BERLIN)
    assert [(bar.start, bar.end) for bar in found] == [(day(5), day(7)), (day(12), day(14))]


def test_a_chart_that_starts_on_sunday_rests_that_day() -> None:
    assert weekends(day(6), day(8), BERLIN)[0] == Bar(Kind.REST, day(6), day(7))


def test_a_chart_around_moments_has_room_on_both_sides() -> None:
    start, end = around([day(3.5), day(10.2)], BERLIN)
    assert (start, end) == (day(3), day(12))


@given(st.lists(st.tuples(st.integers(-(10**7), 10**7), st.integers(0, 10**7)), max_size=8))
def test_nothing_is_drawn_outside_the_chart(stretches: list[tuple[int, int]]) -> None:
    bars = tuple(Bar(Kind.WORK, MONDAY + start, MONDAY + start + length) for start, length in stretches)
    drawing = draw(Chart((Lane("a", "b", bars),), day(0), day(28), "", zone=UTC), "en")
    for box in drawing.boxes:
        assert 0 <= float(box.x[:-1]) <= 100
        assert float(box.x[:-1]) + float(box.width[:-1]) <= 100.02


def test_summer_time_does_not_shift_midnight() -> None:
    sunday = datetime(2026, 10, 25, tzinfo=BERLIN)  # 25 hours long
    found = weekends(int(sunday.timestamp()), int((sunday + timedelta(days=3)).timestamp()), BERLIN)
    assert found[0].end - found[0].start == 25 * 3_600
