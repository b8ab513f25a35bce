"""What each of the three safeguards against overbooking is good for: lock, re-check under it, guard in the database."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from lianzao.base import clock
from lianzao.capacity import guards, holds
from lianzao.capacity.models import Booking
from lianzao.network.models import Resource
from tests.cast import Cast

POOL, RIVALS = 4, 12
START = 2_000_000_000


def race(cast: Cast) -> int:
    """RIVALS threads want one unit of a pool of POOL in one window; how many bookings there are afterwards."""
    resource = Resource.objects.get(name="milling 1")
    Resource.objects.filter(id=resource.id).update(capacity=POOL)
    buyer = cast.firms["buyer"].id
    together = threading.Barrier(RIVALS)

    def want(_number: int) -> None:
        together.wait()
        wish = holds.Wish(resource.id, START, START + 3600, 1, "race")
        try:
            holds.hold(
                holder=buyer, work=uuid.uuid4(), wishes=[wish], expires=clock.seconds() + 600, actor=uuid.uuid4()
            )
        except holds.TimeTaken:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(RIVALS) as threads:
        list(threads.map(want, range(RIVALS)))
    return Booking.objects.count()


@pytest.fixture
def unguarded(transactional_db: None) -> Iterator[None]:
    """A database whose triggers are gone."""
    guards.remove()
    yield
    Booking.objects.all().delete()
    guards.install()


def slowly(step: Callable[..., None]) -> Callable[..., None]:
    """Leaves time between looking and booking, so that rivals come in between where nothing holds them."""

    def run(*arguments: object) -> None:
        step(*arguments)
        time.sleep(0.05)

    return run


def no_lock(_resources: Collection[int]) -> int:
    return clock.seconds()


@pytest.mark.django_db(transaction=True)
def test_lock_check_and_guard_together_fill_the_pool_exactly() -> None:
    assert race(Cast.create()) == POOL


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_the_check_under_the_lock_holds(unguarded: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "_recheck", slowly(holds._recheck))
    assert race(Cast.create()) == POOL


@pytest.mark.django_db(transaction=True)
def test_without_guard_and_check_the_pool_is_overbooked(unguarded: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "_recheck", lambda wishes: None)
    assert race(Cast.create()) > POOL


@pytest.mark.django_db(transaction=True)
def test_without_guard_and_lock_postgresql_overbooks_though_it_checks(
    unguarded: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite a writing transaction is alone from its beginning")
    monkeypatch.setattr(holds, "_locked", no_lock)
    monkeypatch.setattr(holds, "_recheck", slowly(holds._recheck))
    assert race(Cast.create()) > POOL


@pytest.mark.django_db(transaction=True)
def test_without_the_check_the_guard_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "_recheck", lambda wishes: None)
    assert race(Cast.create()) == POOL


@pytest.mark.django_db
def test_a_booking_is_never_moved_in_place(cast: Cast) -> None:
    resource = Resource.objects.get(name="milling 1")
    row = Booking.objects.create(resource=resource, starts=1, ends=2, kind="own", booked_at=0)
    with pytest.raises(Exception, match="bookings_never_move"):
        Booking.objects.filter(id=row.id).update(ends=3)


@pytest.mark.django_db
def test_a_capacity_is_not_lowered_below_what_is_booked(cast: Cast) -> None:
    resource = Resource.objects.get(name="milling 1")
    Booking.objects.create(resource=resource, starts=1, ends=2, units=2, kind="own", booked_at=0)
    with pytest.raises(Exception, match="capacity_holds_bookings"):
        Resource.objects.filter(id=resource.id).update(capacity=1)


@pytest.mark.django_db(transaction=True)
def test_a_missing_guard_is_named(unguarded: object) -> None:
    assert guards.missing() == sorted(guards.SQLITE)
    with pytest.raises(guards.GuardMissing):
        guards.require()
