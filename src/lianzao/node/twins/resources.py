"""Machines and pools as twins."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from lianzao.aas.documents import Address, Facts, Kind, Level, Nameplate, Part, Twin, TwinId, visible_parts
from lianzao.base import clock
from lianzao.network.models import Resource
from lianzao.node.twins.abilities import abilities
from lianzao.node.twins.hours import calendar
from lianzao.node.twins.naming import NAMES, SIMULATED, proper
from lianzao.node.twins.source import Source
from lianzao.trust.viewer import Viewer

UNKNOWN = Address({}, "", {}, "")


class Resources(Source[Resource]):
    """The resources of owners who show the viewer their full calendar: who sees a resource sees its calendar."""

    kind = Kind.RESOURCE

    def visible(self, viewer: Viewer) -> QuerySet[Resource]:
        return Resource.objects.visible_to(viewer).select_related("work_centre__site")

    def twins(self, rows: Sequence[Resource], viewer: Viewer) -> list[Twin]:
        return [
            Twin(
                TwinId(Kind.RESOURCE, row.ref),
                proper(row.name, row.work_centre.site.country),
                visible_parts(Kind.RESOURCE, Level.FULL),
                description=SIMULATED if row.work_centre.site.simulated else None,
            )
            for row in rows
        ]

    def facts(self, row: Resource, part: Part, viewer: Viewer) -> Facts:
        if part is Part.NAMEPLATE:
            return _nameplate(row)
        if part is Part.CAPABILITIES:
            return abilities(viewer, [row.work_centre_id])
        return calendar([row], row.work_centre.site.zone, now=clock.seconds())


def _nameplate(row: Resource) -> Nameplate:
    """What rows know of a machine. Not who built it: its owner is not its manufacturer."""
    site = row.work_centre.site
    return Nameplate(
        product_uri=NAMES.asset(TwinId(Kind.RESOURCE, row.ref)),
        manufacturer={},
        designation=proper(row.name, site.country),
        address=UNKNOWN,
        order_code="",
        facility=NAMES.asset(TwinId(Kind.SITE, site.ref)),
    )
