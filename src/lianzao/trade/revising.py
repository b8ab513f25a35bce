"""What an owner's other price or date does to a quote that its buyer still considers."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from lianzao.base import clock
from lianzao.base.money import cent
from lianzao.capacity import holds
from lianzao.capacity.models import Booking
from lianzao.catalog.rates import Rates
from lianzao.trade.answers import promise_json
from lianzao.trade.models import Consent, Quote
from lianzao.trade.planning import Again
from lianzao.trade.requests import as_request
from lianzao.trade.solution import Solution, slots_of
from lianzao.trade.solving import solve
from lianzao.trust.queries import viewer_by_ref


def with_price(quote: Quote, consent: Consent, price: Decimal, rates: Rates) -> dict[str, Any]:
    """The quote's promise with the owner's new net price as a line of its own; tax and net follow."""
    answer: dict[str, Any] = quote.promise["price"]
    currency = answer["currency"]
    change = rates.convert(price - consent.share, consent.currency, currency).quantize(cent(currency))
    lines = [*answer["lines"], {"kind": "owner-change", "amount": str(change)}]
    before = Decimal(answer["net"])
    net = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    tax = (Decimal(answer["tax"]) * net / before if before else Decimal(0)).quantize(cent(currency))
    return {**quote.promise, "price": {**answer, "lines": lines, "net": str(net), "tax": str(tax)}}


def rates_of(quote: Quote) -> Rates:
    """The public figures of the day on which the quote was made: it froze them."""
    return Rates(clock.at(quote.made_at).date())


def with_date(quote: Quote, consent: Consent, date: int, *, now: int) -> Solution:
    """The quote planned again on the same machines, the owner's last work ending no earlier than `date`.

    The work of owners who have answered already begins no earlier than they agreed to.

    Raises the planner's refusals.
    """
    slots = [slot for slot in slots_of(quote.plan) if slot.resource is not None]
    last = max((slot for slot in slots if slot.owner == consent.owner_id), key=lambda slot: slot.end)
    agreed = set(quote.consents.filter(state=Consent.State.YES).values_list("owner", flat=True))
    again = Again(
        not_before={
            **{slot.key: slot.start for slot in slots if slot.owner in agreed},
            last.key: date - (last.end - last.start),
        },
        kept={slot.key: frozenset({slot.resource}) for slot in slots if slot.resource is not None},
        hold=quote.hold_id,
    )
    request = as_request({**quote.request, "wanted": None})
    return solve(request, viewer_by_ref(quote.asked_by), now=now, binding=True, again=again)


def rebook(quote: Quote, consent: Consent, later: Solution, *, actor: uuid.UUID) -> None:
    """Move the quote's bookings and dates to the later plan; its price stays what was asked.

    Raises HoldOver, TimeTaken.
    """
    old = list(Booking.objects.filter(hold=quote.hold_id).values_list("id", flat=True))
    wishes = [
        holds.Wish(slot.resource, slot.start, slot.end, slot.units, slot.key)
        for slot in later.slots
        if slot.resource is not None
    ]
    holds.move(old=old, wishes=wishes, hold_id=quote.hold_id, work=quote.ref, actor=actor)
    dates = promise_json(later, viewer_by_ref(quote.asked_by))
    quote.promise = {**dates, **({"price": quote.promise["price"]} if "price" in quote.promise else {})}
    quote.plan = later.stored_plan()
    for share in later.shares:
        if share.owner == consent.owner_id:
            consent.hand_over = share.hand_over
        else:
            Consent.objects.filter(quote=quote, owner=share.owner).update(hand_over=share.hand_over)
