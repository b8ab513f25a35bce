"""Lead times promised from orders of which many are still open."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzao.engines.observe import PROBABILITIES, Lead, promise, reference
from lianzao.engines.observe.survival import DAYS, kaplan_meier

MEDIAN = PROBABILITIES.index(0.5)

leads = st.builds(
    Lead,
    part=st.sampled_from("abc"),
    quantity=st.floats(0.5, 1e6),
    days=st.floats(0, 400),
    finished=st.booleans(),
)


@given(st.lists(leads, max_size=30), st.floats(1e-3, 1e9))
def test_quantiles_are_finite_and_rise(history: list[Lead], quantity: float) -> None:
    for days in (promise(history, "a", quantity), reference(history)):
        assert len(days) == len(PROBABILITIES)
        assert list(days) == sorted(days)
        assert days[0] >= 0
        assert days[-1] < 366


def test_curve_equals_the_textbook() -> None:
    days, finished = np.array([1.0, 2.0, 2.0, 3.0, 5.0]), np.array([1.0, 1.0, 0.0, 1.0, 0.0])
    curve = kaplan_meier(days, finished)
    after = {day: curve[np.searchsorted(DAYS, day + 0.01)] for day in (0, 1, 2, 3)}
    assert after == pytest.approx({0: 1.0, 1: 0.8, 2: 0.6, 3: 0.3})


def exponential(chance: random.Random, part: str, mean: float, age: float, quantity: float = 10) -> Lead:
    """An order of mean lead time `mean`, looked at when it is `age` days old."""
    days = chance.expovariate(1 / mean)
    return Lead(part, quantity, min(days, age), days <= age)


def test_open_orders_keep_the_promise_from_being_too_short() -> None:
    chance = random.Random(4)
    history = [exponential(chance, "a", 20, chance.uniform(0, 25)) for _ in range(800)]
    finished = sorted(lead.days for lead in history if lead.finished)
    true_median = 20 * np.log(2)
    assert promise(history, "a", 10)[MEDIAN] == pytest.approx(true_median, rel=0.2)
    assert finished[len(finished) // 2] < true_median / 2


def test_part_with_a_history_of_its_own_is_judged_by_it() -> None:
    chance = random.Random(5)
    history = [exponential(chance, part, mean, 60) for _ in range(40) for part, mean in (("quick", 3), ("slow", 25))]
    assert promise(history, "quick", 10)[MEDIAN] < 6
    assert promise(history, "slow", 10)[MEDIAN] > 10


def test_larger_orders_are_promised_later() -> None:
    chance = random.Random(6)
    sizes = [(size, 2 + size / 10) for size in (5, 20, 80, 300)]
    history = [exponential(chance, "a", mean, 90, size) for _ in range(40) for size, mean in sizes]
    medians = [promise(history, "a", size)[MEDIAN] for size in (5, 80, 300)]
    assert medians == sorted(medians)
    assert medians[-1] > medians[0]


def test_without_history_the_promise_is_cautious() -> None:
    nothing = promise([], "a", 10)
    assert 5 < nothing[MEDIAN] < 40
    assert nothing == reference([])
