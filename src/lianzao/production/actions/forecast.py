"""The forecast of an order after a report, or after a report that should have come."""

from __future__ import annotations

from graphlib import TopologicalSorter

from lianzao.base import clock
from lianzao.capacity.availability import DAY, open_time, work_calendars
from lianzao.engines.observe.forecast import Forecast, Job
from lianzao.engines.observe.forecast import forecast as foresee
from lianzao.production.models import JobOrder
from lianzao.trade.deliveries import move_forecast
from lianzao.trade.models import Order
from lianzao.web.transactions import use_case

WORTH_TELLING = 4 * 3600  # a smaller move that crosses no promise is noise to a buyer


def forecast(*, order_id: int) -> Forecast | None:
    """Foresee the order's arrival again; a move worth telling is written with its cause."""
    order = Order.objects.filter(id=order_id, state=Order.State.OPEN).select_related("quote").first()
    if order is None:
        return None
    now = clock.seconds()
    rows = list(JobOrder.objects.filter(order=order).select_related("resource__work_centre").order_by("starts", "id"))
    seen = foresee(_in_order(rows, now), now=now)
    planned = max(row.ends for row in rows)
    margin = max(0, clock.from_iso(order.quote.promise["p90"]) - planned)
    total = sum(row.ends - row.starts for row in rows) or 1
    left = sum(row.ends - row.starts for row in rows if row.finished_at is None)
    arrival = seen.arrival + margin * left // total
    if _worth_telling(order, arrival):
        job = next((row for row in rows if row.key == seen.cause), None)
        _write(order_id=order.id, arrival=arrival, seen=seen, job=job, now=now)
    return seen


def _worth_telling(order: Order, arrival: int) -> bool:
    crosses = (arrival > order.promised) != (order.forecast > order.promised)
    return crosses or abs(arrival - order.forecast) >= WORTH_TELLING


@use_case
def _write(*, order_id: int, arrival: int, seen: Forecast, job: JobOrder | None, now: int) -> None:
    order = Order.objects.select_for_update().get(id=order_id)
    if order.state != Order.State.OPEN or not _worth_telling(order, arrival):
        return  # delivered, cancelled or foreseen by another while this was computed
    cause = {"because": seen.because, "operation": job.name, "key": job.key} if job else {"because": "back-on-plan"}
    move_forecast(order, forecast=arrival, cause=cause, job=job.ref if job else None, now=now)


def _in_order(rows: list[JobOrder], now: int) -> list[Job]:
    calendars = work_calendars(
        {row.resource.work_centre_id: row.resource.work_centre.site_id for row in rows if row.resource}
    )
    first = min([now, *(row.starts for row in rows)])
    last = max([now, *(row.ends for row in rows)]) + 60 * DAY
    jobs = {}
    for row in rows:
        calendar = calendars.get(row.resource.work_centre_id) if row.resource else None
        jobs[row.key] = Job(
            key=row.key,
            starts=row.starts,
            ends=row.ends,
            after=row.after,
            open=open_time(calendar, first - first % DAY, last - last % DAY) if calendar else None,
            started=row.started_at,
            finished=row.finished_at,
            paused=row.state == JobOrder.State.PAUSED,
        )
    return [jobs[key] for key in _sorted({row.key: row.after for row in rows})]


def _sorted(after: dict[str, list[str]]) -> list[str]:
    return [key for key in TopologicalSorter(after).static_order() if key in after]
