"""An inquiry: price, dates and reason over several owners' calendars; it reserves nothing."""

from __future__ import annotations

from decimal import Decimal

from lianzao.base import clock
from lianzao.capacity.models import Booking
from lianzao.trade.answers import promise_json
from lianzao.trade.requests import as_request
from lianzao.trade.solving import solve
from tests.cast import REQUEST, Cast


def test_it_prices_and_dates_over_three_factories_in_two_countries(cast: Cast) -> None:
    viewer = cast.viewer("buyer")
    answer = promise_json(solve(as_request(REQUEST), viewer, now=clock.seconds()), viewer)
    owners = {row["owner"] for row in answer["operations"] if row["kind"] == "work"}
    assert owners == {"miller", "turner", "assembler"}
    price = answer["price"]
    assert sum(Decimal(line["amount"]) for line in price["lines"]) == Decimal(price["net"]) > 0
    assert answer["ready"] < answer["p50"] <= answer["p90"] <= answer["promised"]
    assert Booking.objects.count() == 0


def test_the_reason_fills_the_time_from_now_to_arrival(cast: Cast) -> None:
    now = clock.seconds()
    solution = solve(as_request(REQUEST), cast.viewer("buyer"), now=now)
    assert solution.reasons[0].start == now
    for before, after in zip(solution.reasons, solution.reasons[1:], strict=False):
        assert before.end == after.start
