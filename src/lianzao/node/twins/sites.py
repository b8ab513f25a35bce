"""Sites as twins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet

from lianzao.aas.documents import Contact, Facts, Kind, Part, Text, Twin, TwinId, visible_parts
from lianzao.aas.documents import Level as Shown
from lianzao.base import clock
from lianzao.network.models import Resource, Site, WorkCentre
from lianzao.node.twins.abilities import abilities
from lianzao.node.twins.hours import calendar, free_time
from lianzao.node.twins.naming import SIMULATED, address, proper
from lianzao.node.twins.source import Source
from lianzao.trust.levels import Level
from lianzao.trust.models import Organisation
from lianzao.trust.queries import levels
from lianzao.trust.viewer import Viewer

SHOWN = {Level.FULL_CALENDAR: Shown.FULL, Level.FREE_TIME_BUCKETS: Shown.BUCKETS}


class Sites(Source[Site]):
    """The sites of owners who answer the viewer; who does not show its name is a place without one."""

    kind = Kind.SITE

    def visible(self, viewer: Viewer) -> QuerySet[Site]:
        return Site.objects.visible_to(viewer).select_related("organisation")

    def twins(self, rows: Sequence[Site], viewer: Viewer) -> list[Twin]:
        owners = {row.organisation_id for row in rows}
        granted = levels(viewer, owners)
        named = set(Organisation.objects.visible_to(viewer).filter(id__in=owners).values_list("id", flat=True))
        return [_twin(row, granted[row.organisation_id], named=row.organisation_id in named) for row in rows]

    def facts(self, row: Site, part: Part, viewer: Viewer) -> Facts:
        if part is Part.CONTACT:
            return _contact(row)
        if part is Part.CAPABILITIES:
            return abilities(viewer, WorkCentre.objects.filter(site=row).values_list("id", flat=True))
        resources = list(Resource.objects.filter(work_centre__site=row).select_related("work_centre"))
        shown = calendar if part is Part.CALENDAR else free_time
        return shown(resources, row.zone, now=clock.seconds())


def _twin(row: Site, level: Level, *, named: bool) -> Twin:
    parts = visible_parts(Kind.SITE, SHOWN.get(level, Shown.ANSWERS))
    return Twin(
        TwinId(Kind.SITE, row.ref),
        _called(row) if named else proper(f"{row.place}, {row.country}", row.country),
        parts if named else tuple(part for part in parts if part is not Part.CONTACT),
        description=SIMULATED if row.simulated else None,
    )


def _called(row: Site) -> Text:
    return proper(row.name, row.country)


def _contact(row: Site) -> Contact:
    """The firm's address where the site stands in the same town; else rows know the town only."""
    firm = row.organisation
    known = address(firm)
    if (firm.place, firm.country) != (row.place, row.country):
        known = replace(known, street={}, postcode="", town=proper(row.place, row.country), country=row.country)
    return Contact(company=proper(firm.name, firm.country), address=known, zone=row.zone)
