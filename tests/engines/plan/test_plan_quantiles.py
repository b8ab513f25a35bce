"""How sure a date is: never before what was booked, wider with more spread, the same for the same seed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzao.engines.plan import LEVELS, Arc, Leg, Mode, NoPlan, Operation, Problem, Resource, plan, promise_quantiles
from tests.engines.plan.plan_cases import random_problem

HOUR, DAY = 3600, 86400
SHIFTS = [(day * DAY + 6 * HOUR, day * DAY + 14 * HOUR) for day in range(14)]


def order(spread: float, *, busy: int = 0, leg_spread: float = 0.0) -> Problem:
    mill = Resource("mill", "firm", "Ulm", 1, SHIFTS, [(6 * HOUR, 6 * HOUR + busy, 1)])
    operations = [
        Operation("saw", [Mode("mill", 0, HOUR, spread)]),
        Operation("cut", [Mode("mill", 0, HOUR, spread)], [Arc("saw")]),
    ]
    return Problem(operations, {"mill": mill}, {("Ulm", "Wuxi"): [Leg("air", DAY, spread=leg_spread)]}, 0, "Wuxi")


def quantiles(problem: Problem, seed: int = 1) -> dict[float, int]:
    return promise_quantiles(problem, plan(problem), seed)


def test_without_spread_the_plan_is_certain() -> None:
    assert set(quantiles(order(0.0)).values()) == {plan(order(0.0)).arrival}


def test_more_spread_makes_a_wider_promise() -> None:
    narrow, wide = quantiles(order(0.1)), quantiles(order(0.5))
    assert wide[0.95] - wide[0.1] > narrow[0.95] - narrow[0.1] > 0


def test_one_operation_spreads_as_its_mode_says() -> None:
    """A lognormal factor of mean 1 and deviation 0.3: its median is 0.958, its 90 % quantile 1.395."""
    mill = Resource("mill", "firm", "Ulm", 1, [(0, 100 * DAY)])
    problem = Problem([Operation("cut", [Mode("mill", 0, 100_000, 0.3)])], {"mill": mill}, {}, 0)
    found = promise_quantiles(problem, plan(problem), 1, draws=20_000)
    assert found[0.5] == pytest.approx(95_783, rel=0.01)
    assert found[0.9] == pytest.approx(139_500, rel=0.01)


def test_the_seed_decides() -> None:
    assert quantiles(order(0.3), 7) == quantiles(order(0.3), 7)
    assert quantiles(order(0.3), 7) != quantiles(order(0.3), 8)


def test_work_that_runs_over_goes_on_when_the_machine_opens_again() -> None:
    late = quantiles(order(0.5, busy=6 * HOUR))
    assert late[0.95] - DAY >= DAY + 6 * HOUR, "the plan ends with the shift, so whatever is late ends the next day"


def test_what_is_booked_before_runs_over_too() -> None:
    spread = 0.3
    idle, queued = order(spread), order(spread, busy=4 * HOUR)
    beyond_idle = quantiles(idle)[0.8] - plan(idle).arrival
    assert quantiles(queued)[0.8] - plan(queued).arrival > beyond_idle


def test_transport_may_spread() -> None:
    still, rough = quantiles(order(0.0)), quantiles(order(0.0, leg_spread=0.3))
    assert rough[0.9] > still[0.9]


@given(st.integers(0, 10**6), st.sampled_from(["chain", "tree", "net"]), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_a_surer_date_is_never_earlier_and_nothing_begins_before_it_is_booked(
    problem_seed: int, shape: str, seed: int
) -> None:
    problem = random_problem(problem_seed, shape=shape)
    try:
        found = plan(problem)
    except NoPlan:
        return
    by_level = promise_quantiles(problem, found, seed, draws=200)
    assert list(by_level) == list(LEVELS)
    assert sorted(by_level.values()) == list(by_level.values())
    assert min(by_level.values()) >= max(slot.start for slot in found.slots)
