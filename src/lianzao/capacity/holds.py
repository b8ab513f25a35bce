"""Reserving time: hold, take, release, move. Every one locks all resources it touches, in order of id, first."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import Q

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refusals import Conflict, Refused
from lianzao.capacity import events
from lianzao.capacity.decisions import peak
from lianzao.capacity.models import Booking, Hold
from lianzao.ledger.events import append
from lianzao.network.models import Resource
from lianzao.web.transactions import use_case


class TimeTaken(Conflict):
    code = "time-taken"
    text = _("Another order took this time first.")
    hint = _("a new request; the dates are computed again")


class HoldOver(Refused):
    code = "hold-over"
    status = 409
    text = _("The reservation is over.")
    hint = _("a new quote")


@dataclass(frozen=True, slots=True)
class Wish:
    """Time wanted of a resource (by id), seconds UTC."""

    resource: int
    starts: int
    ends: int
    units: int
    operation: str


@use_case
def hold(*, holder: int, work: uuid.UUID, wishes: Sequence[Wish], expires: int, actor: uuid.UUID) -> Hold:
    """Reserve all `wishes` until `expires`, or none.

    Raises TimeTaken when some of the time is gone.
    """
    now = _locked({wish.resource for wish in wishes})
    made = Hold.objects.create(holder_id=holder, expires=expires)
    _insert(wishes, hold=made, work=work, now=now)
    append(events.HELD, subject=made.ref, actor=actor, at=now, bookings=len(wishes), expires=clock.iso(expires))
    return made


@use_case
def move(*, old: Sequence[int], wishes: Sequence[Wish], hold_id: int | None, work: uuid.UUID, actor: uuid.UUID) -> None:
    """Replace the bookings `old` of a hold that stands by `wishes`: all old ones go, then the new ones come.

    Raises HoldOver when the hold is gone or has run out, TimeTaken when some of the time is gone.
    """
    resources = set(Booking.objects.filter(id__in=old).values_list("resource_id", flat=True))
    now = _locked(resources | {wish.resource for wish in wishes})
    standing = Q(state=Hold.State.TAKEN) | Q(expires__gt=now)
    kept = Hold.objects.filter(standing, id=hold_id or 0).first()
    if kept is None:
        raise HoldOver()
    Booking.objects.filter(id__in=old, hold=kept).delete()
    _insert(wishes, hold=kept, work=work, now=now)
    append(events.MOVED, subject=kept.ref, actor=actor, at=now, bookings=len(wishes))


def _insert(wishes: Sequence[Wish], *, hold: Hold, work: uuid.UUID, now: int) -> None:
    """Raises TimeTaken."""
    _recheck(wishes)
    rows = [
        Booking(
            resource_id=wish.resource,
            starts=wish.starts,
            ends=wish.ends,
            units=wish.units,
            kind=Booking.Kind.ORDER,
            hold=hold,
            work=work,
            operation=wish.operation,
            booked_at=now,
        )
        for wish in sorted(wishes, key=lambda wish: (wish.resource, wish.starts))
    ]
    try:
        Booking.objects.bulk_create(rows)
    except IntegrityError as error:
        if "no_overbooking" not in str(error):
            raise
        raise TimeTaken() from None


@use_case
def take(*, hold_id: int, actor: uuid.UUID) -> None:
    """Make a hold firm: all its bookings or none.

    Raises HoldOver when its clock, read after the lock, has run out.
    """
    now = _locked(_resources_of([hold_id]))
    if not Hold.objects.filter(id=hold_id, state=Hold.State.HELD, expires__gt=now).update(state=Hold.State.TAKEN):
        raise HoldOver()
    ref = Hold.objects.values_list("ref", flat=True).get(id=hold_id)
    append(events.TAKEN, subject=ref, actor=actor, at=now)


@use_case
def extend(*, hold_id: int, expires: int) -> None:
    """Set the clock of a hold that still runs.

    Raises HoldOver when it has run out.
    """
    now = _locked(_resources_of([hold_id]))
    if not Hold.objects.filter(id=hold_id, state=Hold.State.HELD, expires__gt=now).update(expires=expires):
        raise HoldOver()


@use_case
def release(*, hold_id: int, actor: uuid.UUID | None, why: str) -> None:
    """Free all bookings of a hold, held or taken."""
    now = _locked(_resources_of([hold_id]))
    _delete([hold_id], actor=actor, why=why, now=now)


@use_case
def free(*, bookings: Collection[int], actor: uuid.UUID | None) -> None:
    """Free single bookings of a hold: work that is finished or will be planned anew."""
    resources = set(Booking.objects.filter(id__in=bookings).values_list("resource_id", flat=True))
    now = _locked(resources)
    for hold_ref in set(Booking.objects.filter(id__in=bookings).values_list("hold__ref", flat=True)):
        append(events.MOVED, subject=hold_ref, actor=actor, at=now, bookings=len(bookings))
    Booking.objects.filter(id__in=bookings).delete()


@use_case
def sweep(*, limit: int = 200) -> int:
    """Free expired holds; a tidying timer calls it, and whoever needs the time does the same for its resources."""
    over = list(
        Hold.objects.filter(state=Hold.State.HELD, expires__lte=clock.seconds()).values_list("id", flat=True)[:limit]
    )
    if over:
        now = _locked(_resources_of(over))
        _delete(over, actor=None, why="expired", now=now)
    return len(over)


def _locked(resources: Collection[int]) -> int:
    """Lock the resources, and those of expired holds on them; sweep these holds; the time, read after the lock."""
    reading = clock.seconds()
    over = _expired_on(resources, reading)
    everything = set(resources) | _resources_of(over)
    list(Resource.objects.select_for_update().filter(id__in=everything).order_by("id").values_list("id"))
    now = clock.seconds()
    if over:
        _delete(over, actor=None, why="expired", now=now)
    return now


def _expired_on(resources: Collection[int], now: int) -> list[int]:
    found = Booking.objects.filter(resource__in=resources, hold__state=Hold.State.HELD, hold__expires__lte=now)
    return sorted(set(found.values_list("hold_id", flat=True)) - {None})


def _resources_of(holds: Collection[int]) -> set[int]:
    return set(Booking.objects.filter(hold__in=holds).values_list("resource_id", flat=True)) if holds else set()


def _delete(holds: Collection[int], *, actor: uuid.UUID | None, why: str, now: int) -> None:
    gone = list(Hold.objects.select_for_update().filter(id__in=holds).order_by("id"))
    if why == "expired":  # another transaction may have taken or extended it before we had the lock
        gone = [row for row in gone if row.state == Hold.State.HELD and row.expires <= now]
    Booking.objects.filter(hold__in=gone).delete()
    for row in gone:
        append(events.RELEASED, subject=row.ref, actor=actor, at=now, why=why)
    Hold.objects.filter(id__in=[row.id for row in gone]).delete()


def _recheck(wishes: Sequence[Wish]) -> None:
    """Look once more, now under the lock; the database's guard looks again at each row.

    Raises TimeTaken.
    """
    resources = {wish.resource for wish in wishes}
    capacity = dict(Resource.objects.filter(id__in=resources).values_list("id", "capacity"))
    first, last = min(wish.starts for wish in wishes), max(wish.ends for wish in wishes)
    loads = defaultdict(list)
    rows = Booking.objects.filter(resource__in=resources, starts__lt=last, ends__gt=first)
    for resource, starts, ends, units in rows.values_list("resource_id", "starts", "ends", "units"):
        loads[resource].append((starts, ends, units))
    for wish in wishes:
        if peak(loads[wish.resource], wish.starts, wish.ends) + wish.units > capacity[wish.resource]:
            raise TimeTaken()
        loads[wish.resource].append((wish.starts, wish.ends, wish.units))
