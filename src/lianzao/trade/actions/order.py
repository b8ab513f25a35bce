"""Accepting a quote makes the order, its sub-orders and its jobs, at once or not at all; cancelling frees them."""

from __future__ import annotations

from decimal import Decimal

from lianzao.base import clock
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden
from lianzao.capacity import holds
from lianzao.ledger.events import append
from lianzao.trade import events
from lianzao.trade.decisions import CannotCancel, cancellation_fee, may_accept
from lianzao.trade.models import Order, Quote, SubOrder
from lianzao.trade.ports import ports
from lianzao.trade.solution import slots_of
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case


@use_case
def accept(*, ref: str, viewer: Viewer, buyer_number: str = "") -> Order:
    """Accept a quote: the buyer's binding order with its one seller.

    Raises Absent, Forbidden, AlreadyAccepted, QuoteNotAgreed, QuoteExpired, QuoteOver.
    """
    viewer.required()
    found = Quote.objects.visible_to(viewer).filter(ref=parse_ref(ref, at="quote")).first()
    if found is None:
        raise Absent(at="quote")
    if not viewer.may_write_for(found.buyer_id):
        raise Forbidden()
    quote = Quote.objects.select_for_update().get(id=found.id)
    now = clock.seconds()  # after the lock: waiting for it must not let an expired quote through
    number = Order.objects.filter(quote=quote).values_list("number", flat=True).first()
    may_accept(quote.state, expires=quote.expires, now=now, number=number)
    assert quote.hold_id is not None  # noqa: S101 - a held quote has its hold
    holds.take(hold_id=quote.hold_id, actor=viewer.ref)
    quote.state = Quote.State.ACCEPTED
    quote.save(update_fields=["state"])
    order = _order(quote, now, buyer_number)
    ports.job_orders.open_for(order, slots_of(quote.plan), now=now)
    append(
        events.ACCEPTED,
        subject=quote.ref,
        actor=viewer.ref,
        at=now,
        order=str(order.ref),
        seller=str(quote.seller.ref),
        net=str(order.net),
        currency=order.currency,
        promised=clock.iso(order.promised),
        sub_orders=order.sub_orders.count(),
    )
    return order


def _order(quote: Quote, now: int, buyer_number: str) -> Order:
    price, consents = quote.promise["price"], list(quote.consents.all())
    order = Order.objects.create(
        number=_number(quote, now),
        quote=quote,
        buyer_id=quote.buyer_id,
        seller_id=quote.seller_id,
        buyer_number=buyer_number,
        net=Decimal(price["net"]),
        currency=price["currency"],
        ready=clock.from_iso(quote.promise["ready"]),
        promised=clock.from_iso(quote.promise["promised"]),
        forecast=clock.from_iso(quote.promise["p90"]),
        accepted_at=now,
    )
    SubOrder.objects.bulk_create(
        SubOrder(order=order, supplier_id=row.owner_id, net=row.share, currency=row.currency, hand_over=row.hand_over)
        for row in consents
        if row.owner_id != quote.seller_id
    )
    return order


def _number(quote: Quote, now: int) -> str:
    """Year and month, and what makes it unique without counting a rival's orders."""
    return f"{clock.at(now):%y%m}-{quote.ref.hex[-8:].upper()}"


@use_case
def cancel(*, ref: str, viewer: Viewer) -> tuple[Order, Decimal]:
    """Cancel an order under the stated terms; the order and the fee.

    Raises Absent, Forbidden, CannotCancel.
    """
    viewer.required()
    found = Order.objects.visible_to(viewer).filter(ref=parse_ref(ref, at="order")).first()
    if found is None:
        raise Absent(at="order")
    if not viewer.may_write_for(found.buyer_id):
        raise Forbidden()
    order = Order.objects.select_for_update(of=("self",)).select_related("quote").get(id=found.id)
    now = clock.seconds()
    if order.state != Order.State.OPEN:
        raise CannotCancel(at="order")
    done = ports.job_orders.cancel_for(order, actor=viewer.ref, now=now)
    begins = min(slot.start for slot in slots_of(order.quote.plan))
    fee = cancellation_fee(order.net, accepted_at=order.accepted_at, begins=begins, done=Decimal(str(done)), now=now)
    if order.quote.hold_id is not None:
        holds.release(hold_id=order.quote.hold_id, actor=viewer.ref, why="cancelled")
    order.state = Order.State.CANCELLED
    order.save(update_fields=["state"])
    order.sub_orders.filter(state=SubOrder.State.OPEN).update(state=SubOrder.State.CANCELLED)
    append(events.CANCELLED, subject=order.ref, actor=viewer.ref, at=now, fee=str(fee), currency=order.currency)
    return order, fee
