"""A shop's own work, filled into the time it has; what exceeds a capacity is kept and listed, nothing is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden
from lianzao.capacity import events, holds
from lianzao.capacity.decisions import Load, fill
from lianzao.capacity.models import Booking, Overload, OwnWork
from lianzao.capacity.own_work import OwnRow, WrongOwnWork, check_times, read_own_work, source_name
from lianzao.ledger.events import append
from lianzao.network.models import Resource, Site
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

BY_FORM = "form"


@dataclass(frozen=True, slots=True)
class Imported:
    """`rows` of own work now kept from the source, `overloads` spans too full on its resources."""

    rows: int
    overloads: int
    changed: bool


def import_own_work(*, site: str, source: str, content: bytes, viewer: Viewer, resource: str = "") -> Imported:
    """Replace a source's own work by what the file says (CSV or iCalendar); the same file again changes nothing.

    `resource` (a ref) is where iCalendar events belong that name none. Raises Absent, Forbidden, WrongOwnWork with the
    place in the file.
    """
    place = _site(site, viewer)
    name = source_name(source)
    resources = list(Resource.objects.filter(work_centre__site=place).select_related("work_centre").order_by("id"))
    otherwise = next((row.name for row in resources if resource and str(row.ref) == resource), "")
    rows = read_own_work(content, zone=place.zone, country=place.country, resource=otherwise, now=clock.seconds())
    by_id = _placed(rows, resources)
    return _replace(site_id=place.id, source=name, rows=by_id, viewer=viewer)


@use_case
def add_own_work(*, resource: str, starts: int, ends: int, units: int, label: str, viewer: Viewer) -> OwnWork:
    """Enter one piece of own work by hand.

    Raises Absent, Forbidden, WrongOwnWork.
    """
    row = _resource(resource, viewer)
    check_times(starts, ends, at="ends", now=clock.seconds())
    if not 1 <= units <= row.capacity * 10:
        raise WrongOwnWork(_("So many machines cannot be."), at="units", accepted=_("1 to {most}"), most=row.capacity)
    now = holds._locked({row.id})
    own = OwnWork.objects.create(
        resource=row, starts=starts, ends=ends, units=units, label=label.strip()[:150], source=BY_FORM
    )
    over = _refill([row.id], now=now)
    _tell(row.work_centre.site, BY_FORM, 1, over, viewer, now)
    return own


@use_case
def remove_own_work(*, ref: str, viewer: Viewer) -> None:
    """Raises Absent, Forbidden."""
    key = parse_ref(ref, at="own-work")
    own = OwnWork.objects.visible_to(viewer.required()).filter(ref=key).select_related("resource__work_centre__site")
    found = own.first()
    if found is None:
        raise Absent(at="own-work")
    site = found.resource.work_centre.site
    if not viewer.may_write_for(site.organisation_id):
        raise Forbidden()
    now = holds._locked({found.resource_id})
    found.delete()
    over = _refill([found.resource_id], now=now)
    _tell(site, found.source, 0, over, viewer, now)


@use_case
def _replace(*, site_id: int, source: str, rows: Sequence[tuple[int, OwnRow]], viewer: Viewer) -> Imported:
    kept = OwnWork.objects.filter(resource__work_centre__site=site_id, source=source)
    resources = {resource for resource, _row in rows} | set(kept.values_list("resource_id", flat=True))
    now = holds._locked(resources)
    before = sorted(kept.values_list("resource_id", "starts", "ends", "units", "label"))
    after = sorted((resource, row.starts, row.ends, row.units, row.label) for resource, row in rows)
    if before == after:
        return Imported(len(after), Overload.objects.filter(resource__in=resources).count(), changed=False)
    kept.delete()
    OwnWork.objects.bulk_create(
        OwnWork(resource_id=resource, starts=starts, ends=ends, units=units, label=label, source=source)
        for resource, starts, ends, units, label in after
    )
    over = _refill(sorted(resources), now=now)
    _tell(Site.objects.get(id=site_id), source, len(after), over, viewer, now)
    return Imported(len(after), over, changed=True)


def _refill(resources: Collection[int], *, now: int) -> int:
    """Book all own work of these locked resources anew beside the network's; the number of spans too full."""
    Booking.objects.filter(resource__in=resources, kind=Booking.Kind.OWN).delete()
    Overload.objects.filter(resource__in=resources).delete()
    capacity = dict(Resource.objects.filter(id__in=resources).values_list("id", "capacity"))
    others: dict[int, list[Load]] = defaultdict(list)
    booked = Booking.objects.filter(resource__in=resources, ends__gt=now).order_by("starts")
    for resource, starts, ends, units in booked.values_list("resource_id", "starts", "ends", "units"):
        others[resource].append((starts, ends, units))
    own: dict[int, list[OwnWork]] = defaultdict(list)
    for row in OwnWork.objects.filter(resource__in=resources, ends__gt=now).order_by("starts", "id"):
        own[row.resource_id].append(row)
    bookings: list[Booking] = []
    overloads: list[Overload] = []
    for resource in resources:
        fits, over = _filled(own[resource], others[resource], capacity[resource], now)
        bookings += fits
        overloads += over
    Booking.objects.bulk_create(bookings, batch_size=500)
    Overload.objects.bulk_create(overloads, batch_size=500)
    # what exceeds a capacity is part of the plan too, though no booking may have changed
    Resource.objects.filter(id__in=resources).update(plan_version=F("plan_version") + 1)
    return len(overloads)


def _filled(
    own: Sequence[OwnWork], others: Sequence[Load], capacity: int, now: int
) -> tuple[list[Booking], list[Overload]]:
    """One resource: both lists come in order of start, so only what still runs need be looked at for each row."""
    bookings: list[Booking] = []
    overloads: list[Overload] = []
    running: list[Load] = []
    coming = iter(others)
    ahead = next(coming, None)
    for row in own:
        while ahead is not None and ahead[0] < row.ends:
            running.append(ahead)
            ahead = next(coming, None)
        running = [load for load in running if load[1] > row.starts]
        fits, over = fill([(row.starts, row.ends, row.units)], running, capacity)
        running += fits
        for starts, ends, units in fits:
            bookings.append(
                Booking(
                    resource_id=row.resource_id,
                    starts=starts,
                    ends=ends,
                    units=units,
                    kind=Booking.Kind.OWN,
                    work=row.ref,
                    booked_at=now,
                )
            )
        overloads += [
            Overload(resource_id=row.resource_id, starts=starts, ends=ends, units=units) for starts, ends, units in over
        ]
    return bookings, overloads


def _placed(rows: Sequence[OwnRow], resources: Sequence[Resource]) -> list[tuple[int, OwnRow]]:
    """Each row with the id of the resource it names, alone or as “work centre / resource”.

    Raises WrongOwnWork for a name that is not there or stands for several.
    """
    known: dict[str, set[int]] = defaultdict(set)
    for row in resources:
        known[row.name.casefold()].add(row.id)
        known[f"{row.work_centre.name} / {row.name}".casefold()].add(row.id)
    return [(_one(known, row, resources), row) for row in rows]


def _one(known: Mapping[str, set[int]], row: OwnRow, resources: Sequence[Resource]) -> int:
    ids = known.get(row.resource.casefold(), set())
    if len(ids) != 1:
        names = ", ".join(f"{each.work_centre.name} / {each.name}" for each in resources[:20])
        text = _("“{name}” is none of your machines.") if not ids else _("“{name}” stands for several machines.")
        raise WrongOwnWork(text, at=row.at, accepted="{names}", name=row.resource[:80], names=names)
    return next(iter(ids))


def _site(ref: str, viewer: Viewer) -> Site:
    rows = Site.objects.visible_to(viewer.required()).filter(ref=parse_ref(ref, at="site"))
    site = rows.first()
    if site is None:
        raise Absent(at="site")
    if not viewer.may_write_for(site.organisation_id):
        raise Forbidden()
    return site


def _resource(ref: str, viewer: Viewer) -> Resource:
    rows = Resource.objects.visible_to(viewer.required()).filter(ref=parse_ref(ref, at="resource"))
    row = rows.select_related("work_centre__site").first()
    if row is None:
        raise Absent(at="resource")
    if not viewer.may_write_for(row.work_centre.site.organisation_id):
        raise Forbidden()
    return row


def _tell(site: Site, source: str, rows: int, overloads: int, viewer: Viewer, now: int) -> None:
    append(
        events.OWN_WORK_CHANGED,
        subject=site.ref,
        actor=viewer.ref,
        at=now,
        source=source,
        rows=rows,
        overloaded=overloads,
    )
