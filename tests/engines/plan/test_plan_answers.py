"""Owners round what they answer: nothing becomes earlier than it can be, and nothing finer than the grain gets out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzao.engines.plan import (
    Arc,
    BadProblem,
    Cheapest,
    Leg,
    Mode,
    NoPlan,
    Operation,
    Plan,
    Problem,
    Resource,
    pareto,
    plan,
    promise_quantiles,
)
from tests.engines.plan.plan_cases import HORIZON, check, exhaustive, random_problem, rounded

HOUR, DAY = 3600, 86400
CASES = 300
MILL = Resource("mill", "firm", "Ulm", 1, [(day * DAY + 6 * HOUR, day * DAY + 14 * HOUR) for day in range(14)])


def one_part(mode: Mode, mill: Resource = MILL) -> Problem:
    """A part that is milled in Ulm, then travels two hours, then is milled again."""
    wuxi = replace(mill, key="other", owner="other firm", site="Wuxi", open=[(0, 14 * DAY)], busy=())
    work = [Operation("cut", [mode]), Operation("drill", [Mode("other", 0, HOUR)], [Arc("cut")])]
    return Problem(work, {"mill": mill, "other": wuxi}, {("Ulm", "Wuxi"): [Leg("air", 2 * HOUR)]}, 0)


def test_what_comes_after_starts_from_the_answer_and_the_booking_stays_exact() -> None:
    found = plan(one_part(Mode("mill", 0, HOUR, rest=HOUR, grain=DAY, grain_offset=16 * HOUR)))
    cut, drill = found.slots
    assert (cut.start, cut.end, cut.answered) == (6 * HOUR, 7 * HOUR, 16 * HOUR)
    assert (found.legs[0].ready, drill.start, found.ready) == (16 * HOUR, 18 * HOUR, 19 * HOUR)
    assert [(step.because, step.start, step.end) for step in found.chain] == [
        ("work", 0, 16 * HOUR),
        ("transport", 16 * HOUR, 18 * HOUR),
        ("work", 18 * HOUR, 19 * HOUR),
    ]


def test_a_rest_alone_lengthens_the_work_and_hides_nothing_else() -> None:
    found = plan(one_part(Mode("mill", HOUR, HOUR, rest=DAY)))
    assert [(step.because, step.end - step.start) for step in found.chain[:3]] == [
        ("calendar", 6 * HOUR),
        ("set-up", HOUR),
        ("work", HOUR + DAY),
    ]


def test_a_wait_is_told_in_whole_grains() -> None:
    busy = replace(MILL, busy=[(6 * HOUR, 2 * DAY + 9 * HOUR, 1)])
    found = plan(one_part(Mode("mill", HOUR, HOUR, grain=DAY), busy))
    assert [(step.because, step.start, step.end) for step in found.chain[:2]] == [
        ("queue", 0, 2 * DAY),
        ("work", 2 * DAY, 3 * DAY),
    ]


def test_an_answer_has_no_grain_below_nothing() -> None:
    for wrong in (lambda: Mode("mill", 0, 1, rest=-1), lambda: Mode("mill", 0, 1, grain=-1)):
        with pytest.raises(BadProblem):
            wrong()


@given(st.integers(0, 10**6), st.sampled_from(["chain", "tree", "net"]), st.integers(-9, 9))
@settings(max_examples=60, deadline=None)
def test_without_rest_and_grain_the_answer_is_the_end(seed: int, shape: str, offset: int) -> None:
    problem = random_problem(seed, shape=shape)
    exact = [
        replace(
            each, modes=[replace(mode, grain_offset=offset) if isinstance(mode, Mode) else mode for mode in each.modes]
        )
        for each in problem.operations
    ]
    try:
        found = plan(problem)
    except NoPlan:
        return
    assert all(slot.answered == slot.end for slot in found.slots)
    assert plan(replace(problem, operations=exact)) == found


@pytest.mark.parametrize("shape", ["chain", "tree", "net"])
def test_the_arrival_is_that_of_an_exhaustive_search_among_rounded_answers(shape: str) -> None:
    planned = 0
    for seed in range(CASES):
        problem = rounded(random_problem(seed, shape=shape), seed)
        best = exhaustive(problem)
        if best is None:
            with pytest.raises(NoPlan):
                plan(problem)
            continue
        found = plan(problem)
        check(problem, found)
        assert found.arrival == best[0], f"seed {seed}"
        planned += 1
    assert planned > CASES // 2


@pytest.mark.parametrize("shape", ["chain", "tree"])
def test_so_is_the_cheapest_plan_by_a_deadline(shape: str) -> None:
    for seed in range(50):
        problem = rounded(random_problem(seed, shape=shape), seed)
        try:
            earliest = plan(problem).arrival
        except NoPlan:
            continue
        for deadline in (earliest, earliest + 3):
            found, best = plan(replace(problem, objective=Cheapest(deadline))), exhaustive(problem, deadline)
            check(problem, found)
            assert best is not None and found.exact and (found.arrival <= deadline, found.cost) == (True, best[1])


@given(st.integers(0, 10**6), st.sampled_from(["chain", "tree"]))
@settings(max_examples=100, deadline=None)
def test_rounding_never_makes_anything_earlier(seed: int, shape: str) -> None:
    problem = random_problem(seed, shape=shape)
    try:
        later = plan(rounded(problem, seed))
    except NoPlan:
        return
    assert later.arrival >= plan(problem).arrival
    for one, other in pairwise(pareto(rounded(problem, seed))):
        check(rounded(problem, seed), one)
        assert one.arrival < other.arrival and one.cost > other.cost
    by_level = promise_quantiles(rounded(problem, seed), later, seed, draws=100)
    assert min(by_level.values()) >= max(
        (slot.answered for slot in later.slots if _grain(problem, seed, slot.operation, slot.mode)), default=0
    )


def _grain(problem: Problem, seed: int, operation: str, mode: int) -> int:
    chosen = next(each.modes[mode] for each in rounded(problem, seed).operations if each.key == operation)
    return chosen.grain if isinstance(chosen, Mode) else 0


OTHERS_HOURS = st.lists(st.integers(6, 12), min_size=3, max_size=3)


@given(OTHERS_HOURS, OTHERS_HOURS, st.integers(0, 3), st.sampled_from([0, DAY]))
@settings(max_examples=100, deadline=None)
def test_where_in_its_day_a_hidden_booking_lies_is_not_told(
    ones: list[int], others: list[int], full_days: int, rest: int
) -> None:
    """Three firms with eight hours a day, two of them booked: three hours of work fit that day wherever these lie."""
    one, other = (_three_firms(hours, full_days, rest) for hours in (ones, others))
    assert _told(one) == _told(other)
    if ones[0] < 9 <= others[0]:
        assert plan(one).slots[0].start != plan(other).slots[0].start


def _three_firms(hours: list[int], full_days: int, rest: int) -> Problem:
    mills = {}
    for number, hour in enumerate(hours):
        day = full_days + 4 * number
        full = [(each * DAY + 6 * HOUR, each * DAY + 14 * HOUR, 1) for each in range(day)]
        two_hours = (day * DAY + hour * HOUR, day * DAY + (hour + 2) * HOUR, 1)
        mills[f"mill {number}"] = replace(MILL, key=f"mill {number}", site=f"site {number}", busy=[*full, two_hours])
    work = [
        Operation(f"cut {key}", [Mode(key, HOUR, 2 * HOUR, 0.4, rest=rest, grain=DAY)], after)
        for key, after in zip(mills, [[], [Arc("cut mill 0")], [Arc("cut mill 1")]], strict=True)
    ]
    road = [Leg("road", 5 * HOUR, spread=0.2)]
    return Problem(work, mills, {("site 0", "site 1"): road, ("site 1", "site 2"): road}, 0)


@given(st.integers(0, 10**6), st.integers(2, 6))
@settings(max_examples=100, deadline=None)
def test_bookings_that_change_no_rounded_answer_change_nothing_that_is_told(seed: int, grain: int) -> None:
    """Every question an owner can be asked about one piece of work is asked of both; only then are plans compared."""
    problem = _all_rounding(random_problem(seed, shape="chain", operations=3), grain)
    other = _one_booking_moved(problem, Random(seed))
    if list(_answers(problem)) != list(_answers(other)):
        return
    assert _told(problem) == _told(other)


def _all_rounding(problem: Problem, grain: int) -> Problem:
    return replace(
        problem,
        operations=[
            replace(each, modes=[replace(mode, grain=grain) if isinstance(mode, Mode) else mode for mode in each.modes])
            for each in problem.operations
        ],
    )


def _one_booking_moved(problem: Problem, dice: Random) -> Problem:
    moved = {
        key: replace(one, busy=[(start + step, end + step, units) for start, end, units in one.busy])
        for key, one in problem.resources.items()
        for step in [dice.choice([-1, 0, 1])]
    }
    return replace(problem, resources=moved)


def _answers(problem: Problem) -> Iterator[tuple[int, int] | None]:
    """When each mode would begin and be ready, in grains, asked for from every second on."""
    for operation in problem.operations:
        for mode in operation.modes:
            for second in range(HORIZON):
                alone = Operation("alone", [mode], interruptible=operation.interruptible)
                try:
                    slot = plan(Problem([alone], problem.resources, {}, second)).slots[0]
                except NoPlan:
                    yield None
                    continue
                begins = mode.begins(slot.start) if isinstance(mode, Mode) else slot.start
                yield max(begins, second), slot.answered


def _told(problem: Problem) -> Any:
    try:
        found: Plan = plan(problem)
    except NoPlan as refusal:
        return str(refusal)
    sure = promise_quantiles(problem, found, 1, draws=50)
    hidden = {slot.operation for slot in found.slots if slot.resource is not None}
    slots = [replace(slot, start=0, setup_end=0, end=0) if slot.operation in hidden else slot for slot in found.slots]
    return (
        slots,
        found.legs,
        found.ready,
        found.arrival,
        found.cost,
        found.chain,
        sure,
        [(each.arrival, each.cost, each.chain) for each in pareto(problem)],
    )
