"""An owner's reply when it was asked: can do, cannot, or can do at another price or date."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden, Refused
from lianzao.capacity import holds
from lianzao.ledger.events import append
from lianzao.trade import events
from lianzao.trade.decisions import AlreadyAnswered, QuoteExpired, QuoteOver, after_answers
from lianzao.trade.models import Consent, Quote
from lianzao.trade.revising import rates_of, rebook, with_date, with_price
from lianzao.trade.solution import Solution
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

SOLVED = 3  # how often a lost race is solved again before it is refused


@dataclass(frozen=True, slots=True)
class Reply:
    """`price` is the owner's new net price in its currency; `date` the day (seconds UTC) on which it hands over."""

    can: bool
    price: Decimal | None = None
    date: int | None = None


class WrongReply(Refused):
    code = "wrong-reply"


def answer(*, ref: str, reply: Reply, viewer: Viewer) -> Quote:
    """Record the owner's reply; with the last yes the buyer's clock starts.

    `ref` is that of the quote or of the question. A later hand-over is planned through to the buyer before it is
    written. Raises Absent, Forbidden, AlreadyAnswered, QuoteOver, QuoteExpired, TimeTaken after three lost races,
    WrongReply for a price or date that cannot be.
    """
    for attempt in range(SOLVED):
        found, now = _asked(ref, viewer), clock.seconds()
        _check(reply, found, now)
        later = None
        if reply.can and reply.date is not None and reply.date > found.hand_over:
            later = with_date(found.quote, found, reply.date, now=now)
        try:
            return _record(consent=found, reply=reply, later=later, viewer=viewer)
        except holds.TimeTaken:
            if attempt == SOLVED - 1:
                raise
    raise AssertionError("unreachable")


def _asked(ref: str, viewer: Viewer) -> Consent:
    """The question to the viewer's firm, by its own reference or the quote's.

    Raises Absent, Forbidden.
    """
    viewer.required()
    key = parse_ref(ref)
    mine = Consent.objects.visible_to(viewer).filter(owner__in=viewer.organisations).select_related("quote", "owner")
    found = mine.filter(ref=key).first() or mine.filter(quote__ref=key).first()
    if found is None:
        raise Absent(at="ref")
    if not viewer.may_write_for(found.owner_id):
        raise Forbidden()
    return found


@use_case
def _record(*, consent: Consent, reply: Reply, later: Solution | None, viewer: Viewer) -> Quote:
    planned_from = consent.quote.plan
    quote = Quote.objects.select_for_update().get(id=consent.quote_id)
    consent = Consent.objects.select_for_update().get(id=consent.id)
    now = clock.seconds()
    if consent.state != Consent.State.ASKED:
        raise AlreadyAnswered(at="ref")
    if quote.state != Quote.State.ASKED:  # given back, or declined by another owner
        raise QuoteOver(at="ref")
    if consent.answer_by is not None and now >= consent.answer_by:
        raise QuoteExpired(at="ref")
    if reply.can and reply.price is not None and "price" in quote.promise:
        quote.promise = with_price(quote, consent, reply.price, rates_of(quote))
        consent.share = reply.price
    if later is not None:
        if quote.plan != planned_from:  # another owner's date came in between
            raise holds.TimeTaken()
        rebook(quote, consent, later, actor=viewer.ref)
    consent.state = Consent.State.YES if reply.can else Consent.State.NO
    consent.answered_at = now
    consent.save()
    append(
        events.ANSWERED,
        subject=quote.ref,
        actor=viewer.ref,
        at=now,
        owner=str(consent.owner.ref),
        answer=str(consent.state),
        price=str(reply.price) if reply.price is not None else None,
        date=clock.iso(reply.date) if reply.date is not None else None,
    )
    _settle(quote, viewer, now)
    return quote


def _check(reply: Reply, consent: Consent, now: int) -> None:
    if reply.price is not None and not (reply.price.is_finite() and 0 <= reply.price <= consent.share * 100):
        raise WrongReply(
            _("This price cannot be."),
            at="price",
            accepted=_("your net price in {currency}; now {share}"),
            currency=consent.currency,
            share=str(consent.share),
        )
    if reply.date is not None and not now < reply.date < now + settings.NODE["PLAN_HORIZON_DAYS"] * 86_400:
        raise WrongReply(_("This date cannot be."), at="date", accepted=_("a day in the planning horizon"))


def _settle(quote: Quote, viewer: Viewer, now: int) -> None:
    """Bring the quote to where its answers leave it: refused and released, still asked, or held with a fresh clock."""
    quote.state = after_answers(quote.consents.values_list("state", flat=True))
    if quote.state == Quote.State.REFUSED and quote.hold_id is not None:
        holds.release(hold_id=quote.hold_id, actor=viewer.ref, why="declined")
        quote.hold = None
        append(events.QUOTE_OVER, subject=quote.ref, actor=viewer.ref, at=now, why="declined")
    if quote.state == Quote.State.HELD and quote.hold_id is not None:
        quote.expires = now + settings.NODE["QUOTE_HOLD_MINUTES"] * 60
        holds.extend(hold_id=quote.hold_id, expires=quote.expires)
        append(events.QUOTE_READY, subject=quote.ref, actor=viewer.ref, at=now, expires=clock.iso(quote.expires))
    quote.save()
