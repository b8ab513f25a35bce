"""How full a work centre is: by day, over its open time, new as soon as its plan or calendar changes."""

from __future__ import annotations

from lianzao.base import clock
from lianzao.capacity import actions, availability, load
from lianzao.network.models import Resource
from tests.cast import Cast

DAYS = 14
DAY = 86_400


def shares(cast: Cast) -> list[float | None]:
    (only,) = load.daily_loads(load.own_resources(cast.viewer("miller")), now=clock.seconds(), days=DAYS)
    assert len(only.shares) == DAYS
    return list(only.shares)


def enter(cast: Cast, units: int) -> None:
    now = clock.seconds()
    machine = Resource.objects.get(name="milling 1")
    actions.add_own_work(
        resource=str(machine.ref), starts=now, ends=now + 21 * DAY, units=units, label="", viewer=cast.viewer("miller")
    )


def test_half_and_full_and_overloaded_days_are_told_apart(cast: Cast) -> None:
    load._known.clear()
    availability._made.clear()
    assert {share for share in shares(cast)[1:] if share is not None} == {0.0}
    enter(cast, 1)
    assert {share for share in shares(cast)[1:] if share is not None} == {0.5}
    enter(cast, 1)
    assert {share for share in shares(cast)[1:] if share is not None} == {1.0}
    enter(cast, 1)
    assert {share for share in shares(cast)[1:] if share is not None} == {1.5}
    assert None in shares(cast), "nobody works at the weekend"
