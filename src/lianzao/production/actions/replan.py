"""Planning the seller's rest of an order again on today's calendars; what other firms agreed to stays where it is."""

from __future__ import annotations

from collections.abc import Sequence

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Conflict, Forbidden, Refused
from lianzao.capacity import holds
from lianzao.capacity.models import Booking
from lianzao.engines import plan
from lianzao.ledger.events import append
from lianzao.network.models import Resource
from lianzao.production import events
from lianzao.production.models import JobOrder
from lianzao.trade import queries
from lianzao.trade.deliveries import move_forecast
from lianzao.trade.models import Order
from lianzao.trade.planning import Again
from lianzao.trade.requests import as_request
from lianzao.trade.solution import Solution
from lianzao.trade.solving import solve
from lianzao.trust.queries import viewer_by_ref
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

TRIES = 3
OPEN = (JobOrder.State.WAITING, JobOrder.State.RUNNING, JobOrder.State.PAUSED)


class NothingToPlan(Refused):
    code = "nothing-to-plan"
    status = 409
    text = _("Nothing of this order is left to plan.")
    hint = _("an order with work that has not begun")


def replan(*, ref: str, viewer: Viewer) -> Order:
    """Plan what has not begun again: earlier if there is room now, later where reality demands it.

    Raises Absent, Forbidden for whoever does not sell the order, NothingToPlan, the planner's refusals.
    """
    parse_ref(ref, at="order")
    order = queries.order(ref, viewer)
    if not viewer.may_write_for(order.seller_id):
        raise Forbidden(accepted=_("the seller of the order"))
    for attempt in range(TRIES):
        now = clock.seconds()
        jobs = list(JobOrder.objects.filter(order=order).order_by("id"))
        own = [job for job in jobs if job.owner_id == order.seller_id]
        waiting = [job for job in own if job.state == JobOrder.State.WAITING and job.resource_id]
        if order.state != Order.State.OPEN or not waiting:
            raise NothingToPlan(at="order")
        request = as_request(order.quote.request | {"wanted": None})
        again = _again(jobs, waiting, now=now, hold=order.quote.hold_id)
        solution = solve(request, viewer_by_ref(order.quote.asked_by), now=now, binding=True, again=again)
        try:
            return _rebook(order_id=order.id, solution=solution, waiting=waiting, viewer=viewer, now=now)
        except (holds.TimeTaken, Conflict):
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _again(jobs: Sequence[JobOrder], waiting: Sequence[JobOrder], *, now: int, hold: int | None) -> Again:
    """What is done, under way or another firm's, where its result lies, and the work centres that go on."""
    under_way = {
        job.after[0]: job for job in jobs if job.kind == JobOrder.Kind.SHIP and job.state != JobOrder.State.WAITING
    }
    done = {}
    for job in jobs:
        if job.kind == JobOrder.Kind.SHIP or job in waiting:
            continue
        if job.state == JobOrder.State.WAITING:
            if job.resource_id:
                done[job.key] = plan.Delay(job.ends - job.starts, site=str(job.site_id), release=job.starts)
            continue
        shipment = under_way.get(job.key)
        where = shipment.goes_to_id if shipment else job.site_id
        last = shipment or job
        left = 0 if last.state == JobOrder.State.FINISHED else max(0, last.ends - max(now, last.starts))
        done[job.key] = plan.Delay(seconds=left, site=str(where) if where else None)
    centres = dict(
        Resource.objects.filter(id__in=[job.resource_id for job in waiting]).values_list("id", "work_centre")
    )
    together: dict[int, set[int]] = {}
    for resource, centre in Resource.objects.filter(work_centre__in=centres.values()).values_list("id", "work_centre"):
        together.setdefault(centre, set()).add(resource)
    kept = {job.key: frozenset(together[centres[job.resource_id]]) for job in waiting if job.resource_id}
    return Again(done=done, kept=kept, hold=hold)


@use_case
def _rebook(*, order_id: int, solution: Solution, waiting: Sequence[JobOrder], viewer: Viewer, now: int) -> Order:
    """Move the bookings and dates of the work that has still not begun.

    Raises Conflict when a report came in between, TimeTaken when the time is gone.
    """
    order = Order.objects.select_for_update(of=("self",)).select_related("quote").get(id=order_id)
    still = JobOrder.objects.filter(id__in=[job.id for job in waiting], state=JobOrder.State.WAITING).count()
    if order.state != Order.State.OPEN or still != len(waiting):
        raise Conflict(at="order")
    slots = {slot.key: slot for slot in solution.slots}
    keys = [job.key for job in waiting]
    old = list(Booking.objects.filter(work=order.quote.ref, operation__in=keys).values_list("id", flat=True))
    wishes = [
        holds.Wish(slot.resource, slot.start, slot.end, slot.units, slot.key)
        for slot in (slots[key] for key in keys)
        if slot.resource is not None
    ]
    holds.move(old=old, wishes=wishes, hold_id=order.quote.hold_id, work=order.quote.ref, actor=viewer.ref)
    for job in JobOrder.objects.filter(order=order, state=JobOrder.State.WAITING):
        if (slot := slots.get(job.key)) and (job.key in keys or job.resource_id is None):
            job.starts, job.ends, job.resource_id = slot.start, slot.end, slot.resource
            job.save(update_fields=["starts", "ends", "resource"])
    move_forecast(order, forecast=solution.p90, cause={"because": "replanned"}, job=None, now=now)
    append(
        events.REPLANNED,
        subject=order.ref,
        actor=viewer.ref,
        at=now,
        jobs=len(waiting),
        arrival=clock.iso(solution.p90),
    )
    return order
