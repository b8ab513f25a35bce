"""Who is told of what. Each notice says only what its reader may see: a buyer hears no sub-supplier's name."""

from __future__ import annotations

import uuid
from typing import Any

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.catalog.models import Item
from lianzao.ledger.events import Happened
from lianzao.ledger.following import follows
from lianzao.notices.actions import Told, tell
from lianzao.trade.models import Consent, Order, Quote

ASKED = _("You are asked: will you do your part of a request for {share}, handed over by {hand_over}?")
ASKED_UNTIL = _(
    "You are asked: will you do your part of a request for {share}, handed over by {hand_over}? "
    "Please answer by {until}; after that the time is free again."
)
ONE_AGREED = _("A factory has agreed to your quote for {quantity} × {item}; others have yet to answer.")
AGREED = _("All factories have agreed to your quote for {quantity} × {item}. The time is held for you until {until}.")
OVER = {
    "declined": _("A factory cannot do its part of your quote for {quantity} × {item}. Nothing is held any more."),
    "silence": _("A factory did not answer in time about {quantity} × {item}. Nothing is held any more."),
    "expired": _("Your quote for {quantity} × {item} has expired. Nothing is held any more."),
}
ORDERED = _("New order {number}: {quantity} × {item} for {net}, promised for {promised}.")
SUB_ORDERED = _("New order {number} from {seller}: your part for {net}, handed over by {hand_over}.")
MOVED_LATE = _("Order {number} will arrive late: on {forecast}, promised for {promised}. {cause}")
MOVED_KEPT = _("Order {number} is now expected on {forecast}; the promise for {promised} still holds. {cause}")
DELIVERED_KEPT = _("Order {number} was delivered on time, promised for {promised}.")
DELIVERED_LATE = _("Order {number} was delivered late, promised for {promised}.")
CANCELLED = _("Order {number} was cancelled by the buyer. The time is free again.")


@follows("trade.quote.made")
def ask_owners(event: Happened) -> None:
    """Whoever did not agree in advance is asked, each for its own share."""
    waiting = Consent.objects.filter(quote__ref=event.subject, state=Consent.State.ASKED)
    for row in waiting.select_related("owner").order_by("id"):
        facts = {
            "share": _money(str(row.share), row.currency),
            "hand_over": _day(row.hand_over, row.owner.country),
            **({"until": _moment(row.answer_by, row.owner.country)} if row.answer_by else {}),
        }
        about = f"question {row.ref}"
        tell(
            organisations=[row.owner_id], event=event, told=Told(ASKED_UNTIL if row.answer_by else ASKED, about, facts)
        )


@follows("trade.consent.answered")
def tell_buyer_of_an_answer(event: Happened) -> None:
    """The last yes and every no are told by what follows from them."""
    quote = _quote(event.subject)
    if quote is not None and event.facts["answer"] == "yes" and quote.state == Quote.State.ASKED:
        tell(organisations=[quote.buyer_id], event=event, told=_about_quote(ONE_AGREED, quote))


@follows("trade.quote.agreed")
def tell_buyer_that_all_agreed(event: Happened) -> None:
    quote = _quote(event.subject)
    if quote is not None:
        until = _moment(clock.from_iso(event.facts["expires"]), quote.buyer.country)
        tell(organisations=[quote.buyer_id], event=event, told=_about_quote(AGREED, quote, until=until))


@follows("trade.quote.over")
def tell_buyer_that_a_quote_is_over(event: Happened) -> None:
    """Giving it back was the buyer's own act: that is not news to him."""
    quote, text = _quote(event.subject), OVER.get(event.facts["why"])
    if quote is not None and text:
        tell(organisations=[quote.buyer_id], event=event, told=_about_quote(text, quote))


@follows("trade.quote.accepted")
def tell_makers_of_an_order(event: Happened) -> None:
    order = _order(uuid.UUID(event.facts["order"]))
    if order is None:
        return
    facts = {
        "quantity": order.quote.request["quantity"],
        "item": _item(order.quote),
        "net": _money(str(order.net), order.currency),
    }
    tell(organisations=[order.seller_id], event=event, told=_about_order(ORDERED, order, **facts))
    for part in order.sub_orders.select_related("supplier").order_by("id"):
        own = {
            "number": order.number,
            "seller": order.seller.name,
            "net": _money(str(part.net), part.currency),
            "hand_over": _day(part.hand_over, part.supplier.country),
        }
        tell(organisations=[part.supplier_id], event=event, told=Told(SUB_ORDERED, f"order {part.ref}", own))


@follows("trade.order.forecast-moved")
def tell_of_a_moved_forecast(event: Happened) -> None:
    """The buyer hears the cause and the new date while the old one is still to come."""
    order = _order(event.subject)
    if order is None:
        return
    forecast = clock.from_iso(event.facts["forecast"])
    late = forecast > clock.from_iso(event.facts["promised"])
    told = _about_order(
        MOVED_LATE if late else MOVED_KEPT,
        order,
        forecast=_day(forecast, _destination(order.quote)),
        cause={"cause": event.facts["cause"]},
    )
    tell(organisations={order.buyer_id, order.seller_id}, event=event, told=told)


@follows("trade.order.delivered")
def tell_of_a_delivery(event: Happened) -> None:
    order = _order(event.subject)
    if order is not None:
        text = DELIVERED_KEPT if event.facts["kept"] else DELIVERED_LATE
        tell(organisations={order.buyer_id, order.seller_id}, event=event, told=_about_order(text, order))


@follows("trade.order.cancelled")
def tell_makers_of_a_cancellation(event: Happened) -> None:
    order = _order(event.subject)
    if order is None:
        return
    facts = {"number": order.number}
    tell(organisations=[order.seller_id], event=event, told=Told(CANCELLED, f"order {order.ref}", facts))
    for part in order.sub_orders.order_by("id"):
        tell(organisations=[part.supplier_id], event=event, told=Told(CANCELLED, f"order {part.ref}", facts))


def _quote(ref: uuid.UUID) -> Quote | None:
    return Quote.objects.filter(ref=ref).select_related("buyer").first()


def _order(ref: uuid.UUID) -> Order | None:
    return Order.objects.filter(ref=ref).select_related("buyer", "seller", "quote").first()


def _about_quote(text: str, quote: Quote, **facts: Any) -> Told:
    request = quote.request
    return Told(text, f"quote {quote.ref}", {"quantity": request["quantity"], "item": _item(quote), **facts})


def _about_order(text: str, order: Order, **facts: Any) -> Told:
    promised = _day(order.promised, _destination(order.quote))
    return Told(text, f"order {order.ref}", {"number": order.number, "promised": promised, **facts})


def _item(quote: Quote) -> dict[str, Any]:
    """The item's name in all its languages, or its code where it is no longer there."""
    code, site = quote.request["item"], quote.request.get("site")
    rows = Item.objects.filter(code=code)
    rows = rows.filter(site__name=site, site__organisation=quote.seller_id) if site else rows.filter(site=None)
    name = rows.order_by("id").values_list("name", flat=True).first()
    return {"text": name or {"en": code}}


def _destination(quote: Quote) -> str:
    """The country on whose clocks an arrival counts."""
    to = quote.request.get("deliver_to")
    return str(to["country"]) if to else quote.buyer.country


def _day(at: int, country: str) -> dict[str, Any]:
    return {"day": at, "country": country}


def _moment(at: int, country: str) -> dict[str, Any]:
    return {"moment": at, "country": country}


def _money(amount: str, currency: str) -> dict[str, Any]:
    return {"amount": amount, "currency": currency}
