"""Reads, through the doors."""

from __future__ import annotations

from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent
from lianzao.trade.models import Consent, Order, Quote
from lianzao.trust.viewer import Viewer


def quote(ref: str, viewer: Viewer) -> Quote:
    """Raises Absent for what is not there or not to be seen."""
    rows = Quote.objects.visible_to(viewer.required()).select_related("seller", "buyer", "hold")
    found = rows.filter(ref=parse_ref(ref, at="quote")).first()
    if found is None:
        raise Absent(at="quote")
    return found


def quotes(viewer: Viewer, limit: int = 50) -> list[Quote]:
    """The newest quotes of the viewer's firms as buyer."""
    rows = Quote.objects.visible_to(viewer.required()).filter(buyer__in=viewer.organisations)
    return list(rows.select_related("seller").order_by("-made_at", "-id")[:limit])


def order(ref: str, viewer: Viewer) -> Order:
    """Raises Absent for what is not there or not to be seen."""
    rows = Order.objects.visible_to(viewer.required()).select_related("buyer", "seller", "quote")
    found = rows.filter(ref=parse_ref(ref, at="order")).first()
    if found is None:
        raise Absent(at="order")
    return found


def orders(viewer: Viewer, limit: int = 100) -> list[Order]:
    """The newest orders of the viewer's firms, as buyer or seller."""
    rows = Order.objects.visible_to(viewer.required()).select_related("buyer", "seller", "quote")
    return list(rows.prefetch_related("sub_orders__supplier").order_by("-accepted_at", "-id")[:limit])


def questions(viewer: Viewer) -> list[Consent]:
    """What waits for the yes of the viewer's firms, the most urgent first."""
    rows = Consent.objects.visible_to(viewer.required()).filter(
        owner__in=viewer.organisations, state=Consent.State.ASKED, quote__state=Quote.State.ASKED
    )
    return list(rows.select_related("quote", "owner").order_by("answer_by"))
