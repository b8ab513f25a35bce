"""What makes the date: each of the ten reasons, where it belongs, and where a piece of work goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from lianzao.engines.plan import Arc, Cheapest, Delay, Leg, Mode, Operation, Problem, Resource, pareto, plan

HOUR, DAY = 3600, 86400
TWO_WEEKS = [(day * DAY + 6 * HOUR, day * DAY + 14 * HOUR) for day in range(14) if day % 7 < 5]


def machine(
    key: str = "mill",
    *,
    site: str = "Ulm",
    capacity: int = 1,
    hours: Sequence[tuple[int, int]] = ((0, 30 * DAY),),
    busy: Sequence[tuple[int, int, int]] = (),
) -> Resource:
    return Resource(key, f"{key}'s firm", site, capacity, hours, busy)


def problem(
    *operations: Operation,
    machines: Sequence[Resource] = (machine(),),
    destination: str | None = None,
    release: int = 0,
) -> Problem:
    legs = {
        ("Ulm", "Wuxi"): [Leg("sea", 20 * HOUR, Decimal(10), 5 * HOUR), Leg("air", 4 * HOUR, Decimal(90), 5 * HOUR)]
    }
    return Problem(operations, {one.key: one for one in machines}, legs, release, destination)


def told(of: Problem) -> list[tuple[str, int, int]]:
    return [(step.because, step.start, step.end) for step in plan(of).chain]


def test_set_up_comes_before_the_work() -> None:
    found = plan(problem(Operation("mill", [Mode("mill", 600, 3000)]), release=100))
    assert [(step.because, step.start, step.end) for step in found.chain] == [("set-up", 100, 700), ("work", 700, 3700)]
    step = found.chain[1]
    assert (step.operation, step.resource, step.owner, step.site) == ("mill", "mill", "mill's firm", "Ulm")
    assert (found.slots[0].start, found.slots[0].setup_end, found.slots[0].end) == (100, 700, 3700)
    assert found.ready == found.arrival == 3700


def test_work_behind_bookings_waits_in_a_queue() -> None:
    busy = machine(busy=[(0, 500, 1), (500, 900, 1), (1000, 1200, 1)])
    assert told(problem(Operation("mill", [Mode("mill", 0, 300)]), machines=[busy])) == [
        ("queue", 0, 1200),
        ("work", 1200, 1500),
    ]


def test_a_closed_day_is_the_calendar_and_what_is_booked_after_it_the_queue() -> None:
    monday = machine(hours=TWO_WEEKS, busy=[(7 * DAY + 6 * HOUR, 7 * DAY + 8 * HOUR, 1)])
    saturday = 5 * DAY
    assert told(problem(Operation("mill", [Mode("mill", 0, HOUR)]), machines=[monday], release=saturday)) == [
        ("calendar", saturday, 7 * DAY + 6 * HOUR),
        ("queue", 7 * DAY + 6 * HOUR, 7 * DAY + 8 * HOUR),
        ("work", 7 * DAY + 8 * HOUR, 7 * DAY + 9 * HOUR),
    ]


def test_work_that_may_pause_spans_nights_and_names_the_weekend() -> None:
    work = Operation("grind", [Mode("mill", 0, 12 * HOUR)], interruptible=True)
    thursday = 3 * DAY + 6 * HOUR
    assert told(problem(work, machines=[machine(hours=TWO_WEEKS)], release=thursday)) == [
        ("work", thursday, 4 * DAY + 10 * HOUR)
    ]
    friday = 4 * DAY + 6 * HOUR
    assert told(problem(work, machines=[machine(hours=TWO_WEEKS)], release=friday)) == [
        ("work", friday, friday + 8 * HOUR),
        ("calendar", friday + 8 * HOUR, 7 * DAY + 6 * HOUR),
        ("work", 7 * DAY + 6 * HOUR, 7 * DAY + 10 * HOUR),
    ]


def test_work_that_may_not_pause_waits_for_a_window_long_enough() -> None:
    work = Operation("harden", [Mode("mill", HOUR, 6 * HOUR)])
    assert told(problem(work, machines=[machine(hours=TWO_WEEKS)], release=10 * HOUR)) == [
        ("calendar", 10 * HOUR, DAY + 6 * HOUR),
        ("set-up", DAY + 6 * HOUR, DAY + 7 * HOUR),
        ("work", DAY + 7 * HOUR, DAY + 13 * HOUR),
    ]


def test_paused_work_holds_its_machine_so_a_booking_in_between_is_in_the_way() -> None:
    work = Operation("grind", [Mode("mill", 0, 4 * HOUR)], interruptible=True)
    evening = machine(hours=TWO_WEEKS, busy=[(DAY, DAY + HOUR, 1)])
    assert plan(problem(work, machines=[evening], release=12 * HOUR)).slots[0].start == DAY + 6 * HOUR


def test_a_pool_takes_as_much_as_it_holds() -> None:
    pool = machine(capacity=3, busy=[(0, 1000, 2)])
    assert plan(problem(Operation("weld", [Mode("mill", 0, 100)]), machines=[pool])).arrival == 100
    assert plan(problem(Operation("weld", [Mode("mill", 0, 100, units=2)]), machines=[pool])).arrival == 1100


def test_branches_of_one_order_share_a_machine_one_after_the_other() -> None:
    parts = [Operation(f"part {n}", [Mode("mill", 0, 100)]) for n in range(3)]
    joined = Operation("join", [Mode("bench", 0, 10)], [Arc(part.key) for part in parts])
    order = problem(*parts, joined, machines=[machine(), machine("bench")])
    assert plan(order).arrival == 310
    assert plan(replace(order, resources={"mill": machine(capacity=2), "bench": machine("bench")})).arrival == 210


def test_transport_and_customs_lie_between_sites_and_before_the_destination() -> None:
    two = [machine(), machine("lathe", site="Wuxi")]
    order = problem(
        Operation("mill", [Mode("mill", 0, HOUR)]),
        Operation("turn", [Mode("lathe", 0, HOUR)], [Arc("mill", lag=600)]),
        machines=two,
        destination="Wuxi",
    )
    assert told(order) == [
        ("work", 0, HOUR),
        ("work", HOUR, HOUR + 600),
        ("transport", HOUR + 600, 5 * HOUR + 600),
        ("customs", 5 * HOUR + 600, 10 * HOUR + 600),
        ("work", 10 * HOUR + 600, 11 * HOUR + 600),
    ]
    found = plan(order)
    assert [(trip.mode, trip.from_site, trip.to_site, trip.cost) for trip in found.legs] == [
        ("air", "Ulm", "Wuxi", Decimal(90))
    ]


def test_the_date_ex_works_comes_before_the_arrival() -> None:
    found = plan(problem(Operation("mill", [Mode("mill", 0, HOUR)]), destination="Wuxi"))
    assert (found.ready, found.arrival) == (HOUR, 10 * HOUR)


def test_a_ship_that_sails_on_days_is_waited_for() -> None:
    order = problem(Operation("mill", [Mode("mill", 0, HOUR)]), destination="Wuxi")
    sailing = replace(order, transports={("Ulm", "Wuxi"): [Leg("sea", DAY, departures=[0, 2 * DAY])]})
    assert told(sailing) == [("work", 0, HOUR), ("transport", HOUR, 3 * DAY)]
    assert plan(sailing).legs[0].start == 2 * DAY


@pytest.mark.parametrize("because", ["release", "material", "outside", "consent"])
def test_a_fixed_date_that_is_waited_for_is_named_as_given(because: str) -> None:
    first = Operation("saw", [Mode("mill", 0, 100)])
    then = Operation("mill", [Mode("mill", 0, 100)], [Arc("saw")], release=5000, because_of_release=because)  # type: ignore[arg-type]
    assert told(problem(first, then, release=50)) == [(because, 50, 5000), ("work", 5000, 5100)]


def test_an_owners_earliest_start_is_his_consent() -> None:
    assert told(problem(Operation("mill", [Mode("mill", 0, 100, release=900)]))) == [
        ("consent", 0, 900),
        ("work", 900, 1000),
    ]


def test_material_comes_to_where_it_is_needed() -> None:
    order = problem(
        Operation("steel", [Delay(3 * DAY, "material")]),
        Operation("mill", [Mode("mill", 0, 100)], [Arc("steel")]),
    )
    assert told(order) == [("material", 0, 3 * DAY), ("work", 3 * DAY, 3 * DAY + 100)]
    assert plan(order).slots[0].resource is None


def test_an_outside_process_begins_on_a_collection_day() -> None:
    order = problem(
        Operation("mill", [Mode("mill", 0, 100)]),
        Operation("harden", [Delay(5 * DAY, "outside", "Ulm", departures=[50, 7 * DAY, 14 * DAY])], [Arc("mill")]),
    )
    assert told(order) == [("work", 0, 100), ("outside", 100, 12 * DAY)]
    assert plan(order).slots[1].start == 7 * DAY


def test_the_whole_chain_counts_and_not_each_operation_by_itself() -> None:
    near, far = machine("near"), machine("far", site="Wuxi")
    order = problem(
        Operation("mill", [Mode("far", 0, 50), Mode("near", 0, 100)]),
        Operation("turn", [Mode("near", 0, 100)], [Arc("mill")]),
        machines=[near, far],
    )
    order = replace(order, transports={("Wuxi", "Ulm"): [Leg("air", 1000)]})
    assert [slot.resource for slot in plan(order).slots] == ["near", "near"]


def test_of_two_modes_that_end_together_the_cheaper_is_taken() -> None:
    two = [machine(), machine("lathe")]
    work = Operation("cut", [Mode("mill", 0, 100, cost=Decimal(5)), Mode("lathe", 0, 100, cost=Decimal(3))])
    found = plan(problem(work, machines=two))
    assert (found.slots[0].resource, found.slots[0].mode, found.cost) == ("lathe", 1, Decimal(3))


def test_money_buys_time_only_as_far_as_the_deadline_asks() -> None:
    order = problem(Operation("mill", [Mode("mill", 0, HOUR)]), destination="Wuxi")
    fast, slow = pareto(order)
    assert [trip.mode for trip in (*fast.legs, *slow.legs)] == ["air", "sea"]
    assert plan(replace(order, objective=Cheapest(slow.arrival - 1))) == fast
    assert plan(replace(order, objective=Cheapest(slow.arrival))) == slow
