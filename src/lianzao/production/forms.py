"""What a machinist taps: an event with pieces, as a report."""

from __future__ import annotations

from django import forms

from lianzao.production.decisions import EVENTS, REASONS, Report


class ReportForm(forms.Form):
    """Counts are optional: most reports are one tap."""

    event = forms.ChoiceField(choices=[(event, event) for event in EVENTS])
    good = forms.IntegerField(min_value=0, max_value=10_000_000, required=False)
    scrap = forms.IntegerField(min_value=0, max_value=10_000_000, required=False)
    reason = forms.ChoiceField(choices=[(reason, reason) for reason in REASONS], required=False)

    def report(self) -> Report:
        data = self.cleaned_data
        return Report(data["event"], data["good"] or 0, data["scrap"] or 0, data["reason"])
