"""Jobs: opened with the order, reported on by machinists, cancelled with it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden
from lianzao.capacity import holds
from lianzao.capacity.models import Booking
from lianzao.ledger.events import append
from lianzao.production import events
from lianzao.production.decisions import Report, after_report
from lianzao.production.models import JobOrder, JobResponse, reporting_for
from lianzao.production.ports import ports
from lianzao.trade.deliveries import delivered, handed_over
from lianzao.trade.models import Order
from lianzao.trade.solution import Slot
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case


class Dispatch:
    """Fills `trade.ports.job_orders`."""

    def open_for(self, order: Order, slots: Sequence[Slot], *, now: int) -> None:
        rows = [
            JobOrder(
                order=order,
                key=slot.key,
                kind=slot.kind,
                name=dict(slot.name),
                owner_id=slot.owner if slot.owner is not None else order.seller_id,
                site_id=slot.site,
                goes_to_id=slot.goes_to,
                resource_id=slot.resource,
                process=slot.process,
                pieces=slot.pieces,
                units=slot.units,
                starts=slot.start,
                ends=slot.end,
                after=list(slot.after),
            )
            for slot in slots
        ]
        JobOrder.objects.bulk_create(rows)
        append(events.JOBS_OPENED, subject=order.ref, actor=None, at=now, jobs=len(rows))

    def cancel_for(self, order: Order, *, actor: uuid.UUID, now: int) -> float:
        jobs = list(JobOrder.objects.select_for_update().filter(order=order).order_by("id"))
        total = sum(job.ends - job.starts for job in jobs) or 1
        done = sum(job.ends - job.starts for job in jobs if job.state == JobOrder.State.FINISHED)
        open_jobs = [job.id for job in jobs if job.state != JobOrder.State.FINISHED]
        JobOrder.objects.filter(id__in=open_jobs).update(state=JobOrder.State.CANCELLED)
        append(events.JOBS_CANCELLED, subject=order.ref, actor=actor, at=now, jobs=len(open_jobs))
        return done / total


@use_case
def report(*, ref: str, report: Report, viewer: Viewer) -> JobOrder:
    """Record what happened on a job; the last of its jobs delivers the order.

    Raises Absent, Forbidden, WrongReport, AlreadyReported, NotYet.
    """
    viewer.required()
    key = parse_ref(ref, at="job")
    seen = JobOrder.objects.visible_to(viewer).filter(ref=key).first()
    if seen is None:
        raise Absent(at="job")
    if seen.reporting_firm(report.event) not in reporting_for(viewer):
        raise Forbidden(at="job", accepted=_("who does the work; a receipt is reported by who receives"))
    Order.objects.select_for_update().get(id=seen.order_id)  # reports on one order come one after another
    job = JobOrder.objects.select_for_update().select_related("order", "owner").get(id=seen.id)
    now = clock.seconds()
    unfinished = JobOrder.objects.filter(order=job.order, key__in=job.after).exclude(state=JobOrder.State.FINISHED)
    before = [row.name.get(viewer.language) or row.name.get("en") or row.key for row in unfinished]
    job.state = after_report(job.kind, job.state, report, pieces=job.pieces, before=before)
    job.good += report.good
    job.scrap += report.scrap
    if report.event in {"start", "ship"} and job.started_at is None:
        job.started_at = now
    if job.state == JobOrder.State.FINISHED:
        job.finished_at = now
    job.save()
    JobResponse.objects.create(
        job=job,
        event=report.event,
        good=report.good,
        scrap=report.scrap,
        reason=report.reason,
        at=now,
        actor=viewer.ref,
    )
    if job.state == JobOrder.State.FINISHED:
        _finished(job, viewer, now)
    append(
        events.REPORTED,
        subject=job.ref,
        actor=viewer.ref,
        at=now,
        order=str(job.order.ref),
        event=report.event,
        good=report.good,
        scrap=report.scrap,
        reason=report.reason,
    )
    return job


def _finished(job: JobOrder, viewer: Viewer, now: int) -> None:
    """Finished work leaves the table of bookings; an owner's last receipt hands over, the order's last job delivers it.

    That is the receipt at the buyer's place, or ex works the end of the work.
    """
    rows = Booking.objects.filter(work=job.order.quote.ref, operation=job.key).values_list("id", flat=True)
    if rows:
        holds.free(bookings=list(rows), actor=viewer.ref)
    left = JobOrder.objects.filter(order=job.order).exclude(state=JobOrder.State.FINISHED)
    if job.goes_to_id is not None and not left.filter(owner=job.owner_id).exists():
        handed_over(job.order, supplier=job.owner_id)
    if not left.exists():
        delivered(job.order, actor=viewer.ref, now=now)
        for follow_up in ports.delivered:
            follow_up(job.order, now=now)
