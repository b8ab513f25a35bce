"""On small random problems the plan is what an exhaustive search finds, and keeps every rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzao.engines.plan import Arc, Cheapest, Mode, NoPlan, Operation, Problem, Resource, TooLate, pareto, plan
from tests.engines.plan.plan_cases import check, exhaustive, random_problem

CASES = 300


def arrival_of(problem: Problem) -> int | None:
    try:
        found = plan(problem)
    except NoPlan:
        return None
    check(problem, found)
    return found.arrival


@pytest.mark.parametrize("shape", ["chain", "tree"])
def test_the_arrival_is_that_of_an_exhaustive_search(shape: str) -> None:
    planned = 0
    for seed in range(CASES):
        problem = random_problem(seed, shape=shape)
        best = exhaustive(problem)
        assert arrival_of(problem) == (None if best is None else best[0]), f"seed {seed}"
        planned += best is not None
    assert planned > CASES // 2


def test_so_it_is_where_a_result_goes_to_several_operations() -> None:
    for seed in range(CASES):
        problem = random_problem(seed, shape="net")
        best = exhaustive(problem)
        assert arrival_of(problem) == (None if best is None else best[0]), f"seed {seed}"


@pytest.mark.parametrize("shape", ["chain", "tree"])
def test_the_cheapest_plan_by_a_deadline_is_that_of_an_exhaustive_search(shape: str) -> None:
    for seed in range(50):
        problem = random_problem(seed, shape=shape)
        earliest = arrival_of(problem)
        if earliest is None:
            continue
        for deadline in (earliest, earliest + 3):
            found, best = plan(replace(problem, objective=Cheapest(deadline))), exhaustive(problem, deadline)
            check(problem, found)
            assert found.exact
            assert found.arrival <= deadline
            assert best is not None and found.cost == best[1], f"seed {seed}"


@given(st.integers(0, 10**6), st.sampled_from(["chain", "tree", "net"]), st.integers(3, 6))
@settings(max_examples=150, deadline=None)
def test_every_plan_keeps_calendars_capacity_precedence_and_the_present(seed: int, shape: str, operations: int) -> None:
    problem = random_problem(seed, shape=shape, operations=operations)
    try:
        found = plan(problem)
    except NoPlan:
        return
    check(problem, found)
    assert plan(problem) == found, "the same question has the same answer"
    check(problem, plan(replace(problem, objective=Cheapest())))


@given(st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_more_capacity_never_makes_a_chain_later(seed: int) -> None:
    problem = random_problem(seed, shape="chain")
    roomier = {key: replace(resource, capacity=resource.capacity + 1) for key, resource in problem.resources.items()}
    before, after = arrival_of(problem), arrival_of(replace(problem, resources=roomier))
    assert before is None or (after is not None and after <= before)


@given(st.integers(0, 10**6), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_a_later_release_never_makes_a_chain_earlier(seed: int, later: int) -> None:
    problem = random_problem(seed, shape="chain")
    before = arrival_of(problem)
    after = arrival_of(replace(problem, release=problem.release + later))
    assert after is None or (before is not None and before <= after)


@given(st.integers(0, 10**6), st.sampled_from(["chain", "tree"]))
@settings(max_examples=60, deadline=None)
def test_paying_more_is_always_for_an_earlier_date(seed: int, shape: str) -> None:
    problem = random_problem(seed, shape=shape)
    try:
        plans = pareto(problem)
    except NoPlan:
        return
    assert all(one.arrival < later.arrival and one.cost > later.cost for one, later in pairwise(plans))
    earliest, cheapest = plan(problem), plan(replace(problem, objective=Cheapest()))
    assert plans[-1].cost == cheapest.cost or not cheapest.exact
    if earliest.exact:
        assert plans[0].arrival == earliest.arrival
        with pytest.raises(TooLate):
            plan(replace(problem, objective=Cheapest(earliest.arrival - 1)))


@pytest.mark.parametrize("seed", range(3))
def test_a_tree_too_large_to_prove_still_keeps_every_rule(seed: int) -> None:
    dice = Random(seed)
    machines = {
        key: Resource(key, "firm", "Ulm", 1, [(0, 400)], [(5, 20, 1), (60, 80, 1)]) for key in ("mill", "lathe")
    }
    parts = [
        Operation(f"part {n}", [Mode(key, 1, dice.randint(3, 9), cost=Decimal(n)) for key in machines])
        for n in range(16)
    ]
    joined = Operation("join", [Mode("mill", 0, 5)], [Arc(part.key) for part in parts])
    problem = Problem([*parts, joined], machines, {}, 0)
    found = plan(problem)
    check(problem, found)
    least = sum(min(mode.work for mode in part.modes) for part in parts) / 2
    assert least <= found.arrival <= 2 * least + 35
    cheap = plan(replace(problem, objective=Cheapest(found.arrival + 50)))
    check(problem, cheap)
    assert cheap.arrival <= found.arrival + 50
    assert cheap.cost <= found.cost
