"""What a buyer learns of a firm's calendar: as much as that firm shows it, by no way more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lianzao.base import clock
from lianzao.capacity.models import Booking
from lianzao.network.models import Resource
from lianzao.trade import actions
from lianzao.trade.answers import promise_json
from lianzao.trade.models import Quote
from lianzao.trade.requests import as_request
from lianzao.trade.solution import Slot, Solution
from lianzao.trade.solving import solve
from lianzao.trust.levels import Level
from tests.cast import REQUEST, Cast

HOUR, DAY = 3600, 86_400
MONDAY = 1_803_859_200
"""Midnight UTC of a Monday; the miller in Suzhou opened at 7, an hour ago."""
SUZHOU = 8 * HOUR
MILL, LEVELS = "AXIS/PLATE/10", (Level.FULL_CALENDAR, Level.FREE_TIME_BUCKETS, Level.ANSWERS_ONLY)


def own_work(hour: float, hours: float, day: int = 0) -> None:
    """Both mills of the miller taken by its own work from `hour` on, by the clock there."""
    Booking.objects.all().delete()
    starts = int(MONDAY + day * DAY - SUZHOU + hour * HOUR)
    mills = Resource.objects.get(work_centre__site__organisation__name="miller")
    Booking.objects.create(
        resource=mills, starts=starts, ends=starts + int(hours * HOUR), units=2, kind="own", booked_at=MONDAY
    )


def solved(cast: Cast, name: str = "buyer") -> Solution:
    return solve(as_request(REQUEST), cast.viewer(name), now=MONDAY)


def told(cast: Cast, name: str = "buyer") -> dict[str, Any]:
    return promise_json(solved(cast, name), cast.viewer(name))


def milling(solution: Solution) -> Slot:
    return next(slot for slot in solution.slots if slot.key == MILL)


def row(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in answer["operations"] if row["operation"] == MILL)
    return found


@pytest.mark.parametrize(
    ("level", "places", "hours"),
    [
        (Level.FREE_TIME_BUCKETS, (8, 10.5, 11), 1),
        (Level.FREE_TIME_BUCKETS, (8, 8.25, 10.25), 1.5),
        (Level.ANSWERS_ONLY, (8, 10, 12, 15), 4),
        (Level.ANSWERS_ONLY, (8.25, 8.5, 16.75), 2),
    ],
)
def test_where_in_its_bucket_a_hidden_booking_lies_is_told_by_nothing(
    cast: Cast, level: Level, places: tuple[float, ...], hours: float
) -> None:
    cast.disclose("miller", level)
    seen, starts = set(), set()
    for hour in places:
        own_work(hour, hours)
        seen.add(json.dumps(told(cast)))
        starts.add(milling(solved(cast)).start)
    assert len(seen) == 1
    assert len(starts) > 1, "the booking itself did move"


def test_who_sees_the_whole_calendar_is_told_of_the_same_move(cast: Cast) -> None:
    own_work(8, 1)
    early = told(cast)
    own_work(11, 1)
    assert told(cast) != early


def test_a_less_exact_answer_is_never_an_earlier_one(cast: Cast) -> None:
    own_work(8, 1)
    ready, promised, milled = [], [], []
    for level in LEVELS:
        cast.disclose("miller", level)
        solution = solved(cast)
        ready.append(solution.ready)
        promised.append(solution.promised)
        milled.append(milling(solution))
    assert ready == sorted(ready) and promised == sorted(promised)
    assert {(slot.start, slot.end) for slot in milled} == {(milled[0].start, milled[0].end)}, "booked exactly"
    there = [(slot.answered - MONDAY + SUZHOU) / HOUR for slot in milled]
    assert there == [(milled[0].end - MONDAY + SUZHOU) / HOUR, 12, 24]


def test_buckets_show_the_site_and_the_half_day(cast: Cast) -> None:
    own_work(8, 2)
    cast.disclose("miller", Level.FREE_TIME_BUCKETS)
    answer = told(cast)
    assert row(answer) | {"name": None} == {
        "operation": MILL,
        "kind": "work",
        "name": None,
        "owner": "miller",
        "site": "miller works",
        "start": clock.iso(MONDAY - SUZHOU),
        "end": clock.iso(MONDAY - SUZHOU + 24 * HOUR),
    }
    own = [row for row in answer["reason"] if row.get("owner") == "miller"]
    assert [row["because"] for row in own] == ["work"]
    assert "milling 1" not in json.dumps(answer)


def test_answers_only_show_that_a_partner_answers(cast: Cast) -> None:
    own_work(8, 11)
    cast.disclose("miller", Level.ANSWERS_ONLY)
    answer = told(cast)
    assert set(row(answer)) == {"operation", "kind", "name"}
    assert [row for row in answer["reason"] if row.get("operation") == MILL and "from" not in row] == [
        {"because": "work", "operation": MILL}
    ]
    assert not any(word in json.dumps(answer) for word in ("miller", "milling 1", "queue"))


def test_a_way_to_a_hidden_site_does_not_name_it(cast: Cast) -> None:
    cast.disclose("assembler", Level.ANSWERS_ONLY)
    assert "assembler" not in json.dumps(told(cast))


def test_safety_days_are_part_of_the_answer_and_known_to_their_owner_alone(cast: Cast) -> None:
    before = solved(cast)
    cast.agrees("miller", "automatic", safety_days=3)
    after = solved(cast)
    assert milling(after).answered == milling(before).answered + 3 * DAY
    assert (milling(after).start, milling(after).end) == (milling(before).start, milling(before).end)
    assert row(told(cast))["end"] == clock.iso(milling(after).answered)
    assert row(told(cast, "miller"))["end"] == clock.iso(milling(before).end)


def test_a_firm_is_answered_by_itself_exactly(cast: Cast) -> None:
    own_work(8, 1)
    cast.disclose("miller", Level.ANSWERS_ONLY)
    cast.agrees("miller", "automatic", safety_days=3)
    slot = milling(solved(cast, "miller"))
    assert slot.answered == slot.end
    shown = row(told(cast, "miller"))
    assert (shown["resource"], shown["start"], shown["end"]) == (
        "milling 1",
        clock.iso(slot.start),
        clock.iso(slot.end),
    )


def test_a_quote_books_exactly_and_asks_for_what_was_answered(cast: Cast) -> None:
    cast.disclose("miller", Level.ANSWERS_ONLY)
    quote: Quote = actions.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))
    booked = Booking.objects.get(operation=MILL)
    assert booked.ends - booked.starts == (45 + 4 * 20) * 60
    hand_over = quote.consents.get(owner=cast.firms["miller"]).hand_over
    assert 0 <= hand_over - booked.ends < DAY
    assert (hand_over + SUZHOU) % DAY == 0
