"""Taking a quote: the plan is computed, then booked under the lock; a lost race is solved again."""

from __future__ import annotations

import hashlib
import json

import rfc8785
from django.conf import settings

from lianzao.base import clock
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden
from lianzao.capacity import holds
from lianzao.ledger.events import append
from lianzao.trade import events
from lianzao.trade.answers import promise_json
from lianzao.trade.consenting import Agreement, agreements
from lianzao.trade.decisions import QuoteOver, after_answers
from lianzao.trade.models import Consent, Quote
from lianzao.trade.requests import Request, as_json
from lianzao.trade.solution import Solution
from lianzao.trade.solving import solve
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

SOLVED = 3  # how often a lost race is solved again before it is refused


def quote(*, request: Request, viewer: Viewer) -> Quote:
    """A promise with its time reserved: held at once where all owners agreed in advance, else asked.

    Raises the refusals of `solve`, Forbidden for who may not buy, TimeTaken after three lost races.
    """
    buyer = viewer.writing()
    for attempt in range(SOLVED):
        now = clock.seconds()
        solution = solve(request, viewer, now=now, binding=True)
        consents = agreements(solution, buyer=buyer, now=now)
        try:
            return _book(solution=solution, consents=consents, buyer=buyer, viewer=viewer, now=now)
        except holds.TimeTaken:
            if attempt == SOLVED - 1:
                raise
    raise AssertionError("unreachable")


@use_case
def _book(*, solution: Solution, consents: list[Agreement], buyer: int, viewer: Viewer, now: int) -> Quote:
    asked = [each.answer_by for each in consents if each.answer_by is not None]
    expires = max(asked) if asked else now + settings.NODE["QUOTE_HOLD_MINUTES"] * 60
    wishes = [
        holds.Wish(slot.resource, slot.start, slot.end, slot.units, slot.key)
        for slot in solution.slots
        if slot.resource is not None
    ]
    promise = promise_json(solution, viewer)
    plan = solution.stored_plan()
    row = Quote(
        buyer_id=buyer,
        seller_id=solution.seller,
        asked_by=viewer.ref,
        request=as_json(solution.request),
        promise=promise,
        plan=plan,
        state=after_answers("asked" if each.answer_by else "automatic" for each in consents),
        expires=expires,
        made_at=now,
    )
    row.hold = holds.hold(holder=buyer, work=row.ref, wishes=wishes, expires=expires, actor=viewer.ref)
    row.save()
    Consent.objects.bulk_create(
        [
            Consent(
                quote=row,
                owner_id=each.owner,
                state=Consent.State.ASKED if each.answer_by else Consent.State.AUTOMATIC,
                because=each.because,
                share=each.share.amount,
                currency=each.share.currency,
                hand_over=each.hand_over,
                answer_by=each.answer_by,
            )
            for each in consents
        ]
    )
    price = solution.price
    append(
        events.QUOTED,
        subject=row.ref,
        actor=viewer.ref,
        at=now,
        seller=str(row.seller.ref),
        net=str(price.net) if price else None,
        currency=price.currency if price else None,
        promised=clock.iso(solution.promised),
        expires=clock.iso(expires),
        asked=len(asked),
        plan_hash=hashlib.sha256(rfc8785.dumps(json.loads(json.dumps(plan)))).hexdigest(),
    )
    return row


@use_case
def release(*, ref: str, viewer: Viewer) -> Quote:
    """Give a quote back before its time.

    Raises Absent, Forbidden, or QuoteOver when there is nothing to give back.
    """
    viewer.required()
    row = Quote.objects.visible_to(viewer).filter(ref=parse_ref(ref, at="quote")).first()
    if row is None or row.buyer_id not in viewer.roles:
        raise Absent(at="quote")
    if not viewer.may_write_for(row.buyer_id):
        raise Forbidden()
    row = Quote.objects.select_for_update().get(id=row.id)
    if row.state not in {Quote.State.HELD, Quote.State.ASKED} or row.hold_id is None:
        raise QuoteOver(at="quote")
    holds.release(hold_id=row.hold_id, actor=viewer.ref, why="given back")
    row.state, row.hold = Quote.State.RELEASED, None
    row.save(update_fields=["state", "hold"])
    append(events.QUOTE_OVER, subject=row.ref, actor=viewer.ref, at=clock.seconds(), why="given back")
    return row
