"""Products in use, their service contracts, meter readings, statements, maintenance jobs and reported needs."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianzao.base.refs import new_ref
from lianzao.capacity.models import Hold
from lianzao.network.models import Resource
from lianzao.trade.models import Order, Quote
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer


class Products(models.QuerySet["Product"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Its owner, who made it, and who cares for it."""
        own = viewer.organisations
        return self.filter(Q(owner__in=own) | Q(maker__in=own) | Q(contract__provider__in=own))

    def metered_by(self, viewer: Viewer) -> Self:
        """Those whose meter the viewer may read out: whoever works for one of these firms, but readers."""
        working = [key for key, role in viewer.roles.items() if role != "reader"]
        return self.filter(Q(owner__in=working) | Q(maker__in=working) | Q(contract__provider__in=working))


class Product(models.Model):
    """A delivered piece with a serial number of its own, or a lot of `pieces` alike.

    `item` and `name` are kept as delivered: a passport outlives the catalogue.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="products")
    serial = models.CharField(_("serial number"), max_length=40, unique=True)
    item = models.CharField(max_length=120)
    name = models.JSONField(default=dict)
    pieces = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="products")
    maker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    delivered_at = models.BigIntegerField()

    objects = Products.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pieces__gte=1), name="product_has_pieces")]
        indexes = [
            models.Index(fields=["owner", "-delivered_at"], name="products_of_an_owner"),
            models.Index(fields=["maker", "-delivered_at"], name="products_of_a_maker"),
        ]


class ServiceContracts(models.QuerySet["ServiceContract"]):
    def visible_to(self, viewer: Viewer) -> Self:
        own = viewer.organisations
        return self.filter(Q(provider__in=own) | Q(customer__in=own))


class ServiceContract(models.Model):
    """The provider keeps the product in order and is paid `rate` (net, `currency`) an operating hour.

    Maintenance, included, is due every `threshold_hours` and takes `maintenance_minutes` of a work centre that does
    `maintenance_process`. It runs from `starts` to `ends`, seconds UTC. `next_month` ("2026-11") is the first month
    whose statement is not closed.
    """

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="contract")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rate = models.DecimalField(max_digits=10, decimal_places=4)
    currency = models.CharField(max_length=3)
    threshold_hours = models.PositiveIntegerField()
    maintenance_process = models.CharField(max_length=40)
    maintenance_minutes = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    next_month = models.CharField(max_length=7, db_index=True)

    objects = ServiceContracts.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="contract_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="contract_rate_is_positive"),
            models.CheckConstraint(condition=Q(threshold_hours__gte=1), name="contract_threshold_is_positive"),
        ]


class MeterReadings(models.QuerySet["MeterReading"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(product__in=Product.objects.visible_to(viewer))


class MeterReading(models.Model):
    """What a product's hour counter showed `at` (seconds UTC). Never changed; the first word on a moment stands."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="readings")
    at = models.BigIntegerField()
    hours = models.DecimalField(max_digits=12, decimal_places=3)
    received_at = models.BigIntegerField()
    actor = models.UUIDField()

    objects = MeterReadings.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "at"], name="one_reading_a_moment"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="counter_not_negative"),
        ]


class Statements(models.QuerySet["Statement"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(contract__in=ServiceContract.objects.visible_to(viewer))


class Statement(models.Model):
    """A closed month of a contract: its `lines` as billed (billing.Line as JSON), never changed afterwards."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    contract = models.ForeignKey(ServiceContract, on_delete=models.PROTECT, related_name="statements")
    month = models.CharField(max_length=7)
    lines = models.JSONField()
    tax_rate = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    closed_at = models.BigIntegerField()

    objects = Statements.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "month"], name="one_statement_a_month")]


class MaintenanceJobs(models.QuerySet["MaintenanceJob"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(contract__in=ServiceContract.objects.visible_to(viewer))


class MaintenanceJob(models.Model):
    """A service that became due when the meter passed `number` × the contract's threshold, `due` (seconds UTC).

    `asked_by` is who read the meter out. From *booked* on it has a window on a resource of the provider, held for the
    customer like any promise.
    """

    class State(models.TextChoices):
        DUE = "due", _("Due")
        BOOKED = "booked", _("Promised")
        DONE = "done", _("Done")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    contract = models.ForeignKey(ServiceContract, on_delete=models.PROTECT, related_name="maintenance")
    number = models.PositiveIntegerField()
    due = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    made_at = models.BigIntegerField()
    asked_by = models.UUIDField()
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="+")
    starts = models.BigIntegerField(null=True)
    ends = models.BigIntegerField(null=True)
    hold = models.ForeignKey(Hold, on_delete=models.SET_NULL, null=True, related_name="+")
    done_at = models.BigIntegerField(null=True)

    objects = MaintenanceJobs.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="one_job_a_threshold"),
            models.CheckConstraint(
                condition=~Q(state="booked") | Q(resource__isnull=False, starts__lt=F("ends")),
                name="booked_maintenance_has_its_window",
            ),
        ]
        indexes = [models.Index(fields=["state", "due"], name="maintenance_waiting")]


class Needs(models.QuerySet["Need"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(product__in=Product.objects.visible_to(viewer))


class Need(models.Model):
    """What the user of a product asks for: a demand again.

    `request` asks for `item` as the trade rooms read it, none where the catalogue has nothing to order. `name` is whom
    to ask back; it and the `text` stay out of the ledger.
    """

    class Kind(models.TextChoices):
        MAINTENANCE = "maintenance", _("Maintenance")
        SPARE = "spare", _("Spare part")
        REPLACEMENT = "replacement", _("Another one")

    class State(models.TextChoices):
        NEW = "new", _("New")
        ANSWERED = "answered", _("Answered")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=12, choices=Kind)
    item = models.CharField(max_length=120, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    request = models.JSONField(null=True)
    text = models.TextField(max_length=2000)
    name = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    reported_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reported_at = models.BigIntegerField()
    answer = models.TextField(max_length=2000, blank=True)
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.BigIntegerField(null=True)

    objects = Needs.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="need_of_a_quantity"),
            models.CheckConstraint(
                condition=Q(state="new", answered_at__isnull=True) | Q(state="answered", answered_at__isnull=False),
                name="answered_need_says_when",
            ),
        ]
        indexes = [models.Index(fields=["product", "-reported_at"], name="needs_of_a_product")]
