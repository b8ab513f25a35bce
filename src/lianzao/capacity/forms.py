"""What an owner enters about its calendar and its own work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from lianzao.capacity.queries import Plant

DAY_INPUT = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
HOUR_INPUT = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
MOMENT_FORMAT = "%Y-%m-%dT%H:%M"


class PlantForm(forms.Form):
    """A form about one site: its choices are the site's own, its times are on the site's clocks."""

    def __init__(self, plant: Plant, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.prefix_id()}_%s")  # several forms stand on one page
        super().__init__(*args, **kwargs)
        self.plant = plant
        self.zone = ZoneInfo(plant.site.zone)
        if "work_centre" in self.fields:
            field = self.fields["work_centre"]
            centres: Sequence[tuple[str, str]] = [(str(row.ref), row.name) for row in plant.centres]
            blank = [] if field.required else [("", _("the whole site"))]
            field.choices = [*blank, *centres]  # type: ignore[attr-defined]
        if "resource" in self.fields:
            names = [(str(row.ref), f"{row.work_centre.name} / {row.name}") for row in plant.resources]
            blank = [] if self.fields["resource"].required else [("", _("as each event says"))]
            self.fields["resource"].choices = [*blank, *names]  # type: ignore[attr-defined]

    @classmethod
    def prefix_id(cls) -> str:
        return cls.__name__.removesuffix("Form").lower()

    def seconds(self, name: str) -> int:
        """A time without zone, on the clocks of the site, as seconds UTC."""
        value: datetime = self.cleaned_data[name]
        return int(value.replace(tzinfo=self.zone).timestamp())


class MomentField(forms.DateTimeField):
    """A local day and hour, its zone known from the site."""

    widget = forms.DateTimeInput(format=MOMENT_FORMAT, attrs={"type": "datetime-local"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=[MOMENT_FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value

    def to_python(self, value: Any) -> Any:
        """Without zone: Django would take the reader's."""
        read = super().to_python(value)
        return read.replace(tzinfo=None) if isinstance(read, datetime) else read


class ShiftsForm(PlantForm):
    """One or two shifts of a site or of one work centre."""

    work_centre = forms.ChoiceField(label=_("Work centre"), required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=list(WEEKDAYS.items()), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    start = forms.TimeField(label=_("Begins"), widget=HOUR_INPUT)
    end = forms.TimeField(label=_("Ends"), widget=HOUR_INPUT, help_text=_("before the beginning: on the next day"))
    second_start = forms.TimeField(label=_("Second shift begins"), required=False, widget=HOUR_INPUT)
    second_end = forms.TimeField(label=_("Second shift ends"), required=False, widget=HOUR_INPUT)


class ClosureForm(PlantForm):
    first = forms.DateField(label=_("First day closed"), widget=DAY_INPUT)
    last = forms.DateField(label=_("Last day closed"), widget=DAY_INPUT)
    name = forms.CharField(label=_("What for"), max_length=100, required=False)


class FullForm(PlantForm):
    work_centre = forms.ChoiceField(label=_("Work centre"))
    until = forms.DateField(
        label=_("Full until"), widget=DAY_INPUT, help_text=_("takes work again on this day; today opens it at once")
    )


class ExceptionForm(PlantForm):
    work_centre = forms.ChoiceField(label=_("Work centre"))
    opens = forms.ChoiceField(
        label=_("What is different"),
        choices=[("yes", _("works extra hours")), ("no", _("takes nothing"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    starts = MomentField(label=_("Begins"))
    ends = MomentField(label=_("Ends"))


class OwnWorkForm(PlantForm):
    resource = forms.ChoiceField(label=_("Machine"))
    starts = MomentField(label=_("Begins"))
    ends = MomentField(label=_("Ends"))
    units = forms.IntegerField(
        label=_("Machines of the pool"),
        min_value=1,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    label = forms.CharField(label=_("Your own order"), max_length=150, required=False)


class ImportForm(PlantForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV with resource, start, end, units, label; or iCalendar (.ics) with the machine as location"),
    )
    source = forms.RegexField(
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
        label=_("Name of this source"),
        initial="erp",
        help_text=_("the next file of the same name replaces this one"),
    )
    resource = forms.ChoiceField(label=_("Machine, where an event names none"), required=False)
