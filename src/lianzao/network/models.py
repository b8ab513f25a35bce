"""Sites, work centres and resources (ISA-95), capabilities (CSS model), certificates, transport lanes."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianzao.base.refs import new_ref
from lianzao.trust.levels import Level
from lianzao.trust.models import Disclosure, Organisation
from lianzao.trust.viewer import Viewer


def shown_by_owner(viewer: Viewer, owner: str, level: Level) -> Q:
    """The owner (at path `owner`) is the viewer's own firm, or grants the viewer at least `level`."""
    rows = Disclosure.objects.reaching(viewer).filter(owner=OuterRef(owner), level__gte=level)
    return Q(**{f"{owner}__in": viewer.organisations}) | Q(Exists(rows))


class Sites(models.QuerySet["Site"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Sites of owners who answer this viewer at all."""
        return self.filter(shown_by_owner(viewer, "organisation", Level.ANSWERS_ONLY))


class Site(models.Model):
    """A place where an organisation works."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(_("name"), max_length=150)
    place = models.CharField(_("place"), max_length=100)
    country = models.CharField(_("country or region"), max_length=2)
    subdivision = models.CharField(max_length=10, blank=True)
    zone = models.CharField(_("time zone"), max_length=64)
    simulated = models.BooleanField(default=False)

    objects = Sites.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="site_name_once_an_owner")]


class WorkCentres(models.QuerySet["WorkCentre"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(shown_by_owner(viewer, "site__organisation", Level.ANSWERS_ONLY))


class WorkCentre(models.Model):
    """A machine group of a site: machines that do the same, at one rate. `speed` divides the catalogue's run times."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="work_centres")
    name = models.CharField(_("name"), max_length=150)
    speed = models.DecimalField(max_digits=5, decimal_places=3, default=1)
    spread = models.FloatField(default=0.1)

    objects = WorkCentres.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="work_centre_name_once_a_site"),
            models.CheckConstraint(condition=Q(speed__gt=0), name="speed_is_positive"),
        ]


class Capabilities(models.QuerySet["Capability"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(shown_by_owner(viewer, "work_centre__site__organisation", Level.ANSWERS_ONLY))


class Capability(models.Model):
    """What a work centre can do (CSS model): a process, in these materials, within these bounds.

    `materials` are grades or groups, empty for any; `envelope` the largest x, y, z of a piece in mm; `tolerance` the
    finest IT grade (ISO 286) held.
    """

    work_centre = models.ForeignKey(WorkCentre, on_delete=models.CASCADE, related_name="capabilities")
    process = models.CharField(max_length=40, db_index=True)
    materials = models.JSONField(default=list)
    envelope = models.JSONField(null=True)
    max_mass_kg = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    tolerance = models.PositiveSmallIntegerField(null=True)

    objects = Capabilities.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work_centre", "process"], name="process_once_a_work_centre")]


class Resources(models.QuerySet["Resource"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Machines by name are seen where the owner shows its full calendar."""
        return self.filter(shown_by_owner(viewer, "work_centre__site__organisation", Level.FULL_CALENDAR))


class Resource(models.Model):
    """A machine, or a pool of `capacity` equal ones. `plan_version` rises with every change of its bookings."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    work_centre = models.ForeignKey(WorkCentre, on_delete=models.CASCADE, related_name="resources")
    name = models.CharField(_("name"), max_length=150)
    capacity = models.PositiveIntegerField(default=1)
    plan_version = models.BigIntegerField(default=0)

    objects = Resources.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="resource_has_capacity"),
            models.UniqueConstraint(fields=["work_centre", "name"], name="resource_name_once_a_work_centre"),
        ]


class Certificates(models.QuerySet["Certificate"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(shown_by_owner(viewer, "organisation", Level.ANSWERS_ONLY))


class Certificate(models.Model):
    """A certificate that an organisation holds, until a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=40)
    valid_until = models.DateField()

    objects = Certificates.as_manager()


class Lanes(models.QuerySet["Lane"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.all()


class Lane(models.Model):
    """Transport between two places or countries; a place ("CN/Suzhou") goes before its country ("CN").

    Published tariffs with their source: example figures, seen by everyone. `departs` lists weekdays (0 Monday).
    """

    origin = models.CharField(max_length=120)
    destination = models.CharField(max_length=120)
    mode = models.CharField(max_length=20)
    seconds = models.PositiveIntegerField()
    customs_seconds = models.PositiveIntegerField(default=0)
    departs = models.JSONField(default=list)
    cost_per_kg = models.DecimalField(max_digits=10, decimal_places=4)
    minimum = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=200)

    objects = Lanes.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "destination", "mode"], name="lane_once"),
            models.CheckConstraint(condition=Q(cost_per_kg__gte=0) & Q(minimum__gte=0), name="lane_costs_not_less"),
        ]
