"""When a provider can do a maintenance: the earliest time free on the calendars that every promise is computed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from lianzao.aftercare.models import ServiceContract
from lianzao.capacity.availability import DAY, Availability, availability
from lianzao.capacity.decisions import Load
from lianzao.engines import plan
from lianzao.network.models import Resource
from lianzao.production.models import JobOrder

WORK = "maintenance"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A window on a resource (by id), seconds UTC."""

    resource: int
    starts: int
    ends: int


def appointments(wanted: Sequence[tuple[ServiceContract, int]], *, now: int) -> list[Appointment | None]:
    """One for each contract and moment of being due; None where the provider has no resource or no time.

    The provider agreed when it signed: nobody needs to be asked again.
    """
    taken: dict[int, list[Load]] = {}
    found: list[Appointment | None] = []
    for contract, due in wanted:
        window = _earliest(contract, taken, due=max(now, due), now=now)
        if window is not None:
            taken.setdefault(window.resource, []).append((window.starts, window.ends, 1))
        found.append(window)
    return found


def _earliest(contract: ServiceContract, taken: dict[int, list[Load]], *, due: int, now: int) -> Appointment | None:
    rows = resources(contract)
    until = due + settings.NODE["PLAN_HORIZON_DAYS"] * DAY
    times = availability(rows, now=now, until=until)
    offered = {str(row.id): _offered(row, times[row.id], taken.get(row.id, [])) for row in rows if row.id in times}
    modes = [plan.Mode(resource=key, setup=0, run=contract.maintenance_minutes * 60) for key in offered]
    work = plan.Operation(key=WORK, modes=modes, interruptible=True)
    try:
        made = plan.plan(plan.Problem(operations=[work], resources=offered, transports={}, release=due))
    except plan.NoPlan:
        return None
    slot = made.slots[0]
    return Appointment(int(slot.resource), slot.start, slot.end) if slot.resource is not None else None


def _offered(row: Resource, times: Availability, taken: Sequence[Load]) -> plan.Resource:
    return plan.Resource(
        key=str(row.id),
        owner=str(row.work_centre.site.organisation_id),
        site=str(row.work_centre.site_id),
        capacity=row.capacity,
        open=times.open,
        busy=[*times.busy, *taken],
    )


def resources(contract: ServiceContract) -> list[Resource]:
    """Where the provider does the contract's kind of work; if nowhere, where it last worked on the product."""
    own = Resource.objects.filter(work_centre__site__organisation=contract.provider_id)
    able = own.filter(work_centre__capabilities__process=contract.maintenance_process)
    found = list(able.select_related("work_centre__site").order_by("id"))
    if found:
        return found
    worked = JobOrder.objects.filter(
        order=contract.product.order_id, owner=contract.provider_id, resource__isnull=False
    )
    last = worked.order_by("-ends", "-id").values_list("resource_id", flat=True).first()
    return list(own.filter(id=last).select_related("work_centre__site")) if last is not None else []
