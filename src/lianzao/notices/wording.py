"""A notice in the reader's words: the template is translated first, then filled with facts in his language.

A fact is a text or a figure, or an object: `{"text"}` (by language), `{"day", "country"}`, `{"moment", "country"}`
(seconds UTC, shown on that country's clocks), `{"amount", "currency"}` (net), `{"cause"}` (why a forecast moved).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from lianzao.base import clock
from lianzao.base.places import zone_of
from lianzao.base.refusals import filled
from lianzao.production.wording import cause_in_words
from lianzao.trade.wording import language, said
from lianzao.web import formats


def in_words(text: str, facts: Mapping[str, Any]) -> str:
    whole = filled(gettext(text), {name: _fact(fact) for name, fact in facts.items()}).strip()
    return whole.replace("..", ".")  # a German date ends with a full stop of its own


def _fact(fact: Any) -> str:
    if not isinstance(fact, Mapping):
        return str(fact)
    if "text" in fact:
        return said(fact["text"])
    if "cause" in fact:
        return cause_in_words(fact["cause"])
    if "amount" in fact:
        net = formats.money(Decimal(fact["amount"]), fact["currency"], language())
        return gettext("{amount} net").format(amount=net)
    zone, now = zone_of(fact["country"]), clock.now()
    if "moment" in fact:
        return formats.moment(fact["moment"], language(), zone=zone, reader=zone, now=now)
    day = formats.local(fact["day"], zone).date()
    return formats.day(day, language(), today=formats.local(now, zone).date())
