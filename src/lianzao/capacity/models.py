"""Calendars of sites, the holds of quotes, and the one table of who holds which time of a resource."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianzao.base.refs import new_ref
from lianzao.network.models import Resource, Site, WorkCentre, shown_by_owner
from lianzao.trust.levels import Level
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer


class Calendars(models.QuerySet["Calendar"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(shown_by_owner(viewer, "site__organisation", Level.FULL_CALENDAR))


class Calendar(models.Model):
    """A site's working calendar. `version` rises with each change of it, its shifts, closures or exceptions.

    `observes` is the country whose public holidays it keeps, empty for none.
    """

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="calendar")
    observes = models.CharField(max_length=2, blank=True)
    confirmed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = Calendars.as_manager()


class Shifts(models.QuerySet["ShiftRule"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(shown_by_owner(viewer, "calendar__site__organisation", Level.FULL_CALENDAR))


class ShiftRule(models.Model):
    """Hours worked on `weekdays` (0 Monday), local time; an end not after the start is on the next day.

    Without a work centre it holds for the whole site; a work centre with shifts of its own has only those.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="shifts")
    work_centre = models.ForeignKey(WorkCentre, on_delete=models.CASCADE, null=True, related_name="+")
    weekdays = models.JSONField()
    start = models.TimeField()
    end = models.TimeField()

    objects = Shifts.as_manager()


class Closures(models.QuerySet["Closure"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(shown_by_owner(viewer, "calendar__site__organisation", Level.FULL_CALENDAR))


class Closure(models.Model):
    """Days, first to last, on which the site is closed (Betriebsferien, Spring Festival)."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="closures")
    first = models.DateField()
    last = models.DateField()
    name = models.CharField(max_length=100)

    objects = Closures.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(first__lte=F("last")), name="closure_ends_after_it_begins")]


class Exceptions(models.QuerySet["CalendarException"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(shown_by_owner(viewer, "work_centre__site__organisation", Level.FULL_CALENDAR))


class CalendarException(models.Model):
    """Extra open time of a work centre, or time in which it takes nothing ("full until …")."""

    work_centre = models.ForeignKey(WorkCentre, on_delete=models.CASCADE, related_name="exceptions")
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    opens = models.BooleanField(default=False)

    objects = Exceptions.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="exception_ends_after_it_begins")]


class Holds(models.QuerySet["Hold"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(holder__in=viewer.organisations)


class Hold(models.Model):
    """A reservation: all its bookings stand or fall together, by one clock, `expires` (seconds UTC)."""

    class State(models.TextChoices):
        HELD = "held", _("Held")
        TAKEN = "taken", _("Taken")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    expires = models.BigIntegerField()

    objects = Holds.as_manager()

    class Meta:
        indexes = [models.Index(fields=["expires"], condition=Q(state="held"), name="open_holds_by_end")]


class Bookings(models.QuerySet["Booking"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(shown_by_owner(viewer, "resource__work_centre__site__organisation", Level.FULL_CALENDAR))


class Booking(models.Model):
    """`units` of a resource from `starts` to `ends` (seconds UTC). Never updated: a move deletes and inserts.

    `work` is the ref of the hold's quote or order, `operation` its key there; own work has the ref of its source.
    """

    class Kind(models.TextChoices):
        ORDER = "order", _("Order of the network")
        OWN = "own", _("Own work")

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="bookings")
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    units = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=5, choices=Kind)
    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, null=True, related_name="bookings")
    work = models.UUIDField(null=True, db_index=True)
    operation = models.CharField(max_length=120, blank=True)
    booked_at = models.BigIntegerField()

    objects = Bookings.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="booking_starts_before_it_ends"),
            models.CheckConstraint(condition=Q(units__gte=1), name="booking_takes_units"),
            models.CheckConstraint(
                condition=Q(kind="order", hold__isnull=False) | Q(kind="own", hold__isnull=True),
                name="order_bookings_belong_to_a_hold",
            ),
        ]
        indexes = [
            models.Index(fields=["resource", "ends", "starts"], name="booking_by_resource_and_time"),
        ]


class OwnWorks(models.QuerySet["OwnWork"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(resource__work_centre__site__organisation__in=viewer.organisations)


class OwnWork(models.Model):
    """A shop's own work as it says it, even where it exceeds its capacity; bookings are filled from it."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="own_work")
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    units = models.PositiveIntegerField(default=1)
    label = models.CharField(max_length=150, blank=True)
    source = models.CharField(max_length=100)

    objects = OwnWorks.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="own_work_starts_before_it_ends")]


class Overloads(models.QuerySet["Overload"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(resource__work_centre__site__organisation__in=viewer.organisations)


class Overload(models.Model):
    """Own work beyond the capacity: `units` too many from `starts` to `ends`."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="overloads")
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    units = models.PositiveIntegerField()

    objects = Overloads.as_manager()
