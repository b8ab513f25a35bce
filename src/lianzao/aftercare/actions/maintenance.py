"""Maintenance: promised on the provider's calendar like any other work, then done."""

from __future__ import annotations

import uuid

from lianzao.aftercare import events
from lianzao.aftercare.appointments import WORK, Appointment, appointments
from lianzao.aftercare.decisions import may_finish
from lianzao.aftercare.models import MaintenanceJob
from lianzao.base import clock
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden
from lianzao.capacity import holds
from lianzao.ledger.events import append
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

SOLVED = 3  # how often a lost race is solved again
TAKING = 3600  # seconds between hold and take, which share a transaction


def promise(*, ref: uuid.UUID) -> None:
    """Promise a job that is due its earliest free time; without one it stays due and is tried again."""
    job = MaintenanceJob.objects.filter(ref=ref, state=MaintenanceJob.State.DUE).select_related("contract").first()
    if job is None:
        return
    for _attempt in range(SOLVED):
        [window] = appointments([(job.contract, job.due)], now=clock.seconds())
        if window is None:
            return
        try:
            _promise(job_id=job.id, window=window)
        except holds.TimeTaken:
            continue
        return


@use_case
def _promise(*, job_id: int, window: Appointment) -> None:
    job = MaintenanceJob.objects.select_for_update().get(id=job_id)
    if job.state == MaintenanceJob.State.DUE:
        book(job=job, window=window, now=clock.seconds())


@use_case
def book(*, job: MaintenanceJob, window: Appointment, now: int) -> None:
    """Take the window for the job.

    Raises TimeTaken.
    """
    contract = job.contract
    wish = holds.Wish(window.resource, window.starts, window.ends, 1, WORK)
    job.hold = holds.hold(
        holder=contract.customer_id, work=job.ref, wishes=[wish], expires=now + TAKING, actor=job.asked_by
    )
    holds.take(hold_id=job.hold.id, actor=job.asked_by)
    job.state = MaintenanceJob.State.BOOKED
    job.resource_id, job.starts, job.ends = window.resource, window.starts, window.ends
    job.save()
    append(
        events.MAINTENANCE_BOOKED,
        subject=job.ref,
        actor=job.asked_by,
        at=now,
        product=str(contract.product.ref),
        number=job.number,
        starts=clock.iso(window.starts),
        ends=clock.iso(window.ends),
    )


@use_case
def done(*, ref: str, viewer: Viewer) -> MaintenanceJob:
    """The provider reports the maintenance done; what is left of its time is free.

    Raises Absent, Forbidden, NotDue.
    """
    viewer.required()
    found = MaintenanceJob.objects.visible_to(viewer).filter(ref=parse_ref(ref, at="maintenance")).first()
    if found is None:
        raise Absent(at="maintenance")
    if viewer.roles.get(found.contract.provider_id, "reader") == "reader":
        raise Forbidden(at="maintenance")
    job = MaintenanceJob.objects.select_for_update().get(id=found.id)
    may_finish(job.state)
    now = clock.seconds()
    if job.hold_id is not None:
        holds.release(hold_id=job.hold_id, actor=viewer.ref, why="done")
    job.state, job.done_at, job.hold = MaintenanceJob.State.DONE, now, None
    job.save(update_fields=["state", "done_at", "hold"])
    append(
        events.MAINTENANCE_DONE,
        subject=job.ref,
        actor=viewer.ref,
        at=now,
        product=str(job.contract.product.ref),
        number=job.number,
    )
    return job
