"""Orders with their jobs as JSON; what the viewer may not see is absent."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from lianzao.base import clock
from lianzao.base.refs import parse_ref
from lianzao.production.models import JobOrder
from lianzao.trade import queries
from lianzao.trade.answers import order_json
from lianzao.trade.models import Order, SubOrder
from lianzao.trust.levels import Level
from lianzao.trust.queries import levels
from lianzao.trust.viewer import Viewer

DAY = 86_400


def orders_json(viewer: Viewer) -> list[dict[str, Any]]:
    """The viewer's orders as buyer and seller, then its sub-orders, each with the jobs it may see."""
    rows = queries.orders(viewer)
    jobs = _jobs(viewer, rows)
    own = [{**order_json(row, viewer), "jobs": jobs[row.id]} for row in rows]
    return own + _sub_orders(viewer, {row.id for row in rows})


def order_with_jobs(order: Order, viewer: Viewer) -> dict[str, Any]:
    return {**order_json(order, viewer), "jobs": _jobs(viewer, [order])[order.id]}


def one_order(ref: str, viewer: Viewer) -> dict[str, Any]:
    """Raises Absent."""
    parse_ref(ref, at="order")
    return order_with_jobs(queries.order(ref, viewer), viewer)


def _sub_orders(viewer: Viewer, besides: set[int]) -> list[dict[str, Any]]:
    rows = list(
        SubOrder.objects.visible_to(viewer)
        .filter(supplier__in=viewer.organisations)
        .exclude(order__in=besides)
        .select_related("order__seller", "order__quote")
        .order_by("-id")[:100]
    )
    jobs = _jobs(viewer, [row.order for row in rows])
    return [
        {
            "order": str(row.ref),
            "number": row.order.number,
            "kind": "sub-order",
            "seller": row.order.seller.name,
            "state": row.state,
            "item": row.order.quote.request["item"],
            "quantity": row.order.quote.request["quantity"],
            "net": str(row.net),
            "currency": row.currency,
            "promised": clock.iso(row.hand_over),
            "jobs": jobs[row.order_id],
        }
        for row in rows
    ]


def _jobs(viewer: Viewer, orders: list[Order]) -> dict[int, list[dict[str, Any]]]:
    """The jobs of `orders` that the viewer may see, in plan order; another firm's at the level it grants him."""
    rows = JobOrder.objects.visible_to(viewer).filter(order__in=orders).select_related("resource", "site")
    jobs = list(rows.order_by("starts", "id"))
    granted = levels(viewer, {row.owner_id for row in jobs})
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in jobs:
        told = job_json(row)
        found[row.order_id].append(told if granted[row.owner_id] == Level.FULL_CALENDAR else _by_days(row, told))
    return found


def _by_days(row: JobOrder, told: dict[str, Any]) -> dict[str, Any]:
    """Without the machine, in whole days."""
    days = {"starts": clock.iso(row.starts - row.starts % DAY), "ends": clock.iso(row.ends + -row.ends % DAY)}
    return {**{name: value for name, value in told.items() if name != "resource"}, **days}


def job_json(row: JobOrder) -> dict[str, Any]:
    """A job as its own firm sees it."""
    answer: dict[str, Any] = {
        "ref": str(row.ref),
        "operation": row.key,
        "name": row.name,
        "kind": row.kind,
        "state": row.state,
        "pieces": row.pieces,
        "good": row.good,
        "scrap": row.scrap,
        "starts": clock.iso(row.starts),
        "ends": clock.iso(row.ends),
    }
    if row.resource:
        answer["resource"] = row.resource.name
    if row.site:
        answer["site"] = row.site.name
    if row.started_at:
        answer["started_at"] = clock.iso(row.started_at)
    if row.finished_at:
        answer["finished_at"] = clock.iso(row.finished_at)
    return answer
