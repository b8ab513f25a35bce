"""What the owner of a calendar looks up, through the doors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent
from lianzao.capacity.load import own_resources
from lianzao.capacity.models import CalendarException, Closure, OwnWork, ShiftRule
from lianzao.network.models import Resource, Site, WorkCentre
from lianzao.trust.viewer import Viewer

SHOWN = 100  # pieces of own work


@dataclass(frozen=True, slots=True)
class Plant:
    """A site of the viewer's firm with all that its calendar page shows."""

    site: Site
    others: Sequence[Site]
    centres: Sequence[WorkCentre]
    resources: Sequence[Resource]


def plant(viewer: Viewer, site: str = "") -> Plant | None:
    """The site by its ref, else the first one; None for who has no machines.

    Raises Absent.
    """
    rows = own_resources(viewer.required())
    sites = {row.work_centre.site_id: row.work_centre.site for row in rows}
    if not sites:
        return None
    chosen = next(iter(sites.values()))
    if site:
        key = parse_ref(site, at="site")
        found = next((each for each in sites.values() if each.ref == key), None)
        if found is None:
            raise Absent(at="site")
        chosen = found
    resources = [row for row in rows if row.work_centre.site_id == chosen.id]
    centres = {row.work_centre_id: row.work_centre for row in resources}
    return Plant(chosen, list(sites.values()), list(centres.values()), resources)


def shifts(site: Site, viewer: Viewer) -> list[ShiftRule]:
    """Those of the site first, then those of single work centres."""
    rows = ShiftRule.objects.visible_to(viewer).filter(calendar__site=site)
    return sorted(rows, key=lambda row: (row.work_centre_id or 0, row.start, row.id))


def closures(site: Site, viewer: Viewer, *, today: date) -> list[Closure]:
    """Those not yet over."""
    rows = Closure.objects.visible_to(viewer).filter(calendar__site=site, last__gte=today)
    return list(rows.order_by("first", "id"))


def exceptions(site: Site, viewer: Viewer, *, now: int) -> list[CalendarException]:
    """Those not yet over."""
    rows = CalendarException.objects.visible_to(viewer).filter(work_centre__site=site, ends__gt=now)
    return list(rows.order_by("starts", "id"))


def own_work(site: Site, viewer: Viewer, *, now: int) -> list[OwnWork]:
    """What is under way or to come, the soonest first; not all of it."""
    rows = OwnWork.objects.visible_to(viewer).filter(resource__work_centre__site=site, ends__gt=now)
    return list(rows.order_by("starts", "id")[: SHOWN + 1])
