"""What cannot be planned is refused, with the operation it fails on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianzao.engines.plan import (
    Arc,
    BadProblem,
    Cheapest,
    Delay,
    Leg,
    Mode,
    NoMode,
    NoPlan,
    NoTime,
    NoWay,
    Operation,
    Problem,
    Resource,
    TooLate,
    plan,
)

MILL = Resource("mill", "firm", "Ulm", 1, [(0, 1000)])
FAR = Resource("far", "other", "Wuxi", 1, [(0, 1000)])


def problem(*operations: Operation, destination: str | None = None) -> Problem:
    return Problem(operations, {"mill": MILL, "far": FAR}, {}, 0, destination)


def test_an_operation_that_nobody_offers() -> None:
    with pytest.raises(NoMode, match="“paint”") as refused:
        plan(problem(Operation("paint", [])))
    assert refused.value.at == "paint"


def test_an_operation_for_which_there_is_no_time_in_the_days_looked_at() -> None:
    first, then = Operation("saw", [Mode("mill", 0, 900)]), Operation("cut", [Mode("mill", 0, 200)], [Arc("saw")])
    with pytest.raises(NoTime) as refused:
        plan(problem(first, then))
    assert refused.value.at == "cut"


def test_branches_that_fit_alone_but_not_together() -> None:
    parts = [Operation(f"part {n}", [Mode("mill", 0, 600)]) for n in range(2)]
    with pytest.raises(NoTime):
        plan(problem(*parts))


def test_more_units_than_the_pool_holds() -> None:
    with pytest.raises(NoTime):
        plan(problem(Operation("cut", [Mode("mill", 0, 10, units=2)])))


def test_a_collection_that_never_comes() -> None:
    with pytest.raises(NoTime):
        plan(problem(Operation("harden", [Delay(10, "outside", "Ulm", departures=[])])))


def test_sites_without_a_way_between_them() -> None:
    first, then = Operation("saw", [Mode("mill", 0, 10)]), Operation("cut", [Mode("far", 0, 10)], [Arc("saw")])
    with pytest.raises(NoWay) as refused:
        plan(problem(first, then))
    assert refused.value.at == "cut"
    with pytest.raises(NoWay):
        plan(problem(first, destination="Graz"))


def test_a_deadline_too_early_tells_the_earliest_date() -> None:
    with pytest.raises(TooLate, match="1970-01-01T00:01:40Z"):
        plan(replace(problem(Operation("cut", [Mode("mill", 0, 100)])), objective=Cheapest(99)))


def test_all_of_these_are_one_kind_of_refusal() -> None:
    assert all(issubclass(refusal, NoPlan) for refusal in (NoMode, NoTime, NoWay, TooLate))


@pytest.mark.parametrize(
    "operations",
    [
        [],
        [Operation("a", [Mode("mill", 0, 1)]), Operation("a", [Mode("mill", 0, 1)])],
        [Operation("a", [Mode("mill", 0, 1)], [Arc("a")])],
        [Operation("a", [Mode("mill", 0, 1)], [Arc("b")]), Operation("b", [Mode("mill", 0, 1)], [Arc("a")])],
        [Operation("a", [Mode("mill", 0, 1)], [Arc("nowhere")])],
        [Operation("a", [Mode("no such machine", 0, 1)])],
    ],
)
def test_a_problem_that_contradicts_itself(operations: list[Operation]) -> None:
    with pytest.raises(BadProblem):
        plan(problem(*operations))


def test_figures_below_nothing() -> None:
    for wrong in (
        lambda: Mode("mill", -1, 1),
        lambda: Mode("mill", 0, 1, spread=float("nan")),
        lambda: Mode("mill", 0, 1, units=0),
        lambda: Delay(-1),
        lambda: Leg("sea", -1),
        lambda: Arc("a", -1),
    ):
        with pytest.raises(BadProblem):
            wrong()
