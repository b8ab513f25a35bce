"""Answers as JSON: what each viewer may see of a promise, a quote, an order. What he may not see is absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from lianzao.base import clock
from lianzao.network.models import Resource, Site
from lianzao.trade.disclosure import grain
from lianzao.trade.models import Consent, Order, Quote
from lianzao.trade.solution import Price, Reason, Slot, Solution, slots_of
from lianzao.trust.levels import Level
from lianzao.trust.models import Organisation
from lianzao.trust.queries import levels
from lianzao.trust.viewer import Viewer


class Names:
    """The names behind the ids of a plan, and the level each owner grants the viewer; four queries in all."""

    def __init__(self, viewer: Viewer, parts: Iterable[Slot | Reason]) -> None:
        rows = list(parts)
        self.own = frozenset(viewer.roles)
        sites = Site.objects.filter(id__in={row.site for row in rows if row.site is not None})
        self.sites = {site.id: site for site in sites.only("id", "name", "zone", "organisation_id")}
        owners = {row.owner for row in rows if row.owner is not None}
        self.levels = levels(viewer, owners | {site.organisation_id for site in self.sites.values()})
        self.owners = dict(Organisation.objects.filter(id__in=owners).values_list("id", "name"))
        resources = {row.resource for row in rows if row.resource is not None}
        self.resources = dict(Resource.objects.filter(id__in=resources).values_list("id", "name"))

    def slot(self, row: Slot) -> dict[str, Any]:
        """What the viewer may see of who does it where and when; the booking itself is its owner's alone."""
        if self._hidden(row.owner):
            return {}
        level = Level.FULL_CALENDAR if row.owner is None else self.levels[row.owner]
        start, end = row.start, row.end if row.owner in self.own else row.answered
        if row.resource is not None and row.site is not None:
            start = grain(level, self.sites[row.site].zone).begins(start)
        return {**self._who(row, level), "start": clock.iso(start), "end": clock.iso(end)}

    def reason(self, row: Reason) -> dict[str, Any]:
        """A step of the chain as the planner tells it, from rounded answers; all of a hidden owner is its work."""
        if self._hidden(row.owner):
            return {"because": "work", **_operation(row.operation)}
        level = Level.FULL_CALENDAR if row.owner is None else self.levels[row.owner]
        times = {"from": clock.iso(row.start), "to": clock.iso(row.end)}
        return {"because": row.because, **_operation(row.operation), **self._who(row, level), **times}

    def _hidden(self, owner: int | None) -> bool:
        return owner is not None and self.levels[owner] <= Level.ANSWERS_ONLY

    def _who(self, row: Slot | Reason, level: Level) -> dict[str, str]:
        seen = {} if row.owner is None else {"owner": self.owners[row.owner]}
        if row.site is not None and not self._hidden(self.sites[row.site].organisation_id):
            seen["site"] = self.sites[row.site].name
        if level == Level.FULL_CALENDAR and row.resource is not None:
            seen["resource"] = self.resources[row.resource]
        return seen


def promise_json(solution: Solution, viewer: Viewer, *, took_ms: float | None = None) -> dict[str, Any]:
    """The answer to an inquiry (docs/api: promise)."""
    names = Names(viewer, [*solution.slots, *solution.reasons])
    answer: dict[str, Any] = {
        "kind": "inquiry",
        "ready": clock.iso(solution.ready),
        "promised": clock.iso(solution.promised),
        "p50": clock.iso(solution.p50),
        "p90": clock.iso(solution.p90),
        "assumed": list(solution.assumed),
        "reason": [row for row, _same in groupby(names.reason(row) for row in solution.reasons)],
        "operations": [
            {"operation": slot.key, "kind": slot.kind, "name": dict(slot.name), **names.slot(slot)}
            for slot in solution.slots
        ],
    }
    if solution.price is not None:
        answer["price"] = price_json(solution.price)
    if took_ms is not None:
        answer["took_ms"] = round(took_ms, 1)
    return answer


def price_json(price: Price) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "lines": [{"kind": line.kind, "amount": str(line.amount)} for line in price.lines],
        "net": str(price.net),
        "tax": str(price.tax),
        "currency": price.currency,
        "incoterm": price.incoterm,
        "place": price.place,
        "payment": price.payment,
        "valid_until": clock.iso(price.valid_until),
    }
    if price.rates:
        answer["rate"] = [dict(rate) for rate in price.rates]
    return answer


def quote_json(quote: Quote, viewer: Viewer) -> dict[str, Any]:
    """A quote as its buyer or seller sees it; an owner who was asked sees its own question and share only."""
    consents = list(quote.consents.select_related("owner").order_by("id"))
    if quote.buyer_id not in viewer.roles and quote.seller_id not in viewer.roles:
        return {
            "kind": "question",
            "ref": str(quote.ref),
            "state": quote.state,
            "questions": [question_json(row) for row in consents if row.owner_id in viewer.roles],
        }
    named = levels(viewer, [row.owner_id for row in consents])
    seller, price = quote.seller, quote.promise.get("price")
    return {
        **promise_for(quote, viewer),
        **({"price": {**price, "valid_until": clock.iso(quote.expires)}} if price else {}),
        "kind": "quote",
        "ref": str(quote.ref),
        "state": quote.state,
        "request": quote.request,
        "expires_at": clock.iso(quote.expires),
        "seller": {"name": seller.name, "address": seller.address, "tax_id": seller.tax_id},
        "agreed": [
            {
                **({"owner": row.owner.name} if _named(row, quote, named) else {}),
                "state": row.state,
                **({"because": row.because} if row.because and row.owner_id in viewer.roles else {}),
                **({"calendar_unconfirmed": True} if row.because == "calendar-unconfirmed" else {}),
                **({"until": clock.iso(row.answer_by)} if row.answer_by else {}),
                **({"answered_at": clock.iso(row.answered_at)} if row.answered_at else {}),
            }
            for row in consents
        ],
    }


def promise_for(quote: Quote, viewer: Viewer) -> dict[str, Any]:
    """The stored promise; for the seller with what the others show to him, not what they showed the buyer."""
    if quote.buyer_id in viewer.roles:
        return dict(quote.promise)
    slots = slots_of(quote.plan)
    names = Names(viewer, slots)
    operations = [
        {"operation": slot.key, "kind": slot.kind, "name": dict(slot.name), **names.slot(slot)} for slot in slots
    ]
    return {**quote.promise, "operations": operations, "reason": []}


def _named(row: Consent, quote: Quote, named: Mapping[int, Level]) -> bool:
    return row.owner_id == quote.seller_id or named[row.owner_id] > Level.ANSWERS_ONLY


def question_json(row: Consent) -> dict[str, Any]:
    """What an owner is asked: its share, by when it hands over, and until when it may answer."""
    return {
        "ref": str(row.ref),
        "state": row.state,
        "because": row.because,
        "share": str(row.share),
        "currency": row.currency,
        "hand_over": clock.iso(row.hand_over),
        **({"answer_by": clock.iso(row.answer_by)} if row.answer_by else {}),
    }


def order_json(order: Order, viewer: Viewer) -> dict[str, Any]:
    """An order as buyer or seller see it; the jobs beside it are production's."""
    answer: dict[str, Any] = {
        "order": str(order.ref),
        "number": order.number,
        "quote": str(order.quote.ref),
        "buyer": order.buyer.name,
        "seller": order.seller.name,
        "state": order.state,
        "item": order.quote.request["item"],
        "quantity": order.quote.request["quantity"],
        "net": str(order.net),
        "currency": order.currency,
        "ready": clock.iso(order.ready),
        "promised": clock.iso(order.promised),
        "forecast": clock.iso(order.forecast),
        "accepted_at": clock.iso(order.accepted_at),
    }
    if order.buyer_number:
        answer["buyer_number"] = order.buyer_number
    if order.cause:
        answer["cause"] = order.cause
    if order.delivered_at:
        answer |= {"delivered_at": clock.iso(order.delivered_at), "kept": order.delivered_at <= order.promised}
    if order.seller_id in viewer.roles:
        answer["sub_orders"] = [
            {
                "ref": str(row.ref),
                "supplier": row.supplier.name,
                "state": row.state,
                "net": str(row.net),
                "currency": row.currency,
                "hand_over": clock.iso(row.hand_over),
            }
            for row in order.sub_orders.all()
        ]
    return answer


def accepted_json(order: Order) -> dict[str, Any]:
    seller = order.seller
    return {
        "order": str(order.ref),
        "number": order.number,
        "seller": {"name": seller.name, "address": seller.address, "tax_id": seller.tax_id},
        "state": order.state,
        "promised": clock.iso(order.promised),
    }


def cancelled_json(order: Order, fee: Decimal) -> dict[str, Any]:
    return {"order": str(order.ref), "state": order.state, "fee": str(fee), "currency": order.currency}


def _operation(key: str) -> dict[str, str]:
    return {"operation": key} if key else {}
