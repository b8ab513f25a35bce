"""Hours are counted by difference, whatever order the readings come in."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lianzao.aftercare.counting import DAY, Reading, crossings, spans, total, under_contract, why_left

HOUR = 3600


def reading(day: float, hours: str | int) -> Reading:
    return Reading(int(day * DAY), Decimal(hours))


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Reading], Decimal]:
    """A counter's readings, and the hours truly run: every restart is seen, by a value lower than the last."""
    readings, counter, at, run = [], Decimal(0), 0, Decimal(0)
    for _ in range(draw(st.integers(0, 12))):
        at += draw(st.integers(1, 40 * DAY))
        steps = Decimal(draw(st.integers(0, 400_000))) / 1000
        if counter > 0 and draw(st.booleans()) and steps < counter:
            counter = Decimal(0)
        run += steps
        counter += steps
        readings.append(Reading(at, counter))
    return readings, run


@given(lives(), st.randoms())
def test_the_hours_counted_are_the_hours_run_in_any_order(life: tuple[list[Reading], Decimal], random: object) -> None:
    readings, run = life
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert total(spans(shuffled, since=0)) == run


@given(lives(), st.integers(1, 500))
def test_a_gap_changes_nothing_unless_it_hides_a_restart(life: tuple[list[Reading], Decimal], left_out: int) -> None:
    readings, _run = life
    before = Decimal(0)
    steady = [each for each in readings if each.hours >= before and (before := each.hours) is not None]
    kept = [each for number, each in enumerate(steady) if number == len(steady) - 1 or (left_out >> number) & 1]
    assert total(spans(kept, since=0)) == total(spans(steady, since=0))


@given(lives(), lives())
def test_a_late_reading_never_takes_hours_away(
    one: tuple[list[Reading], Decimal], two: tuple[list[Reading], Decimal]
) -> None:
    known = {each.at: each for each in one[0]}
    later = known | {each.at: each for each in two[0] if each.at not in known}
    assert total(spans(later.values(), since=0)) >= total(spans(known.values(), since=0))


def test_a_counter_that_restarts_begins_anew_from_nothing_and_is_marked() -> None:
    counted = spans([reading(1, 100), reading(2, 30), reading(3, 50)], since=0)
    assert [(span.hours, span.restarted) for span in counted] == [
        (Decimal(100), False),
        (Decimal(30), True),
        (Decimal(20), False),
    ]


def test_a_reading_at_delivery_is_not_under_contract_and_one_at_its_end_is() -> None:
    counted = spans([reading(1, 12), reading(2, 40), reading(3, 70)], since=DAY)
    assert total(under_contract(counted, starts=DAY, ends=2 * DAY)) == 28


def test_each_threshold_passed_is_one_crossing_and_a_gap_over_several_is_one() -> None:
    counted = spans([reading(1, 499), reading(2, 500), reading(3, 700), reading(9, 1600)], since=0)
    assert [(each.number, each.at // DAY) for each in crossings(counted, 500)] == [(1, 2), (3, 9)]


@given(lives(), st.integers(1, 300))
def test_crossings_rise_and_the_last_one_is_where_the_hours_are(
    life: tuple[list[Reading], Decimal], threshold: int
) -> None:
    readings, run = life
    found = crossings(spans(readings, since=0), threshold)
    assert all(one.number < two.number and one.at < two.at for one, two in pairwise(found))
    assert (found[-1].number if found else 0) == run // threshold


def test_a_reading_is_left_for_a_named_reason() -> None:
    known = {2 * DAY: Decimal(40)}

    def why(day: float, hours: int) -> str:
        return why_left(reading(day, hours), known, delivered=DAY, now=10 * DAY)

    assert why(3, 50) == ""
    assert why(2, 40) == "double"
    assert why(2, 41) == "contradicts-known"
    assert why(0.5, 1) == "before-delivery"
    assert why(300, 90) == ""  # a clock that runs ahead
    assert why(377, 90) == "in-the-future"
