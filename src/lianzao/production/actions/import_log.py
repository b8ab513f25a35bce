"""Importing a shop's production log as a site of its own, and taking it back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import ProtectedError

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Conflict, Forbidden, Malformed, Refused
from lianzao.capacity import holds
from lianzao.capacity.models import Booking, OwnWork
from lianzao.catalog.models import BomLine, Item
from lianzao.engines.observe import LearnedSite
from lianzao.ledger.events import append
from lianzao.network.models import Resource, Site
from lianzao.production import events
from lianzao.production.actions.learnt_site import ZONE, add_calendar, add_items, add_machines
from lianzao.production.history import rows_of, storable
from lianzao.production.joblog import Log, NotALog, read, site_from_log
from lianzao.production.models import JobOrder, LogImport, LogRow
from lianzao.trade.models import Quote
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

LONGEST_NAME = 150
NAMED = 10  # of what rests on an import: the first so many are named


class RestsOnIt(Refused):
    code = "in-use"
    status = 409
    text = _(
        "This import cannot be taken back. On it rest: orders {orders}; quotes {quotes}; bookings on {bookings}; "
        "additions {additions}."
    )
    hint = _("an import on which nothing rests: finish or cancel what does")


@dataclass(frozen=True, slots=True)
class Learnt:
    """A file read, and the shop behind it."""

    log: Log
    shop: LearnedSite
    sha256: bytes


def import_log(data: bytes, site_name: str, viewer: Viewer) -> dict[str, Any]:
    """Make the site that the log in `data` tells of; the same file under the same name again changes nothing.

    Raises NotALog, Malformed for a name that cannot be, Conflict when the viewer's firm has another site of this name.
    """
    viewer.writing()
    name = _site_name(site_name)
    log = read(data)
    log = replace(log, reports=tuple(storable(report) for report in log.reports))
    if not log.reports:
        reasons = ", ".join(f"{reason} {count}" for reason, count in log.left.items())
        raise NotALog(_("No row of this file could be used: {reasons}."), at="file", reasons=reasons or "0")
    learnt = Learnt(log, site_from_log(log.reports), hashlib.sha256(data).digest())
    return _store(learnt, name, viewer)


def answer(row: LogImport) -> dict[str, Any]:
    return {
        "site": row.site.name,
        "resources": row.resources,
        "parts": row.parts,
        "routings": row.routings,
        "rows_read": row.rows_read,
        "rows_used": row.rows_used,
        "rows_left": row.rows_left,
        "import_id": str(row.ref),
    }


@use_case
def _store(learnt: Learnt, name: str, viewer: Viewer) -> dict[str, Any]:
    owner = Organisation.objects.select_for_update().get(id=viewer.writing())  # imports of a firm one after another
    if there := Site.objects.filter(organisation=owner, name=name).select_related("log").first():
        return answer(_same(there, learnt, name))
    now, log, shop = clock.now(), learnt.log, learnt.shop
    site = Site.objects.create(organisation=owner, name=name, place=owner.place, country=owner.country, zone=ZONE)
    row = LogImport.objects.create(
        site=site,
        sha256=learnt.sha256,
        rows_read=log.read,
        rows_used=len(log.reports),
        rows_left=dict(log.left),
        resources=len(shop.resources),
        parts=len(shop.parts),
        routings=sum(len(part.routings) for part in shop.parts),
        made_at=int(now.timestamp()),
    )
    machines = add_machines(site, shop)
    add_calendar(site, shop, machines, now)
    add_items(site, row, shop, machines, viewer.language)
    LogRow.objects.bulk_create(rows_of(row, log.reports))
    append(
        events.LOG_IMPORTED,
        subject=row.ref,
        actor=viewer.ref,
        at=now,
        site=str(site.ref),
        rows=row.rows_used,
        resources=row.resources,
        parts=row.parts,
        routings=row.routings,
    )
    return answer(row)


def _same(site: Site, learnt: Learnt, name: str) -> LogImport:
    log: LogImport | None = getattr(site, "log", None)
    if log is None or bytes(log.sha256) != learnt.sha256:
        raise Conflict(
            _("There is a site “{name}” already."),
            at="site",
            accepted=_("another name, or this one after its import was taken back"),
            name=name,
        )
    return log


@use_case
def undo(import_id: str, viewer: Viewer) -> dict[str, Any]:
    """Take an import back whole: the site with all that it brought; what it was is answered.

    Raises Absent, Forbidden, RestsOnIt.
    """
    viewer.required()
    key = parse_ref(import_id, at="import")
    log = LogImport.objects.visible_to(viewer).filter(ref=key).select_related("site__organisation").first()
    if log is None:
        raise Absent(at="import", accepted=_("the import_id that an import answered"))
    if not viewer.may_write_for(log.site.organisation_id):
        raise Forbidden(at="import")
    holds.sweep()  # what nobody holds any more does not rest on it
    site, told = log.site, {**answer(log), "undone": True}
    list(Resource.objects.select_for_update().filter(work_centre__site=site).order_by("id"))
    _refuse_what_rests_on(log)
    try:
        site.delete()
    except ProtectedError as error:
        kinds = {str(type(row)._meta.verbose_name) for row in error.protected_objects}
        raise RestsOnIt(at="import", orders="–", quotes="–", bookings="–", additions=_named(kinds)) from None
    append(
        events.LOG_TAKEN_BACK,
        subject=key,
        actor=viewer.ref,
        at=clock.now(),
        site=str(site.ref),
        rows=log.rows_used,
    )
    return told


def _refuse_what_rests_on(log: LogImport) -> None:
    """Raises RestsOnIt, naming orders, open quotes, bookings, and what was added to the site since."""
    site = log.site
    jobs = JobOrder.objects.filter(site=site) | JobOrder.objects.filter(goes_to=site)
    orders = set(jobs.values_list("order__number", flat=True))
    open_quotes = Quote.objects.filter(
        state__in=[Quote.State.ASKED, Quote.State.HELD], seller=site.organisation, request__site=site.name
    )
    quotes = {str(ref) for ref in open_quotes.values_list("ref", flat=True)}
    booked = Booking.objects.filter(resource__work_centre__site=site)
    bookings, additions = set(booked.values_list("resource__name", flat=True)), _additions(log)
    if orders or quotes or bookings or additions:
        raise RestsOnIt(
            at="import",
            orders=_named(orders),
            quotes=_named(quotes),
            bookings=_named(bookings),
            additions=_named(additions),
        )


def _additions(log: LogImport) -> set[str]:
    """Names of what stands on the site but did not come with the import."""
    site = log.site
    brought = LogRow.objects.filter(log=log).values_list("resource", flat=True)
    resources = Resource.objects.filter(work_centre__site=site).exclude(name__in=brought)
    items = Item.objects.filter(site=site).exclude(origin_import=log.ref)
    used = BomLine.objects.filter(child__site=site) | BomLine.objects.filter(parent__site=site)
    work = OwnWork.objects.filter(resource__work_centre__site=site)
    return {
        *resources.values_list("name", flat=True),
        *items.values_list("code", flat=True),
        *used.values_list("parent__code", flat=True),
        *work.values_list("resource__name", flat=True),
    }


def _named(names: Iterable[str]) -> str:
    ordered = sorted(set(names))
    return ", ".join(ordered[:NAMED]) + (" …" if len(ordered) > NAMED else "") or "–"


def _site_name(given: str) -> str:
    name = given.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Malformed(
            _("This cannot be the name of a site."),
            at="site",
            accepted=_("a name of 1 to {most} characters"),
            most=LONGEST_NAME,
        )
    return name
