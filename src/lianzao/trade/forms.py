"""What owners fill in: a reply to a question, what they agree to in advance, what they show."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianzao.base.places import zone_of
from lianzao.trade.actions.answer import Reply
from lianzao.trade.models import ConsentRule
from lianzao.trade.wording import said
from lianzao.trust.levels import Level

LEVELS = (
    (Level.NOTHING.value, _("Nothing")),
    (Level.ANSWERS_ONLY.value, _("Answers only")),
    (Level.FREE_TIME_BUCKETS.value, _("Only when free")),
    (Level.FULL_CALENDAR.value, _("Full calendar")),
)


class DayInput(forms.DateInput):
    """A day as the browser picks it."""

    input_type = "date"


class AcceptForm(forms.Form):
    """The buyer's own number of the order."""

    buyer_number = forms.CharField(max_length=60, required=False, label=_("Your order number"))


class ReplyForm(forms.Form):
    """An owner's reply; price and hand-over only where he answers with a change."""

    CAN, CANNOT, CHANGE = "can", "cannot", "change"

    say = forms.ChoiceField(choices=[(CAN, ""), (CANNOT, ""), (CHANGE, "")], widget=forms.HiddenInput)
    price = forms.DecimalField(
        required=False, min_value=0, max_digits=14, decimal_places=2, localize=False, label=_("Your net price")
    )
    date = forms.DateField(required=False, label=_("You hand over on"), widget=DayInput(format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("say") == self.CHANGE and cleaned.get("price") is None and cleaned.get("date") is None:
            self.add_error("price", gettext("Name another price, another date, or both."))
        return cleaned

    def reply(self, country: str) -> Reply:
        """The reply; a day is its end on the clocks of the owner's `country`."""
        say, day = self.cleaned_data["say"], self.cleaned_data.get("date")
        if say != self.CHANGE:
            return Reply(can=say == self.CAN)
        end = None if day is None else int(datetime.combine(day, time(23, 59), zone_of(country)).timestamp())
        return Reply(can=True, price=self.cleaned_data.get("price"), date=end)


class RuleForm(forms.Form):
    """What a firm agrees to in advance for a group of customers. The limits are its secret."""

    mode = forms.ChoiceField(
        choices=ConsentRule.Mode.choices, widget=forms.RadioSelect, label=_("When someone wants a binding quote")
    )
    max_quantity = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, label=_("Pieces at most"))
    max_value = forms.DecimalField(
        required=False, min_value=0, max_digits=12, decimal_places=2, label=_("Value of your share at most, net")
    )
    max_load = forms.IntegerField(
        required=False, min_value=1, max_value=100, label=_("Machines filled at most, in percent")
    )
    earliest_days = forms.IntegerField(min_value=0, max_value=365, initial=0, label=_("Days before you begin"))
    safety_days = forms.IntegerField(min_value=0, max_value=365, initial=0, label=_("Days of safety only you see"))
    processes = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Only for these processes"),
        help_text=_("None ticked means all."),
    )

    def __init__(self, *args: Any, processes: list[tuple[str, dict[str, str] | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["processes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(code, said(name, code)) for code, name in processes]

    @staticmethod
    def of(rule: ConsentRule | None) -> dict[str, Any]:
        """The fields of a rule as the form shows them; a firm without one is asked."""
        if rule is None:
            return {"mode": ConsentRule.Mode.ASK.value}
        return {
            "mode": rule.mode,
            "max_quantity": rule.max_quantity,
            "max_value": rule.max_value,
            "max_load": None if rule.max_load is None else int(rule.max_load * 100),
            "earliest_days": rule.earliest_days,
            "safety_days": rule.safety_days,
            "processes": rule.processes,
        }

    def rule(self) -> dict[str, Any]:
        """The fields of the rule."""
        load = self.cleaned_data["max_load"]
        return {**self.cleaned_data, "max_load": None if load is None else Decimal(load) / 100}


class LevelForm(forms.Form):
    """What one audience sees of a firm's calendar."""

    level = forms.TypedChoiceField(choices=LEVELS, coerce=int, widget=forms.RadioSelect)

    def chosen(self) -> Level:
        return Level(self.cleaned_data["level"])
