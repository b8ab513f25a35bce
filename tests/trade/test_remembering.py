"""What a promise keeps from the one before never makes it stale."""

from __future__ import annotations

from lianzao.base import clock
from lianzao.capacity import availability
from lianzao.capacity.models import Booking, Hold
from lianzao.network.models import Resource
from lianzao.trade import actions, planning
from lianzao.trade.requests import as_request
from lianzao.trade.solution import Solution
from lianzao.trade.solving import solve
from tests.cast import REQUEST, Cast

DAY = 86_400


def _solved(cast: Cast, now: int) -> Solution:
    return solve(as_request(REQUEST), cast.viewer("buyer"), now=now)


def _solved_afresh(cast: Cast, now: int) -> Solution:
    planning._resource.cache_clear()
    availability.open_time.cache_clear()
    return _solved(cast, now)


def test_a_booking_made_since_the_last_promise_counts(cast: Cast) -> None:
    now = clock.seconds()
    before = _solved(cast, now)
    mills = Resource.objects.get(name="milling 1")
    Booking.objects.create(resource=mills, starts=now, ends=now + 6 * DAY, units=2, kind="own", booked_at=now)
    after = _solved(cast, now)
    assert after.ready > before.ready
    assert after == _solved_afresh(cast, now)
    mills.bookings.all().delete()
    assert _solved(cast, now) == before


def test_time_held_is_free_again_when_the_hold_expires(cast: Cast) -> None:
    now = clock.seconds()
    before = _solved(cast, now)
    actions.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))
    held = _solved(cast, now)
    assert held == _solved_afresh(cast, now) != before
    later = Hold.objects.get().expires + 1
    expired = _solved(cast, later)
    Hold.objects.all().delete()
    assert expired == _solved_afresh(cast, later)


def test_a_fresh_process_prepares_the_hours_that_it_plans_over(cast: Cast) -> None:
    noon = clock.seconds() // DAY * DAY + DAY // 2
    availability.open_time.cache_clear()
    availability.prepare(now=noon, until=noon + 120 * DAY)
    made = availability.open_time.cache_info().misses
    rows = list(Resource.objects.select_related("work_centre"))
    availability.availability(rows, now=noon + 60, until=noon + 60 + 120 * DAY)
    assert made and availability.open_time.cache_info().misses == made
