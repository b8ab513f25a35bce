"""What the pages of production look up, through the doors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from lianzao.base import clock
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent
from lianzao.ledger.events import Happened, happened
from lianzao.ledger.models import Event
from lianzao.network.models import WorkCentre
from lianzao.production.models import JobOrder
from lianzao.production.models.job import JobOrders
from lianzao.trade.decisions import cancellation_fee
from lianzao.trade.models import Order, SubOrder
from lianzao.trade.solution import slots_of
from lianzao.trust.viewer import Viewer

DAY = 86_400
OPEN = (JobOrder.State.WAITING, JobOrder.State.RUNNING, JobOrder.State.PAUSED)
AHEAD = 3 * DAY  # what a day's list shows beyond today
MOST_JOBS = 60
MOST_ORDERS = 100
TOLD = ("trade.order.forecast-moved",)


@dataclass(frozen=True, slots=True)
class Task:
    """A job with the names of the steps that it still waits for."""

    job: JobOrder
    waits_for: tuple[dict[str, str], ...]
    mine: bool  # one's own firm does it; else it arrives here


def tasks(viewer: Viewer, *, now: int) -> list[Task]:
    """What the viewer's firms have to report on today and the next days: late first, then in plan order."""
    rows = _reportable(viewer).filter(starts__lt=now + AHEAD).order_by("ends", "id")[: MOST_JOBS * 2]
    found = [task for task in _with_waits(rows, viewer) if task.mine or task.job.state == JobOrder.State.RUNNING]
    found.sort(key=lambda task: (task.job.ends >= now, task.job.starts, task.job.id))
    return found[:MOST_JOBS]


def work_centre(ref: str, viewer: Viewer) -> WorkCentre:
    """A work centre of the viewer's own firm.

    Raises Absent.
    """
    rows = WorkCentre.objects.visible_to(viewer.required()).filter(site__organisation__in=viewer.organisations)
    found = rows.filter(ref=parse_ref(ref, at="work_centre")).select_related("site").first()
    if found is None:
        raise Absent(at="work_centre")
    return found


def tasks_of(centre: WorkCentre, viewer: Viewer) -> list[Task]:
    """All open work of a work centre in plan order."""
    rows = _reportable(viewer).filter(resource__work_centre=centre).order_by("starts", "id")[:MOST_JOBS]
    return _with_waits(rows, viewer)


def job(ref: str, viewer: Viewer) -> JobOrder:
    """Raises Absent for what is not there or not to be seen."""
    rows = JobOrder.objects.visible_to(viewer.required()).filter(ref=parse_ref(ref, at="job"))
    found = rows.select_related("order__quote", "site", "goes_to", "resource__work_centre__site").first()
    if found is None:
        raise Absent(at="job")
    return found


def task(found: JobOrder, viewer: Viewer) -> tuple[Task, list[JobOrder], bool]:
    """The job with what it waits for, what comes after it on its machine, and whether the viewer may report on it."""
    related = Q(order=found.order_id, key__in=found.after)
    if found.resource_id is not None:
        related |= Q(resource=found.resource_id, starts__gte=found.starts) & ~Q(id=found.id)
    rows = list(
        JobOrder.objects.filter(related, state__in=OPEN)
        .select_related("order__quote", "site", "goes_to", "resource")
        .order_by("starts", "id")[:40]
    )
    before = tuple(row.name for row in rows if row.order_id == found.order_id and row.key in found.after)
    after = [row for row in rows if row.resource_id == found.resource_id and row.key not in found.after]
    may = JobOrder.objects.reportable_by(viewer).filter(id=found.id).exists()
    mine = found.owner_id in viewer.roles
    return Task(found, before, mine), (after[:3] if mine and found.resource_id else []), may


def orders(viewer: Viewer) -> list[Order]:
    """The newest orders of the viewer's firms, as buyer or seller."""
    rows = Order.objects.visible_to(viewer.required()).select_related("buyer", "seller", "quote")
    return list(rows.order_by("-accepted_at", "-id")[:MOST_ORDERS])


def sub_orders(viewer: Viewer) -> list[SubOrder]:
    """The newest shares of the viewer's firms in orders that other firms sell."""
    rows = SubOrder.objects.visible_to(viewer.required()).filter(supplier__in=viewer.organisations)
    rows = rows.exclude(order__buyer__in=viewer.organisations).exclude(order__seller__in=viewer.organisations)
    return list(rows.select_related("order__seller", "order__quote").order_by("-id")[:MOST_ORDERS])


def sub_order(ref: str, viewer: Viewer) -> SubOrder | None:
    """One's own share in an order, by its own ref."""
    rows = SubOrder.objects.visible_to(viewer.required()).filter(supplier__in=viewer.organisations)
    return (
        rows.filter(ref=parse_ref(ref, at="order")).select_related("order__seller", "order__quote", "supplier").first()
    )


def jobs_of(order: Order, viewer: Viewer) -> list[JobOrder]:
    """The jobs of an order that the viewer may see, in plan order."""
    rows = JobOrder.objects.visible_to(viewer).filter(order=order)
    return list(rows.select_related("site", "owner", "goes_to", "resource", "order__quote").order_by("starts", "id"))


def parts_of(order: Order, viewer: Viewer) -> list[SubOrder]:
    """The sub-orders of an order; nothing for its buyer."""
    rows = SubOrder.objects.visible_to(viewer).filter(order=order)
    return list(rows.select_related("supplier").order_by("hand_over", "id"))


def told_of(order: Order) -> list[Happened]:
    """How the forecast of an order that the viewer sees has moved, in time order."""
    rows = Event.objects.filter(subject=order.ref, kind__in=TOLD).order_by("id")
    return [happened(row, 0) for row in rows]


def fee_now(order: Order) -> Decimal:
    """What cancelling the order would cost its buyer at this moment, net."""
    spans = JobOrder.objects.filter(order=order).values_list("starts", "ends", "state")
    total = sum(ends - starts for starts, ends, _state in spans) or 1
    done = sum(ends - starts for starts, ends, state in spans if state == JobOrder.State.FINISHED)
    begins = min(slot.start for slot in slots_of(order.quote.plan))
    share = Decimal(str(done / total))
    return cancellation_fee(order.net, accepted_at=order.accepted_at, begins=begins, done=share, now=clock.seconds())


def _reportable(viewer: Viewer) -> JobOrders:
    rows = JobOrder.objects.reportable_by(viewer.required()).filter(state__in=OPEN)
    return rows.select_related("order__quote", "site", "goes_to", "resource__work_centre")


def _with_waits(rows: Iterable[JobOrder], viewer: Viewer) -> list[Task]:
    found = list(rows)
    names = _unfinished({row.order_id for row in found if row.after})
    return [
        Task(
            row,
            tuple(names[row.order_id][key] for key in row.after if key in names[row.order_id]),
            row.owner_id in viewer.roles,
        )
        for row in found
    ]


def _unfinished(orders: Collection[int]) -> dict[int, dict[str, dict[str, str]]]:
    """By order and key, the names of the jobs still open; the names alone may be seen by whoever waits for them."""
    names: dict[int, dict[str, dict[str, str]]] = defaultdict(dict)
    if orders:
        rows = JobOrder.objects.filter(order__in=orders, state__in=OPEN)
        for order, key, name in rows.values_list("order_id", "key", "name"):
            names[order][key] = name
    return names
