"""Walking through a log as if live."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lianzao.engines.observe import Report
from lianzao.production.joblog import KnownLog, Quantiles, promise_from_log, read, replay
from tests.production.joblog.logs import file, line, shop

DAY = 86_400


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    return read(file(shop(160))).reports


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_promises_beat_the_reference_where_parts_differ(reports: tuple[Report, ...]) -> None:
    total = replay(reports)["total"]
    assert total["scored"] > 50
    assert total["skill"] is not None
    assert total["skill"] > 0.2


def test_later_rows_deleted_or_shuffled_leave_every_promise_as_it_was(reports: tuple[Report, ...]) -> None:
    now = reports[len(reports) // 2].known
    expected = promise_from_log(KnownLog.as_of(reports, now), "Shaft", 10, now)
    earlier = [report for report in reports if report.known <= now]
    later = [report for report in reports if report.known > now]
    random.Random(3).shuffle(later)
    for others in ([], later):
        assert promise_from_log(KnownLog.as_of([*earlier, *others], now), "Shaft", 10, now) == expected


def test_shuffled_file_is_walked_alike(reports: tuple[Report, ...]) -> None:
    rows = shop(160)
    random.Random(5).shuffle(rows)
    assert replay(read(file(rows)).reports)["orders"] == replay(reports)["orders"]


def test_walk_shows_the_promise_only_what_was_known_at_release(reports: tuple[Report, ...]) -> None:
    newest: list[tuple[int, int]] = []

    def spy(known: KnownLog, part: str, quantity: float, now: int) -> Quantiles:
        newest.append((max((order.heard for order in known.orders.values()), default=now), now))
        return promise_from_log(known, part, quantity, now)

    replay(reports, promise_fn=spy)
    assert newest
    assert all(heard <= now for heard, now in newest)


def test_names_and_dates_do_not_matter(reports: tuple[Report, ...]) -> None:
    parts = {"Shaft": "零件二", "Housing": "Teil 1"}
    shift = 777 * DAY
    renamed = [
        replace(
            report,
            order=f"x{report.order}",
            part=parts[report.part],
            resource=f"M{report.resource}",
            began=report.began + shift,
            ended=report.ended + shift,
            known=report.known + shift,
        )
        for report in reports
    ]
    assert replay(renamed)["total"] == replay(reports)["total"]


def test_order_is_finished_when_nine_tenths_are_packed() -> None:
    rows = [
        line(row=1),
        line(row=2, activity="Packing", start="2021-03-04 09:00", finish="2021-03-04 10:00", qty_completed=8),
        line(row=3, activity="Packing", start="2021-03-05 09:00", finish="2021-03-05 10:00", qty_completed=1),
        line(row=4, case="B", start="2021-06-01 09:00", finish="2021-06-01 10:00"),
    ]
    order = replay(read(file(rows)).reports)["orders"][0]
    assert (order["state"], order.get("finished")) == ("finished", "2021-03-05T10:00:00Z")


@pytest.mark.parametrize(("packed", "state"), [(6, "short"), (4, "vanished")])
def test_silent_order_is_short_from_half_its_pieces_and_else_vanished(packed: int, state: str) -> None:
    rows = [
        line(row=1),
        line(row=2, activity="Packing", start="2021-03-04 09:00", finish="2021-03-04 10:00", qty_completed=packed),
        line(row=3, case="B", start="2021-03-25 10:00", finish="2021-03-25 10:00"),
    ]
    told = replay(read(file(rows)).reports)
    assert told["orders"][0]["state"] == state
    assert told["orders"][1]["state"] == "open"


def test_open_order_is_scored_once_its_first_thirty_days_are_over() -> None:
    rows = [
        line(row=1, case="old"),
        line(row=2, case="B", start="2021-03-10 08:00", finish="2021-03-10 09:00"),
        line(row=3, case="B", start="2021-04-20 08:00", finish="2021-04-20 09:00"),
        line(row=4, case="C", start="2021-04-20 08:00", finish="2021-04-20 09:00"),
    ]
    told = {order["order"]: order for order in replay(read(file(rows)).reports)["orders"]}
    assert told["B"]["state"] == "open"
    assert told["B"]["scored"]
    assert (told["old"].get("why"), told["C"].get("why")) == ("under way", "recent")


def test_window_names_the_orders_and_what_lies_before_is_learnt_from(reports: tuple[Report, ...]) -> None:
    start, end = moment("2021-04-01"), moment("2021-04-10")
    whole = {order["order"]: order for order in replay(reports)["orders"]}
    window = replay(reports, start, end)["orders"]
    assert window
    assert all("2021-04-01" <= order["released"] <= "2021-04-10" for order in window)
    assert all(order == whole[order["order"]] for order in window)


def test_quantiles_rise_and_start_after_release(reports: tuple[Report, ...]) -> None:
    for order in replay(reports)["orders"]:
        moments = list(order["quantiles"].values())
        assert moments == sorted(moments)
        assert order["released"] <= moments[0]
        assert order["promised"] == order["quantiles"]["0.9"]


def test_empty_and_tiny_logs_are_walked_too() -> None:
    assert replay([])["total"]["skill"] is None
    told = replay(read(file([line()])).reports)
    assert len(told["orders"]) == 1


def test_part_never_seen_gets_a_promise(reports: tuple[Report, ...]) -> None:
    now = reports[-1].known
    moments = promise_from_log(KnownLog.as_of(reports, now), "Never seen", 1e6, now)
    assert now < moments["0.5"] < now + 366 * DAY
