"""What production tells trade in its own transaction: handed over, delivered, the forecast moved."""

from __future__ import annotations

import uuid
from typing import Any

from lianzao.base import clock
from lianzao.ledger.events import append
from lianzao.trade import events
from lianzao.trade.models import Order, SubOrder
from lianzao.web.transactions import use_case


@use_case
def handed_over(order: Order, *, supplier: int) -> None:
    SubOrder.objects.filter(order=order, supplier=supplier).update(state=SubOrder.State.HANDED_OVER)


@use_case
def delivered(order: Order, *, actor: uuid.UUID, now: int) -> None:
    """The receipt at the buyer's place: what *kept* is counted on."""
    order.state, order.delivered_at = Order.State.DELIVERED, now
    order.save(update_fields=["state", "delivered_at"])
    append(
        events.DELIVERED,
        subject=order.ref,
        actor=actor,
        at=now,
        promised=clock.iso(order.promised),
        kept=now <= order.promised,
    )


@use_case
def move_forecast(order: Order, *, forecast: int, cause: dict[str, Any], job: uuid.UUID | None, now: int) -> None:
    """Write the new forecast with its cause; a follower tells the buyer."""
    before = order.forecast
    order.forecast, order.cause = forecast, cause
    order.save(update_fields=["forecast", "cause"])
    append(
        events.FORECAST_MOVED,
        subject=order.ref,
        actor=None,
        at=now,
        before=clock.iso(before),
        forecast=clock.iso(forecast),
        promised=clock.iso(order.promised),
        cause=cause,
        job=str(job) if job else None,
    )
