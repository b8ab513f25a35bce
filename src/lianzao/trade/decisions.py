"""Pure decisions of trade: who must be asked, what an answer does to a quote, what may be accepted or cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

DAY = 86_400


class QuoteExpired(Refused):
    code = "quote-expired"
    status = 409
    text = _("This quote has expired.")
    hint = _("a new quote")


class QuoteNotAgreed(Refused):
    code = "quote-not-agreed"
    status = 409
    text = _("Not every owner has agreed yet.")
    hint = _("wait for the answers, or ask for a new quote")


class QuoteOver(Refused):
    code = "quote-over"
    status = 409
    text = _("This quote is no longer open.")
    hint = _("a new quote")


class AlreadyAccepted(Refused):
    code = "already-accepted"
    status = 409
    text = _("This quote was accepted already, as order {number}.")
    hint = _("the order")


class AlreadyAnswered(Refused):
    code = "already-answered"
    status = 409
    text = _("This was answered already.")
    hint = _("one answer to a question")


class CannotCancel(Refused):
    code = "cannot-cancel"
    status = 409
    text = _("This order cannot be cancelled any more.")
    hint = _("an order in work")


@dataclass(frozen=True, slots=True)
class Rule:
    """What an owner agrees to in advance (models.ConsentRule)."""

    mode: str
    processes: frozenset[str] = frozenset()
    max_quantity: int | None = None
    max_value: Decimal | None = None
    max_load: Decimal | None = None
    earliest_days: int = 0
    safety_days: int = 0


ASK = Rule("ask")  # new firms start here


@dataclass(frozen=True, slots=True)
class Asked:
    """An owner's share as its rule judges it. `load`: booked part of its open time over the span of the share."""

    quantity: int
    value: Decimal
    processes: frozenset[str]
    begins: int
    load: Decimal


def automatic(rule: Rule, asked: Asked, *, calendar_confirmed: datetime, now: datetime, confirmed_days: int) -> str:
    """Why the owner must be asked, as a code; empty when it has agreed in advance."""
    if rule.mode != "automatic":
        return "asks"
    if now - calendar_confirmed > timedelta(days=confirmed_days):
        return "calendar-unconfirmed"
    limits = (
        (bool(rule.processes) and not asked.processes <= rule.processes, "process"),
        (rule.max_quantity is not None and asked.quantity > rule.max_quantity, "quantity"),
        (rule.max_value is not None and asked.value > rule.max_value, "value"),
        (rule.max_load is not None and asked.load > rule.max_load, "load"),
        (asked.begins < now.timestamp() + rule.earliest_days * DAY, "earliest-start"),
    )
    return next((because for beyond, because in limits if beyond), "")


def may_accept(state: str, *, expires: int, now: int, number: str | None) -> None:
    """Raises AlreadyAccepted, QuoteNotAgreed, QuoteExpired or QuoteOver."""
    if state == "accepted":
        raise AlreadyAccepted(at="quote", number=number or "")
    if state == "expired" or (state == "held" and now >= expires):
        raise QuoteExpired(at="quote")
    if state == "asked":
        raise QuoteNotAgreed(at="quote")
    if state != "held":
        raise QuoteOver(at="quote")


def after_answers(answers: Iterable[str]) -> str:
    """The state of a quote whose owners stand at `answers`."""
    states = set(answers)
    if "no" in states:
        return "refused"
    return "asked" if "asked" in states else "held"


def cancellation_fee(net: Decimal, *, accepted_at: int, begins: int, done: Decimal, now: int) -> Decimal:
    """The stated terms: free within a day of acceptance and before work begins; else a tenth, or what is done.

    `done` is the share of the work already finished (0 to 1); the larger counts. Rounded to the cent.
    """
    if now < begins and now - accepted_at <= DAY:
        return Decimal("0.00")
    return (net * max(Decimal("0.1"), done)).quantize(Decimal("0.01"))
