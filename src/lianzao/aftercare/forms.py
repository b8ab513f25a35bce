"""What the user of a product fills in: a need, a file of readings; and the provider's answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lianzao.aftercare.actions.need import LONGEST, Wanted
from lianzao.aftercare.meter_file import LARGEST
from lianzao.aftercare.models import Need
from lianzao.trade.requests import MOST_PIECES
from lianzao.web.uploads import TooLarge


class NeedForm(forms.Form):
    """What is needed, in the user's words; `parts` (code: name) are what can be had as spare parts."""

    kind = forms.ChoiceField(
        label=_("What do you need?"),
        choices=Need.Kind.choices,
        initial=Need.Kind.MAINTENANCE,
        widget=forms.RadioSelect,
    )
    item = forms.ChoiceField(required=False, label=_("Which part"), help_text=_("Only for a spare part."))
    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, initial=1, label=_("Pieces"))
    text = forms.CharField(max_length=LONGEST, label=_("In your words"), widget=forms.Textarea(attrs={"rows": 3}))
    name = forms.CharField(max_length=100, required=False, label=_("Whom to ask back"))

    def __init__(self, *args: Any, parts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, item = self.fields["kind"], self.fields["item"]
        assert isinstance(kind, forms.ChoiceField) and isinstance(item, forms.ChoiceField)  # noqa: S101 - see above
        item.choices = [("", "–"), *parts.items()]
        if not parts:
            kind.choices = [choice for choice in Need.Kind.choices if choice[0] != Need.Kind.SPARE]
            del self.fields["item"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Need.Kind.SPARE and "item" not in self.errors and not cleaned.get("item"):
            self.add_error("item", _("Choose the part that you need."))
        return cleaned

    def wanted(self) -> Wanted:
        sent = self.cleaned_data
        item = sent.get("item", "") if sent["kind"] == Need.Kind.SPARE else ""
        return Wanted(sent["text"], kind=sent["kind"], item=item, quantity=sent["quantity"], name=sent["name"])


class MeterForm(forms.Form):
    """A file of readings, as whatever reads the meter exports it."""

    file = forms.FileField(
        label=_("File of readings"),
        help_text=_("CSV with the columns serial, at, hours. Each reading counts once, however often you send it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def sent(self) -> bytes:
        """The bytes of the file.

        Raises TooLarge.
        """
        file = self.cleaned_data["file"]
        assert isinstance(file, UploadedFile)  # noqa: S101 - a FileField cleans to it
        if (file.size or 0) > LARGEST:
            raise TooLarge(at="file", most=LARGEST)
        return bytes(file.read())


class AnswerForm(forms.Form):
    """The provider's answer to a need."""

    text = forms.CharField(max_length=LONGEST, label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 2}))
