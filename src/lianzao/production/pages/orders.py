"""Orders: the list, and one order's timeline with its four dates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.money import Money
from lianzao.base.places import zone_of
from lianzao.base.refusals import Absent, Forbidden, Refused
from lianzao.catalog.queries import named
from lianzao.production import actions, queries
from lianzao.production.presenting import order_row, order_state, order_zone, part_row, task_row
from lianzao.production.queries import Task
from lianzao.production.timelines import timeline
from lianzao.production.wording import ORDER_STATES, cause_in_words
from lianzao.trade import actions as trade
from lianzao.trade import queries as trade_queries
from lianzao.trade.wording import said
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.trust.viewer import Viewer
from lianzao.web.forms import once, page

ON_A_PAGE = 25
CANCELLED = _("The order is cancelled. The fee is {fee}.")


@require_http_methods(["GET"])
@signed_in_page
def orders(request: AskedBy) -> HttpResponse:
    """The viewer's orders as buyer, seller and maker of a part; what is late first, then what arrives next."""
    viewer, now = request.viewer, clock.seconds()
    own, parts = queries.orders(viewer), queries.sub_orders(viewer)
    codes = {row.quote.request["item"] for row in own} | {row.order.quote.request["item"] for row in parts}
    items = {code: said(item.name, code) for code, item in named(codes, viewer).items()}
    rows = [order_row(row, _item(items, row.quote.request), viewer.roles, now=now) for row in own]
    rows += [part_row(row, _item(items, row.order.quote.request), now=now) for row in parts]
    late, still_open = sum(row.late for row in rows), sum(row.is_open for row in rows)
    rows.sort(key=lambda row: (not row.late, not row.is_open, row.arrives if row.is_open else -row.arrives))
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"orders_page": shown, "rows": shown.object_list, "late": late, "open": still_open}
    return page(request, "production/orders.html", context)


@require_http_methods(["GET"])
@signed_in_page
def order(request: AskedBy, ref: str) -> HttpResponse:
    return _shown(request, ref)


@require_http_methods(["GET", "POST"])
@signed_in_page
def cancel(request: AskedBy, ref: str) -> HttpResponse:
    """Cancel under the stated terms: first what it costs, then the act."""
    viewer = request.viewer
    if request.method == "GET":
        return _fee(request, ref)
    try:
        fee = once(
            request,
            viewer.ref,
            lambda: trade.cancel(ref=ref, viewer=viewer),
            lambda done: f"{done[1]} {done[0].currency}",
        )
    except Refused as refused:
        return _shown(request, ref, refused=refused)
    messages.success(request, gettext(CANCELLED).format(fee=fee))
    return redirect("order", ref=ref)


@require_POST
@signed_in_page
def replan(request: AskedBy, ref: str) -> HttpResponse:
    """Plan what has not begun again, on today's calendars."""
    viewer = request.viewer
    try:
        once(request, viewer.ref, lambda: actions.replan(ref=ref, viewer=viewer), lambda row: clock.iso(row.forecast))
    except Refused as refused:
        return _shown(request, ref, refused=refused)
    messages.success(request, gettext("The rest of the order is planned again."))
    return redirect("order", ref=ref)


def _shown(request: AskedBy, ref: str, *, refused: Refused | None = None) -> HttpResponse:
    viewer, now = request.viewer, clock.seconds()
    try:
        found = trade_queries.order(ref, viewer)
    except Absent:
        return _part(request, ref, now=now)
    zone, sells = order_zone(found), found.seller_id in viewer.roles
    request_ = found.quote.request
    joint, word = order_state(found, now=now)
    is_open = found.state == "open"
    may_cancel = is_open and viewer.may_write_for(found.buyer_id)
    jobs = queries.jobs_of(found, viewer)
    wanted = request_.get("wanted")
    context: dict[str, Any] = {
        "order": found,
        "zone": zone,
        "home": zone_of(found.seller.country),
        "joint": joint,
        "word": word,
        "item": _item_name(viewer, request_),
        "quantity": request_["quantity"],
        "place": (request_.get("deliver_to") or {}).get("place") or found.buyer.place,
        "net": Money(found.net, found.currency),
        "cause": cause_in_words(found.cause) if is_open else "",
        "late": is_open and found.forecast > found.promised,
        "is_open": is_open,
        "wanted": clock.from_iso(wanted) if isinstance(wanted, str) else wanted,
        "price": found.quote.promise.get("price", {}),
        "sells": sells,
        "buys": found.buyer_id in viewer.roles,
        "parts": _parts(queries.parts_of(found, viewer)) if sells else [],
        "may_cancel": may_cancel,
        "may_replan": is_open and viewer.may_write_for(found.seller_id),
        "to_receive": [job for job in jobs if job.kind == "ship" and job.goes_to_id is None and job.state == "running"],
        "jobs": [task_row(Task(job, (), mine=True), now=now) for job in jobs if sells and job.finished_at is None],
        "shipped": next((job.started_at for job in jobs if job.kind == "ship" and job.goes_to_id is None), None),
    }
    with timezone.override(zone):
        context["timeline"] = timeline(found, jobs, queries.told_of(found), zone=zone)
        return page(request, "production/order.html", context, refused=refused)


def _fee(request: AskedBy, ref: str) -> HttpResponse:
    """Raises Absent, Forbidden."""
    found = trade_queries.order(ref, request.viewer)
    if not request.viewer.may_write_for(found.buyer_id):
        raise Forbidden()
    context = {
        "order": found,
        "is_open": found.state == "open",
        "net": Money(found.net, found.currency),
        "fee": Money(queries.fee_now(found), found.currency),
    }
    return page(request, "production/cancel.html", context)


def _part(request: AskedBy, ref: str, *, now: int) -> HttpResponse:
    """One's own part in another firm's order.

    Raises Absent.
    """
    viewer = request.viewer
    part = queries.sub_order(ref, viewer)
    if part is None:
        raise Absent(at="order")
    zone = zone_of(part.supplier.country)
    jobs = queries.jobs_of(part.order, viewer)
    row = part_row(part, _item_name(viewer, part.order.quote.request), now=now)
    with timezone.override(zone):
        context = {
            "part": part,
            "row": row,
            "zone": zone,
            "net": row.net,
            "jobs": [task_row(Task(job, (), mine=True), now=now) for job in jobs],
        }
        return page(request, "production/order_part.html", context)


def _parts(rows: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "joint": ORDER_STATES[row.state][0],
            "word": gettext(ORDER_STATES[row.state][1]),
            "net": Money(row.net, row.currency),
            "zone": zone_of(row.supplier.country),
        }
        for row in rows
    ]


def _item(items: dict[str, str], request: dict[str, Any]) -> str:
    return items.get(request["item"], str(request["item"]))


def _item_name(viewer: Viewer, request: dict[str, Any]) -> str:
    items = named([request["item"]], viewer)
    found = items.get(request["item"])
    return said(found.name, found.code) if found else str(request["item"])
