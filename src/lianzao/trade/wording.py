"""The words for the codes of trade: price lines, reasons, consents, states. Translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language, gettext

from lianzao.base.messages import _
from lianzao.web import formats
from lianzao.web.parts import Joint

PRICE_LINES = {
    "set-up": _("Setting up"),
    "run": _("Machining and assembly"),
    "programming": _("Programming, once"),
    "fixture": _("Fixtures, once"),
    "material": _("Material"),
    "margin": _("Margin of the factories"),
    "outside": _("Outside process"),
    "quantity-break": _("Quantity discount"),
    "minimum-order": _("Up to the minimum order value"),
    "certificate": _("Inspection certificate 3.1"),
    "first-article": _("First article inspection"),
    "packing": _("Packing"),
    "transport": _("Transport"),
    "duty": _("Customs duty"),
    "sub-order": _("General contractor's charge"),
    "owner-change": _("Change by a factory"),
}
BECAUSE = {
    "queue": _("waits for free capacity"),
    "work": _("work"),
    "set-up": _("setting up"),
    "transport": _("transport"),
    "customs": _("customs"),
    "calendar": _("closed"),
    "release": _("cannot begin earlier"),
    "material": _("material on order"),
    "outside": _("outside process"),
    "consent": _("begins on the day its owner named"),
}
DECIDES = {
    "queue": _("The date hangs on {what}: the machines are taken until {day}."),
    "work": _("The date hangs on {what}: the work takes until {day}."),
    "set-up": _("The date hangs on {what}: setting up takes until {day}."),
    "transport": _("The date hangs on the transport after {what}: it arrives on {day}."),
    "customs": _("The date hangs on customs after {what}: they are done on {day}."),
    "calendar": _("The date hangs on {what}: nobody works there until {day}."),
    "release": _("The date hangs on {what}: it cannot begin before {day}."),
    "material": _("The date hangs on {what}: it is there on {day}."),
    "outside": _("The date hangs on {what}: the lot is back on {day}."),
    "consent": _("The date hangs on {what}: its owner begins on {day}."),
}
UNSEEN = _("The date hangs on a factory that does not show you its calendar.")
NOTHING_ELSE = _("Faster work elsewhere would not make it earlier.")
ASKED_BECAUSE = {
    "asks": _("You want to be asked."),
    "calendar-unconfirmed": _("You have not confirmed your calendar lately."),
    "process": _("A process that you do not agree to in advance."),
    "quantity": _("More pieces than you agree to in advance."),
    "value": _("More money than you agree to in advance."),
    "load": _("Your machines are fuller than you agree to in advance."),
    "earliest-start": _("It begins sooner than you agree to in advance."),
}
QUOTE_STATES = {
    "asked": (Joint.WAIT, _("Waits for an answer")),
    "held": (Joint.HELD, _("Held for you")),
    "accepted": (Joint.OK, _("Ordered")),
    "expired": (Joint.NONE, _("Expired")),
    "refused": (Joint.LATE, _("Declined by a factory")),
    "released": (Joint.NONE, _("Given back")),
}
CONSENT_STATES = {
    "automatic": (Joint.HELD, _("agreed in advance")),
    "asked": (Joint.WAIT, _("asked")),
    "yes": (Joint.HELD, _("agreed")),
    "no": (Joint.LATE, _("declined")),
    "silent": (Joint.NONE, _("no answer")),
}
PAYMENTS = {"30 days net": _("Payable within 30 days, net")}


def language() -> str:
    """The key of a user's texts in the reader's language: zh, de, en."""
    return formats.base(get_language() or "en")


def said(texts: Mapping[str, str] | None, otherwise: str = "") -> str:
    """A user's text in the reader's language, else in English, else in any."""
    if not texts:
        return otherwise
    return texts.get(language()) or texts.get("en") or next(iter(texts.values()), otherwise)


def listed(parts: list[str]) -> str:
    """Several words in a row, with the comma of the language."""
    return ("，" if language() == "zh" else ", ").join(parts)


def word(table: Mapping[str, str], code: str) -> str:
    """The word for a code; the code itself where a newer node sent one we do not know."""
    return gettext(table[code]) if code in table else code
