"""Families, items, BOM lines, routing steps and their explicit modes."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianzao.base.refs import new_ref
from lianzao.network.models import Resource, Site
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer


class Families(models.QuerySet["Family"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.all()


class Family(models.Model):
    """A configurable product of the open catalogue: `model` are its features, groups, constraints."""

    code = models.CharField(max_length=60, unique=True)
    name = models.JSONField()
    model = models.JSONField()

    objects = Families.as_manager()


class Items(models.QuerySet["Item"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The open catalogue, and the parts of one's own sites."""
        return self.filter(Q(site=None) | Q(site__organisation__in=viewer.organisations))


class Item(models.Model):
    """Something that is made: of the open catalogue (`site` empty) or a part of one site's own routings.

    `mass_kg` is the net mass of one piece; `scrap` the share of material lost; `envelope` its x, y, z in mm.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    code = models.CharField(_("code"), max_length=120)
    name = models.JSONField()
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="items")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="items")
    material = models.CharField(max_length=40, blank=True)
    mass_kg = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    scrap = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    envelope = models.JSONField(null=True)
    origin_import = models.UUIDField(null=True, db_index=True)

    objects = Items.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(site=None), name="catalogue_code_once"),
            models.UniqueConstraint(fields=["site", "code"], condition=~Q(site=None), name="item_code_once_a_site"),
        ]


class BomLines(models.QuerySet["BomLine"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(Q(parent__site=None) | Q(parent__site__organisation__in=viewer.organisations))


class BomLine(models.Model):
    """`quantity` pieces of `child` in one `parent`, when `when` is selected: features, a leading ! means without.

    `feeds` is the step of the parent that needs the child.
    """

    parent = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="lines")
    child = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="used_in")
    quantity = models.PositiveIntegerField(default=1)
    feeds = models.PositiveIntegerField()
    when = models.JSONField(default=list)

    objects = BomLines.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=models.F("child")), name="no_item_in_itself"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="bom_quantity_positive"),
        ]


class Steps(models.QuerySet["Step"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(Q(item__site=None) | Q(item__site__organisation__in=viewer.organisations))


class Step(models.Model):
    """One operation of an item's routing.

    `kind`: work on a resource; *material* on order and *outside* process by lot take `lead_days`, no resource.
    Times in minutes: `setup` for the lot, `run` for a piece. `programmed` work needs a program and a fixture made.
    """

    class Kind(models.TextChoices):
        WORK = "work", _("Work")
        MATERIAL = "material", _("Material on order")
        OUTSIDE = "outside", _("Outside process")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    name = models.JSONField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WORK)
    process = models.CharField(max_length=40, blank=True)
    setup = models.DecimalField(max_digits=10, decimal_places=3, default=0)
    run = models.DecimalField(max_digits=12, decimal_places=5, default=0)
    spread = models.FloatField(default=0.1)
    lead_days = models.PositiveIntegerField(default=0)
    lot_price = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    lot_size = models.PositiveIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    collects = models.JSONField(default=list)
    tolerance = models.PositiveSmallIntegerField(null=True)
    certificates = models.JSONField(default=list)
    interruptible = models.BooleanField(default=True)
    programmed = models.BooleanField(default=False)
    when = models.JSONField(default=list)

    objects = Steps.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="step_number_once_an_item"),
            models.CheckConstraint(condition=Q(setup__gte=0) & Q(run__gte=0), name="step_times_not_negative"),
        ]


class StepModes(models.QuerySet["StepMode"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(step__item__site__organisation__in=viewer.organisations)


class StepMode(models.Model):
    """A resource on which a site's own step is known to run, with the times seen there (minutes)."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="modes")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    setup = models.DecimalField(max_digits=10, decimal_places=3)
    run = models.DecimalField(max_digits=12, decimal_places=5)
    spread = models.FloatField()

    objects = StepModes.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "resource"], name="mode_once_a_step")]


class RateCards(models.QuerySet["RateCard"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A firm's rates are its own; buyers see prices, not rates."""
        return self.filter(owner__in=viewer.organisations)


class RateCard(models.Model):
    """What a firm charges, in its currency: an owner's sheet, valid from a day.

    `hourly` maps a work centre's ref to {"setup","run"}; `general_margin` is on what the others of its orders ask.
    `breaks` lists [from quantity, share off]; `materials` maps a
    grade to its price per kg.
    """

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rate_cards")
    valid_from = models.DateField()
    currency = models.CharField(max_length=3)
    hourly = models.JSONField()
    programming = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    fixture = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    minimum = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    margin = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    general_margin = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.05"))
    breaks = models.JSONField(default=list)
    materials = models.JSONField(default=dict)
    extras = models.JSONField(default=dict)

    objects = RateCards.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "valid_from"], name="one_rate_card_a_day")]


class PublicRates(models.QuerySet["PublicRate"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.all()


class PublicRate(models.Model):
    """A public figure with its source: exchange rate, tax, duty. Example figures are marked as such in `source`.

    `subject`: exchange "CNY>EUR", tax "DE", duty "CN>DE".
    """

    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=20)
    valid_from = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=8)
    source = models.CharField(max_length=200)

    objects = PublicRates.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject", "valid_from"], name="one_rate_a_day")]
