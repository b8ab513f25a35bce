"""What a shop's own production log told: the import, its rows, and how each part was made."""

from __future__ import annotations

from typing import Self

from django.db import models

from lianzao.base.refs import new_ref
from lianzao.catalog.models import Item
from lianzao.network.models import Site
from lianzao.trust.viewer import Viewer


class LogImports(models.QuerySet["LogImport"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A shop's history is its own, as are the items learnt from it."""
        return self.filter(site__organisation__in=viewer.organisations)


class LogImport(models.Model):
    """One file that made one site. `rows_read` is `rows_used` and the sum of `rows_left`, rows counted by reason."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="log")
    sha256 = models.BinaryField(max_length=32)
    rows_read = models.PositiveIntegerField()
    rows_used = models.PositiveIntegerField()
    rows_left = models.JSONField(default=dict)
    resources = models.PositiveIntegerField()
    parts = models.PositiveIntegerField()
    routings = models.PositiveIntegerField()
    made_at = models.BigIntegerField()

    objects = LogImports.as_manager()


class LogRows(models.QuerySet["LogRow"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(log__site__organisation__in=viewer.organisations)


class LogRow(models.Model):
    """One report of the log (the engine's `Report`): known from `known_at` on, whatever it tells of.

    Times are seconds on the shop's own clock read as UTC. Rows never change; they go with their import.
    """

    log = models.ForeignKey(LogImport, on_delete=models.CASCADE, related_name="rows")
    known_at = models.BigIntegerField()
    order = models.CharField(max_length=200)
    part = models.CharField(max_length=120)
    quantity = models.FloatField()
    activity = models.CharField(max_length=200)
    resource = models.CharField(max_length=150)
    began = models.BigIntegerField()
    ended = models.BigIntegerField()
    timed = models.BooleanField()
    minutes = models.FloatField(null=True)
    kind = models.CharField(max_length=12)
    good = models.FloatField()
    rejected = models.FloatField()
    rework = models.BooleanField()

    objects = LogRows.as_manager()


class LogRoutings(models.QuerySet["LogRouting"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(item__site__organisation__in=viewer.organisations)


class LogRouting(models.Model):
    """One of the ways an item was made, by `orders` orders, `share` of its own; the commonest is variant 1.

    Its steps are the item's with the feature `feature` selected; variant 1 is what is made without any.
    `first_pass` is the share of the part's pieces neither rejected nor reworked.
    """

    log = models.ForeignKey(LogImport, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    variant = models.PositiveIntegerField()
    feature = models.CharField(max_length=40, blank=True)
    orders = models.PositiveIntegerField()
    share = models.FloatField()
    first_pass = models.FloatField()

    objects = LogRoutings.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "variant"], name="routing_variant_once_an_item")]
