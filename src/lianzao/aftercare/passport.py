"""The passport of a product: what it is, how it was made, how it is cared for; for who may see the product.

Owner, maker and provider see it whole, but for who else worked on it: those are shown as far as they disclose
themselves to the viewer, the seller sees its own order's jobs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lianzao.aftercare.accounts import Account, statements
from lianzao.aftercare.answers import (
    billed_json,
    contract_json,
    hours_json,
    maintenance_json,
    month_json,
    need_json,
    product_json,
    reading_json,
    restarts_json,
)
from lianzao.aftercare.models import Product
from lianzao.aftercare.queries import account, needs_of
from lianzao.base import clock
from lianzao.production.models import JobOrder
from lianzao.trust.levels import Level
from lianzao.trust.queries import levels
from lianzao.trust.viewer import Viewer

DAY = 86_400
READINGS_SHOWN = 200  # the newest; each statement lists its own


def passport_json(product: Product, viewer: Viewer) -> dict[str, Any]:
    """The passport of a product that came through its door (queries.product)."""
    found, now = account(product), clock.seconds()
    jobs = jobs_of(product)
    stated = statements(found, now=now)
    return {
        **product_json(product),
        "maker": {"name": product.maker.name, "address": product.maker.address},
        "configuration": product.order.quote.request.get("options", {}),
        "as_built": as_built(jobs, product, viewer),
        **({"service": contract_json(found.contract)} if found.contract else {}),
        **_hours(found),
        **billed_json(found, now),
        "maintenance": maintenance_json(found.jobs, viewer),
        "statements": [month_json(month) for month in stated],
        "needs": [need_json(need) for need in needs_of(product)],
        "references": {
            "request": product.order.quote.request,
            "quote": str(product.order.quote.ref),
            "order": str(product.order.ref),
            "jobs": _seen(jobs, viewer),
            "product": str(product.ref),
            "readings": [reading_json(row) for row in found.readings[-READINGS_SHOWN:]],
            "statements": [str(month.row.ref) for month in stated if month.row],
        },
    }


def jobs_of(product: Product) -> list[JobOrder]:
    """All jobs of the product's order, for `as_built`, which shows of them what may be seen."""
    rows = JobOrder.objects.filter(order=product.order_id).select_related("owner", "site", "resource")
    return list(rows.order_by("starts", "id"))


def as_built(jobs: Sequence[JobOrder], product: Product, viewer: Viewer) -> list[dict[str, Any]]:
    """The steps in which the order was made."""
    shown = levels(viewer, {job.owner_id for job in jobs})
    if product.order.seller_id in viewer.roles:
        shown = dict.fromkeys(shown, Level.FULL_CALENDAR)
    return [_step(job, shown) for job in jobs if job.state == JobOrder.State.FINISHED]


def _step(job: JobOrder, shown: Mapping[int, Level]) -> dict[str, Any]:
    """What a viewer sees of a step: all; maker, site and whole days; or only that it was done."""
    answer: dict[str, Any] = {"operation": job.key, "kind": job.kind, "name": job.name}
    level = shown[job.owner_id]
    if level <= Level.ANSWERS_ONLY:
        return answer
    answer |= {"maker": job.owner.name, "good": job.good, "scrap": job.scrap}
    if job.site is not None:
        answer["site"] = job.site.name
    full = level == Level.FULL_CALENDAR
    if full and job.resource is not None:
        answer["resource"] = job.resource.name
    for name, moment in (("started_at", job.started_at), ("finished_at", job.finished_at)):
        if moment is not None:
            answer[name] = clock.iso(moment) if full else clock.at(moment).date().isoformat()
    return answer


def _seen(jobs: Sequence[JobOrder], viewer: Viewer) -> list[str]:
    """The refs of the jobs that the viewer could open."""
    ids = {job.id for job in jobs}
    open_to = set(JobOrder.objects.visible_to(viewer).filter(id__in=ids).values_list("id", flat=True))
    return [str(job.ref) for job in jobs if job.id in open_to]


def _hours(found: Account) -> dict[str, Any]:
    """What the meter counted; absent before the first reading."""
    if not found.readings:
        return {}
    return {
        "hours": hours_json(found.hours),
        "read_at": clock.iso(found.readings[-1].at),
        **restarts_json(found),
    }
