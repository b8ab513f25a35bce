"""What owners agree to in advance, quotes with each owner's consent, orders and their sub-orders."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianzao.base.refs import new_ref
from lianzao.capacity.models import Hold
from lianzao.trust.models import Group, Organisation
from lianzao.trust.viewer import Viewer


class ConsentRules(models.QuerySet["ConsentRule"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(owner__in=viewer.organisations)


class ConsentRule(models.Model):
    """What an owner agrees to in advance, for a group of customers or (without group) everyone else.

    Limits are the owner's secret: quantity, value of its share (in its currency), the share of work time already
    booked over the order's span, the days before it will begin, and days added to its dates as safety.
    """

    class Mode(models.TextChoices):
        AUTOMATIC = "automatic", _("Automatically within my limits")
        ASK = "ask", _("Ask me")
        NEVER = "never", _("Never")

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="consent_rules")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ASK)
    processes = models.JSONField(default=list, blank=True)
    max_quantity = models.PositiveIntegerField(null=True, blank=True)
    max_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    max_load = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    earliest_days = models.PositiveSmallIntegerField(default=0)
    safety_days = models.PositiveSmallIntegerField(default=0)

    objects = ConsentRules.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(group=None), name="one_rule_for_everyone_else"),
            models.UniqueConstraint(fields=["owner", "group"], condition=~Q(group=None), name="one_rule_a_group"),
        ]


class Quotes(models.QuerySet["Quote"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The buyer's own, the seller's, and for an owner those that ask or asked it."""
        own = viewer.organisations
        return self.filter(Q(buyer__in=own) | Q(seller__in=own) | Q(consents__owner__in=own)).distinct()


class Quote(models.Model):
    """A promise with a hold. `request` and `promise` are the JSON that was asked and answered; `plan` is ours alone.

    The clock is the hold's.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for an answer")
        HELD = "held", _("Held")
        ACCEPTED = "accepted", _("Accepted")
        EXPIRED = "expired", _("Expired")
        REFUSED = "refused", _("Refused by an owner")
        RELEASED = "released", _("Released")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    buyer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="quotes")
    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.UUIDField()
    request = models.JSONField()
    promise = models.JSONField()
    plan = models.JSONField()
    state = models.CharField(max_length=10, choices=State)
    hold = models.ForeignKey(Hold, on_delete=models.SET_NULL, null=True, related_name="+")
    expires = models.BigIntegerField()
    made_at = models.BigIntegerField()

    objects = Quotes.as_manager()

    class Meta:
        indexes = [models.Index(fields=["buyer", "-made_at"], name="quotes_of_a_buyer")]


class Consents(models.QuerySet["Consent"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(Q(owner__in=viewer.organisations) | Q(quote__buyer__in=viewer.organisations))


class Consent(models.Model):
    """One owner's yes to its share of a quote: given in advance, or asked for until `answer_by`."""

    class State(models.TextChoices):
        AUTOMATIC = "automatic", _("Agreed in advance")
        ASKED = "asked", _("Asked")
        YES = "yes", _("Agreed")
        NO = "no", _("Declined")
        SILENT = "silent", _("No answer")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="consents")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    because = models.CharField(max_length=40, blank=True)
    share = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    hand_over = models.BigIntegerField()
    answer_by = models.BigIntegerField(null=True)
    answered_at = models.BigIntegerField(null=True)

    objects = Consents.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quote", "owner"], name="one_consent_an_owner")]
        indexes = [models.Index(fields=["owner", "state"], name="consents_waiting")]


class Orders(models.QuerySet["Order"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The buyer's and the seller's; other makers see their sub-order only."""
        return self.filter(Q(buyer__in=viewer.organisations) | Q(seller__in=viewer.organisations))


class Order(models.Model):
    """An accepted quote. `ready`, `promised`, `forecast`, `delivered_at`: the four dates, seconds UTC."""

    class State(models.TextChoices):
        OPEN = "open", _("In work")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    number = models.CharField(max_length=20, unique=True)
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="order")
    buyer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="orders")
    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    buyer_number = models.CharField(_("your order number"), max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    ready = models.BigIntegerField()
    promised = models.BigIntegerField()
    forecast = models.BigIntegerField()
    cause = models.JSONField(null=True)
    delivered_at = models.BigIntegerField(null=True)
    accepted_at = models.BigIntegerField()

    objects = Orders.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["buyer", "-accepted_at"], name="orders_of_a_buyer"),
            models.Index(fields=["seller", "-accepted_at"], name="orders_of_a_seller"),
        ]


class SubOrders(models.QuerySet["SubOrder"]):
    def visible_to(self, viewer: Viewer) -> Self:
        own = viewer.organisations
        return self.filter(Q(supplier__in=own) | Q(order__seller__in=own))


class SubOrder(models.Model):
    """The share of another factory in an order: its own price and hand-over, unseen by the buyer."""

    class State(models.TextChoices):
        OPEN = "open", _("In work")
        HANDED_OVER = "handed-over", _("Handed over")
        CANCELLED = "cancelled", _("Cancelled")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="sub_orders")
    supplier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    hand_over = models.BigIntegerField()

    objects = SubOrders.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "supplier"], name="one_sub_order_a_supplier")]
