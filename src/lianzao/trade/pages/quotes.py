"""The buyer's quotes: what is held for how long, who agrees, and the order it becomes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzao.base import clock
from lianzao.base.places import zone_of
from lianzao.base.refusals import Malformed, Refused
from lianzao.catalog import queries as catalog
from lianzao.catalog.models import Item
from lianzao.trade import actions, lookups, queries
from lianzao.trade.configuring import selected_names
from lianzao.trade.demand import family_of
from lianzao.trade.forms import AcceptForm
from lianzao.trade.models import Consent, Order, Quote
from lianzao.trade.presenting import price, shown
from lianzao.trade.wording import CONSENT_STATES, QUOTE_STATES, listed, said
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.web.forms import once, page

OPEN = frozenset({Quote.State.HELD.value, Quote.State.ASKED.value})


@require_safe
@signed_in_page
def quotes(request: AskedBy) -> HttpResponse:
    rows = queries.quotes(request.viewer)
    items = catalog.named({row.request["item"] for row in rows}, request.viewer)
    now = clock.seconds()
    listed_rows = [_row(row, items.get(row.request["item"]), now) for row in rows]
    return page(request, "trade/quotes.html", {"rows": listed_rows, "open": sum(row["open"] for row in listed_rows)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def quote(request: AskedBy, ref: str) -> HttpResponse:
    """One quote; a POST accepts it or gives it back."""
    row = lookups.quote(ref, request.viewer)
    if row.buyer_id not in request.viewer.roles and row.seller_id not in request.viewer.roles:
        return HttpResponseRedirect(reverse("questions"))
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_act(request, row))
        except Refused as refused:
            fresh = lookups.quote(ref, request.viewer)
            return page(request, "trade/quote.html", _context(request, fresh), refused=refused)
    return page(request, "trade/quote.html", _context(request, row))


def _act(request: AskedBy, row: Quote) -> str:
    """Do what the button says, once; the address to go to."""
    viewer, here = request.viewer, reverse("quote", args=[row.ref])
    if request.POST.get("act") == "release":
        once(request, viewer.ref, lambda: actions.release(ref=str(row.ref), viewer=viewer), lambda _: here)
        messages.success(request, gettext("The reservation is released. Nothing has been ordered."))
        return here
    form = AcceptForm(request.POST)
    if not form.is_valid():
        raise Malformed(at="buyer_number", accepted=gettext("a text of at most 60 characters"))
    number = form.cleaned_data["buyer_number"]
    done = once(
        request,
        viewer.ref,
        lambda: actions.accept(ref=str(row.ref), viewer=viewer, buyer_number=number),
        lambda order: order.number,
    )
    messages.success(request, gettext("Ordered. The order has the number {number}.").format(number=done))
    return here


def _context(request: AskedBy, row: Quote) -> dict[str, Any]:
    now, viewer = clock.seconds(), request.viewer
    item = catalog.named({row.request["item"]}, viewer).get(row.request["item"])
    promise = shown(row.promise, row.request, home=row.seller.country, now=row.made_at)
    agreed = [_consent(each, row) for each in lookups.consents(row, viewer)]
    state = _state(row, now)
    waiting = [each for each in agreed if each["asked"]]
    order: Order | None = getattr(row, "order", None)
    buys = row.buyer_id in viewer.roles
    return {
        "quote": row,
        "title": said(item.name, row.request["item"]) if item else row.request["item"],
        "options": _options(item, row),
        "quantity": row.request["quantity"],
        "promise": promise,
        "state": state,
        "joint": QUOTE_STATES[state][0].value,
        "state_word": gettext(QUOTE_STATES[state][1]),
        "is_open": state in OPEN,
        "may_accept": state == Quote.State.HELD and buys and viewer.may_write_for(row.buyer_id),
        "may_release": state in OPEN and buys and viewer.may_write_for(row.buyer_id),
        "buys": buys,
        "agreed": agreed,
        "waiting": waiting,
        "order": order,
        "form": AcceptForm(request.POST if request.method == "POST" else None),
        "again": _again(row),
    }


def _state(row: Quote, now: int) -> str:
    """As stored, but a hold whose time is over is over now, not when the timer comes."""
    return Quote.State.EXPIRED.value if row.state in OPEN and row.expires <= now else str(row.state)


def _row(row: Quote, item: Item | None, now: int) -> dict[str, Any]:
    state = _state(row, now)
    to = row.request.get("deliver_to")
    return {
        "quote": row,
        "title": said(item.name, row.request["item"]) if item else row.request["item"],
        "options": _options(item, row),
        "place": to["place"] if to else "",
        "zone": zone_of(to["country"] if to else row.seller.country),
        "promised": clock.from_iso(row.promise["promised"]),
        "price": price(row.promise["price"]) if "price" in row.promise else None,
        "joint": QUOTE_STATES[state][0].value,
        "word": gettext(QUOTE_STATES[state][1]),
        "open": state in OPEN,
    }


def _options(item: Item | None, row: Quote) -> str:
    family = item.family if item else None
    return listed(selected_names(family_of(family), row.request.get("options", {}))) if family else ""


def _consent(each: Consent, row: Quote) -> dict[str, Any]:
    """An owner is named where the promise names him; the seller always."""
    named = {work.get("owner") for work in row.promise["operations"]}
    joint, word = CONSENT_STATES[each.state]
    return {
        "name": each.owner.name if each.owner_id == row.seller_id or each.owner.name in named else "",
        "seller": each.owner_id == row.seller_id,
        "joint": joint.value,
        "word": gettext(word),
        "asked": each.state == Consent.State.ASKED,
        "unconfirmed": each.because == "calendar-unconfirmed",
        "until": each.answer_by,
        "at": each.answered_at,
        "zone": zone_of(each.owner.country),
    }


def _again(row: Quote) -> list[tuple[str, str]]:
    """The fields that ask the same of the catalogue."""
    asked = row.request
    to = asked.get("deliver_to") or {}
    options = [
        ("c", f"{code}:{choice if isinstance(choice, str) else ','.join(choice)}")
        for code, choice in asked.get("options", {}).items()
        if not isinstance(choice, bool)
    ]
    return [("quantity", str(asked["quantity"])), *((name, to[name]) for name in ("country", "place") if to), *options]
