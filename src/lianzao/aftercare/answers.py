"""Answers as JSON: statements, maintenance, needs, what a meter file did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lianzao.aftercare.accounts import Account, Month, accounts, billed, statements
from lianzao.aftercare.actions.meter import Metered
from lianzao.aftercare.billing import Line, month_of_reading
from lianzao.aftercare.models import MaintenanceJob, MeterReading, Need, Product, ServiceContract
from lianzao.base import clock
from lianzao.trust.levels import Level
from lianzao.trust.queries import levels
from lianzao.trust.viewer import Viewer


def hours_json(hours: Decimal) -> float:
    """Hours as a plain number; exact, as they have three decimals at most."""
    return float(hours)


def product_json(product: Product) -> dict[str, Any]:
    """A line of the list of products."""
    return {
        "product": str(product.ref),
        "serial": product.serial,
        "item": product.item,
        "name": product.name,
        "pieces": product.pieces,
        "order": product.order.number,
        "owner": product.owner.name,
        "maker": product.maker.name,
        "delivered_at": clock.iso(product.delivered_at),
    }


def meter_json(metered: Metered, viewer: Viewer) -> dict[str, Any]:
    """What a file did; hours and what is billed for them are the product's so far, so that a repeat answers alike."""
    found, now = accounts(metered.products), clock.seconds()
    return {
        "rows_read": metered.read,
        "rows_used": metered.used,
        "rows_left": dict(metered.left),
        "products": [
            {
                "product": str(product.ref),
                "serial": product.serial,
                "hours": hours_json(found[product.id].hours),
                "added": hours_json(metered.added.get(product.id, Decimal(0))),
                **restarts_json(found[product.id]),
                **billed_json(found[product.id], now),
            }
            for product in metered.products
        ],
        "maintenance": maintenance_json(metered.jobs, viewer),
    }


def restarts_json(account: Account) -> dict[str, Any]:
    """The readings before which the counter had begun anew; absent without any."""
    marks = [clock.iso(span.end) for span in account.spans if span.restarted]
    return {"restarts": marks} if marks else {}


def billed_json(account: Account, now: int) -> dict[str, Any]:
    """What a service contract bills so far, in closed and open months; absent without a contract."""
    if account.contract is None:
        return {}
    net, tax = billed(statements(account, now=now))
    money = {"net": str(net), "currency": account.contract.currency}
    return {"billed": money if tax is None else {**money, "tax": str(tax)}}


def contract_json(contract: ServiceContract) -> dict[str, Any]:
    return {
        "contract": str(contract.ref),
        "provider": contract.provider.name,
        "customer": contract.customer.name,
        "rate": str(contract.rate.normalize()),
        "currency": contract.currency,
        "threshold_hours": contract.threshold_hours,
        "starts": clock.iso(contract.starts),
        "ends": clock.iso(contract.ends),
        "source": contract.source,
    }


def maintenance_json(jobs: Sequence[MaintenanceJob], viewer: Viewer) -> list[dict[str, Any]]:
    """Maintenance jobs; a window is promised to the customer, the machine shown at its owner's level only."""
    shown = levels(viewer, {job.resource.work_centre.site.organisation_id for job in jobs if job.resource})
    return [_maintenance(job, shown) for job in jobs]


def _maintenance(job: MaintenanceJob, shown: Mapping[int, Level]) -> dict[str, Any]:
    contract = job.contract
    answer: dict[str, Any] = {
        "job": str(job.ref),
        "product": str(contract.product.ref),
        "serial": contract.product.serial,
        "number": job.number,
        "at_hours": job.number * contract.threshold_hours,
        "due": clock.iso(job.due),
        "state": job.state,
    }
    if job.starts is not None and job.ends is not None and job.resource is not None:
        site = job.resource.work_centre.site
        answer |= {"site": site.name, "starts": clock.iso(job.starts), "ends": clock.iso(job.ends)}
        if shown[site.organisation_id] == Level.FULL_CALENDAR:
            answer["resource"] = job.resource.name
    if job.done_at is not None:
        answer["done_at"] = clock.iso(job.done_at)
    return answer


def line_json(line: Line) -> dict[str, Any]:
    answer: dict[str, Any] = {"kind": line.kind, "month": line.month, "amount": str(line.amount)}
    return {**answer, "job": line.job} if line.job else {**answer, "hours": hours_json(line.hours)}


def statement_json(stated: Month, account: Account) -> dict[str, Any]:
    """A month's statement with all it is computed from: the rate, and the readings of the months of its lines."""
    assert account.contract is not None  # noqa: S101 - only a contract has statements
    months = {stated.month, *(line.month for line in stated.lines)}
    answer: dict[str, Any] = {
        "product": str(account.product.ref),
        "serial": account.product.serial,
        "contract": str(account.contract.ref),
        **month_json(stated),
        "rate": str(account.contract.rate.normalize()),
        "lines": [line_json(line) for line in stated.lines],
        "readings": [
            {**reading_json(row), "counted": hours_json(span.hours), **({"restarted": True} if span.restarted else {})}
            for row, span in zip(account.readings, account.spans, strict=True)
            if month_of_reading(row.at) in months
        ],
    }
    return answer


def month_json(stated: Month) -> dict[str, Any]:
    """The head of a statement."""
    answer: dict[str, Any] = {"month": stated.month, "state": "closed" if stated.row else "open"}
    if stated.row:
        answer |= {"statement": str(stated.row.ref), "closed_at": clock.iso(stated.row.closed_at)}
    answer |= {"hours": hours_json(stated.hours), "net": str(stated.net), "currency": stated.currency}
    if stated.tax is not None:
        answer |= {"tax": str(stated.tax), "tax_rate": str(stated.tax_rate)}
    return answer


def reading_json(row: MeterReading) -> dict[str, Any]:
    return {"reading": str(row.ref), "at": clock.iso(row.at), "hours": hours_json(row.hours)}


def need_json(need: Need) -> dict[str, Any]:
    """A need, with the request that it becomes where the catalogue has something to order."""
    answer: dict[str, Any] = {
        "need": str(need.ref),
        "product": str(need.product.ref),
        "serial": need.product.serial,
        "kind": need.kind,
        "quantity": need.quantity,
        "text": need.text,
        "state": need.state,
        "reported_by": need.reported_by.name,
        "reported_at": clock.iso(need.reported_at),
    }
    given = {"item": need.item, "name": need.name, "answer": need.answer}
    answer |= {name: value for name, value in given.items() if value}
    if need.request is not None:
        answer["request"] = need.request
    if need.answered_at is not None:
        answer["answered_at"] = clock.iso(need.answered_at)
    if need.quote is not None:
        answer["quote"] = str(need.quote.ref)
    return answer
