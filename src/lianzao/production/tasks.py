"""What production does a moment later: a report, or its absence, moves the forecast."""

from __future__ import annotations

import uuid

from lianzao.base import clock
from lianzao.ledger.events import Happened
from lianzao.ledger.following import every, follows
from lianzao.production.actions.forecast import forecast
from lianzao.production.models import JobOrder
from lianzao.trade.models import Order


@follows("production.job.reported")
def forecast_after_report(event: Happened) -> None:
    order = Order.objects.filter(ref=uuid.UUID(event.facts["order"])).values_list("id", flat=True).first()
    if order is not None:
        forecast(order_id=order)


@every(60)
def forecast_where_a_report_is_due() -> None:
    """Silence is news too: work that should have ended and did not moves the forecast."""
    waiting = (JobOrder.State.WAITING, JobOrder.State.RUNNING, JobOrder.State.PAUSED)
    due = JobOrder.objects.filter(state__in=waiting, ends__lt=clock.seconds(), order__state=Order.State.OPEN)
    for order in due.values_list("order_id", flat=True).distinct():
        forecast(order_id=order)
