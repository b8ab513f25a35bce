"""What a shop is, learnt from what it reported."""

from __future__ import annotations

import random

import pytest

from lianzao.engines.observe import Kind, LearnedResource, LearnedSite, Report, learn
from tests.engines.observe.works import report

HOUR = 1 / 24


def resource(site: LearnedSite, name: str) -> LearnedResource:
    return next(found for found in site.resources if found.name == name)


def test_inspectors_who_work_side_by_side_are_a_pool() -> None:
    side_by_side = [
        report(day + inspector * HOUR, 6, order=f"{day}-{inspector}", resource="Inspectors")
        for day in range(20)
        for inspector in range(3)
    ]
    assert resource(learn(side_by_side), "Inspectors").capacity == 3


def test_hand_over_between_shifts_makes_no_pool_of_a_machine() -> None:
    shifts = [report(shift * 8 * HOUR, 8.5, order=str(shift)) for shift in range(60)]
    assert resource(learn(shifts), "Lathe").capacity == 1


def test_week_from_sunday_to_thursday_with_a_short_friday_is_learnt() -> None:
    working = [
        report(week * 7 + weekday + 7 * HOUR, 5 if weekday == 4 else 9, order=f"{week}-{weekday}")
        for week in range(8)
        for weekday in (0, 1, 2, 3, 4, 6)
    ]
    learnt = {shift.weekday: (shift.starts // 60, shift.ends // 60) for shift in learn(working).shifts}
    assert learnt == {0: (7, 16), 1: (7, 16), 2: (7, 16), 3: (7, 16), 4: (7, 12), 6: (7, 16)}


def test_machine_has_its_own_hours_within_those_of_the_site() -> None:
    working = [
        row
        for week in range(8)
        for weekday in range(5)
        for row in (
            report(week * 7 + weekday + 6 * HOUR, 16, order=f"{week}-{weekday}"),
            report(week * 7 + weekday + 8 * HOUR, 6, order=f"{week}-{weekday}", resource="Laser"),
        )
    ]
    site = learn(working)
    laser = resource(site, "Laser")
    assert laser.own_calendar
    assert laser.shifts[0].starts >= 7 * 60
    assert laser.shifts[0].ends <= 15 * 60
    assert site.shifts[0].ends == 22 * 60


def test_resource_hardly_seen_takes_the_hours_of_its_site() -> None:
    working = [report(week * 7 + day + 7 * HOUR, 9, order=f"{week}-{day}") for week in range(6) for day in range(5)]
    site = learn([*working, report(1.5, 1, resource="Oven")])
    assert resource(site, "Oven").shifts == site.shifts
    assert not resource(site, "Oven").own_calendar


def path(order: str, *steps: tuple[str, str], part: str = "Shaft") -> list[Report]:
    return [
        report(place + int(order) * 2, order=order, part=part, activity=activity, resource=machine)
        for place, (activity, machine) in enumerate(steps)
    ]


def test_one_name_of_a_part_may_be_several_routings() -> None:
    rows: list[Report] = []
    for order in range(6):
        rows += path(str(order), ("Turning - M1", "M1 Lathe"), ("Grinding - M2", "M2 Grinder"), ("Packing", "Packing"))
    for order in range(6, 9):
        rows += path(str(order), ("Milling - M3", "M3 Mill"), ("Laser", "Laser"), ("Packing", "Packing"))
    routings = learn(rows).parts[0].routings
    assert [[operation.name for operation in routing.operations] for routing in routings] == [
        ["Turning", "Grinding", "Packing"],
        ["Milling", "Laser", "Packing"],
    ]
    assert [routing.orders for routing in routings] == [6, 3]


def test_machines_that_did_the_same_operation_are_its_alternatives() -> None:
    rows = [report(day, order=str(day), activity=f"Turning - M{day % 2}", resource=f"M{day % 2}") for day in range(10)]
    operation = learn(rows).parts[0].routings[0].operations[0]
    assert operation.name == "Turning"
    assert {mode.resource: mode.share for mode in operation.modes} == {"M0": 0.5, "M1": 0.5}


def test_numbered_tail_that_is_no_resource_name_is_still_a_machine() -> None:
    rows = [
        report(day, order=str(day), activity=f"Turning - No {day % 2}", resource="ab"[day % 2]) for day in range(10)
    ]
    assert [operation.name for operation in learn(rows).parts[0].routings[0].operations] == ["Turning"]


def test_rework_is_no_step_of_a_routing_but_lowers_the_first_pass() -> None:
    rows = [
        report(0, pieces=9, rejected=1),
        report(1, activity="Packing", resource="Packing"),
        report(0.5, activity="Grinding Rework", resource="Grinder", pieces=2),
        report(0.6, pieces=1, rework=True),
    ]
    part = learn(rows).parts[0]
    assert [operation.name for operation in part.routings[0].operations] == ["Turning", "Packing"]
    assert part.first_pass == pytest.approx(0.6)


def test_orders_seen_from_end_to_end_teach_the_routing() -> None:
    rows = [*path("1", ("Turning", "Lathe"), ("Packing", "Packing")), *path("2", ("Turning", "Lathe"))]
    assert learn(rows, whole=["1"]).parts[0].routings[0].orders == 1
    assert learn(rows[2:], whole=["1"]).parts[0].routings[0].orders == 1


def test_times_of_many_orders_are_found_again() -> None:
    chance, rows = random.Random(1), []
    for day in range(40):
        rows.append(report(day, 2 * chance.lognormvariate(0, 0.2), order=str(day), kind=Kind.SETUP, pieces=0))
        rows.append(report(day + 0.3, chance.lognormvariate(0, 0.3), order=str(day)))
    mode = learn(rows).parts[0].routings[0].operations[0].modes[0]
    assert mode.set_up is not None
    assert mode.per_piece is not None
    assert mode.set_up.median == pytest.approx(120, rel=0.15)
    assert mode.per_piece.median == pytest.approx(6, rel=0.2)
    assert 0.2 < mode.per_piece.sigma < 0.45
    assert mode.per_piece.low < mode.per_piece.median < mode.per_piece.mean < mode.per_piece.high
    assert mode.per_piece.seen == 40


def test_part_seen_once_leans_on_the_like_work_of_others() -> None:
    rows = [report(day, 1, order=str(day)) for day in range(20)]
    rows.append(report(21, 10, order="new", part="Flange"))
    flange = next(part for part in learn(rows).parts if part.name == "Flange")
    per_piece = flange.routings[0].operations[0].modes[0].per_piece
    assert per_piece is not None
    assert 6 < per_piece.median < 60
    assert per_piece.seen == 1


def test_what_was_never_measured_is_not_made_up() -> None:
    rows = [report(0), report(1, 0, activity="Packing", resource="Packing", pieces=0)]
    packing = learn(rows).parts[0].routings[0].operations[1].modes[0]
    assert (packing.set_up, packing.per_piece) == (None, None)


def test_waiting_before_a_machine_is_learnt() -> None:
    rows: list[Report] = []
    for order in range(10):
        rows += [
            report(order * 3, 2, order=str(order)),
            report(order * 3 + 26 * HOUR, 1, order=str(order), activity="Grinding", resource="Grinder"),
        ]
    site = learn(rows)
    waited = resource(site, "Grinder").wait_hours
    assert waited is not None
    assert waited.median == pytest.approx(24)
    assert resource(site, "Lathe").wait_hours is None


def test_order_of_reports_does_not_matter() -> None:
    rows = [
        report(day + place, order=str(day), part="ab"[day % 2], activity=activity, resource=activity)
        for day in range(12)
        for place, activity in enumerate(("Turning", "Grinding", "Packing"))
    ]
    shuffled = rows.copy()
    random.Random(2).shuffle(shuffled)
    assert learn(shuffled) == learn(rows)


def test_order_that_names_two_parts_teaches_a_routing_for_each() -> None:
    site = learn(
        [
            report(0, part="Shaft", activity="Turning"),
            report(1, part="Shaft", activity="Packing", resource="Packing"),
            report(2, part="Housing", activity="Milling", resource="Mill"),
        ]
    )
    names = {part.name: [step.name for step in part.routings[0].operations] for part in site.parts}
    assert names == {"Housing": ["Milling"], "Shaft": ["Turning", "Packing"]}
