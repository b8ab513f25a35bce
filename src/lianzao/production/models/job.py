"""Job orders and job responses (ISA-95 Job Control)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianzao.base.refs import new_ref
from lianzao.network.models import Resource, Site
from lianzao.trade.models import Order
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer


def reporting_for(viewer: Viewer) -> list[int]:
    """The organisations for which the viewer may report."""
    return [key for key, role in viewer.roles.items() if role != "reader"]


class JobOrders(models.QuerySet["JobOrder"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The maker's own, the seller's overview of its order, and what is shipped to one's site or to the buyer."""
        own = viewer.organisations
        return self.filter(
            Q(owner__in=own)
            | Q(order__seller__in=own)
            | Q(kind=JobOrder.Kind.SHIP, goes_to__organisation__in=own)
            | Q(kind=JobOrder.Kind.SHIP, goes_to=None, order__buyer__in=own)
        )

    def reportable_by(self, viewer: Viewer) -> Self:
        """Those on which the viewer may report: its own firm's, and as receiver of a shipment."""
        writing = reporting_for(viewer)
        return self.filter(
            Q(owner__in=writing)
            | Q(kind=JobOrder.Kind.SHIP, goes_to__organisation__in=writing)
            | Q(kind=JobOrder.Kind.SHIP, goes_to=None, order__buyer__in=writing)
        )


class JobOrder(models.Model):
    """One step of an order as work to do: on a resource, or waiting for material, an outside process, a shipment.

    `starts` and `ends` are planned, `started_at` and `finished_at` real, all seconds UTC. `after` are keys of jobs
    of the same order. `goes_to` is the site that a shipment reaches, none for the buyer's place.
    """

    class Kind(models.TextChoices):
        WORK = "work", _("Work")
        MATERIAL = "material", _("Material on order")
        OUTSIDE = "outside", _("Outside process")
        SHIP = "ship", _("Shipment")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        FINISHED = "finished", _("Finished")
        CANCELLED = "cancelled", _("Cancelled")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="jobs")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.JSONField()
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    goes_to = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="jobs")
    process = models.CharField(max_length=40, blank=True)
    pieces = models.PositiveIntegerField()
    units = models.PositiveIntegerField(default=1)
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    after = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    good = models.PositiveIntegerField(default=0)
    scrap = models.PositiveIntegerField(default=0)
    started_at = models.BigIntegerField(null=True)
    finished_at = models.BigIntegerField(null=True)

    objects = JobOrders.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "key"], name="job_once_an_order"),
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="job_starts_before_it_ends"),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "starts"], name="jobs_of_a_firm"),
            models.Index(fields=["state", "ends"], name="jobs_overdue"),
        ]

    def reporting_firm(self, event: str) -> int:
        """Who may report `event`: the receiver its receipt, on which *kept* is counted; the maker everything else."""
        if event != "receive":
            return self.owner_id
        return self.goes_to.organisation_id if self.goes_to else self.order.buyer_id


class JobResponses(models.QuerySet["JobResponse"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(job__in=JobOrder.objects.visible_to(viewer))


class JobResponse(models.Model):
    """A report on a job; never changed, a wrong one is corrected by another."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    job = models.ForeignKey(JobOrder, on_delete=models.PROTECT, related_name="responses")
    event = models.CharField(max_length=10)
    good = models.PositiveIntegerField(default=0)
    scrap = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=40, blank=True)
    at = models.BigIntegerField()
    actor = models.UUIDField()

    objects = JobResponses.as_manager()
