"""Delivered products as twins, for their owner, their maker, and who cares for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet

from lianzao.aas.documents import (
    AsBuilt,
    AssetId,
    Condition,
    Evidence,
    Facts,
    Kind,
    Maintenance,
    Meter,
    Nameplate,
    Part,
    Passport,
    Text,
    Twin,
    TwinId,
    visible_parts,
)
from lianzao.aas.documents import ServiceContract as Service
from lianzao.aftercare.accounts import Account
from lianzao.aftercare.models import MaintenanceJob, Product, ServiceContract
from lianzao.aftercare.passport import as_built
from lianzao.aftercare.queries import account
from lianzao.base import clock
from lianzao.node.twins.naming import NAMES, SIMULATED, address, proper
from lianzao.node.twins.source import Source
from lianzao.production.models import JobOrder
from lianzao.trust.viewer import Viewer

IN_USE: Text = {"zh": "使用中", "de": "Im Einsatz", "en": "In use"}
SERVICE_DUE: Text = {"zh": "待维护", "de": "Wartung fällig", "en": "Maintenance due"}
MAINTENANCE: Text = {"zh": "定期维护", "de": "Wartung", "en": "Maintenance"}
METER = "operating-hours"
PER_HOUR = "per-operating-hour"
FINISHED = "finished"
Choice = str | bool | Sequence[str]
Step = Mapping[str, Any]  # of the passport's JSON


class Products(Source[Product]):
    kind = Kind.PRODUCT
    called = {"serialNumber": "serial", "orderNumber": "order__number"}

    def visible(self, viewer: Viewer) -> QuerySet[Product]:
        rows = Product.objects.visible_to(viewer)
        return rows.select_related("order__quote", "maker", "owner")

    def twins(self, rows: Sequence[Product], viewer: Viewer) -> list[Twin]:
        contracts = ServiceContract.objects.visible_to(viewer).filter(product__in=rows)
        serviced = set(contracts.values_list("product_id", flat=True))
        return [
            Twin(
                TwinId(Kind.PRODUCT, row.ref),
                _name(row),
                visible_parts(Kind.PRODUCT, serviced=row.id in serviced),
                (AssetId("serialNumber", row.serial), AssetId("orderNumber", row.order.number)),
                SIMULATED if row.maker.simulated else None,
            )
            for row in rows
        ]

    def facts(self, row: Product, part: Part, viewer: Viewer) -> Facts:
        match part:
            case Part.NAMEPLATE:
                return _nameplate(row, _steps(row, viewer))
            case Part.AS_BUILT:
                return _as_built(row, _steps(row, viewer))
            case Part.PASSPORT:
                return _passport(row, account(row))
            case Part.SERVICE:
                return _service(account(row))
            case _:
                return _condition(account(row))


def _uri(row: Product) -> str:
    return NAMES.asset(TwinId(Kind.PRODUCT, row.ref))


def _name(row: Product) -> Text:
    return row.name or {"en": row.item}


def _steps(row: Product, viewer: Viewer) -> Sequence[Step]:
    """The finished steps that made it, each as exactly as its owner tells this viewer."""
    jobs = JobOrder.objects.filter(order=row.order_id).select_related("owner", "site", "resource")
    return as_built(list(jobs.order_by("starts", "id")), row, viewer)


def _moment(text: str) -> int:
    """Of an ISO day or moment, UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def _nameplate(row: Product, steps: Sequence[Step]) -> Nameplate:
    return Nameplate(
        product_uri=_uri(row),
        manufacturer=proper(row.maker.name, row.maker.country),
        designation=_name(row),
        address=address(row.maker),
        order_code=row.item,
        article=row.item,
        serial=row.serial,
        built=_built(steps),
    )


def _built(steps: Sequence[Step]) -> date | None:
    """The day of the last work on it, if that is told: an earlier step's would be wrong."""
    worked = [step for step in steps if step["kind"] == JobOrder.Kind.WORK]
    return _day(_moment(worked[-1]["finished_at"])) if worked and "finished_at" in worked[-1] else None


def _passport(row: Product, found: Account) -> Passport:
    changes = [row.delivered_at, *(reading.received_at for reading in found.readings)]
    changes += [job.done_at or job.made_at for job in found.jobs]
    return Passport(
        passport=NAMES.shell(TwinId(Kind.PRODUCT, row.ref)),
        product=_uri(row),
        status="active",
        updated=max(changes),
        operator=row.maker.tax_id or str(row.maker.ref),
    )


def _as_built(row: Product, steps: Sequence[Step]) -> AsBuilt:
    options: Mapping[str, Choice] = row.order.quote.request.get("options", {})
    return AsBuilt(
        order=row.order.number,
        item=row.item,
        options=tuple((name, _choice(choice)) for name, choice in options.items()),
        evidence=tuple(
            Evidence(step["name"], FINISHED, _moment(step["finished_at"])) for step in steps if "finished_at" in step
        ),
    )


def _choice(choice: Choice) -> str:
    if isinstance(choice, bool):
        return "true" if choice else "false"
    return choice if isinstance(choice, str) else ", ".join(choice)


def _condition(found: Account) -> Condition:
    waiting = [job.due for job in found.jobs if job.state != MaintenanceJob.State.DONE]
    last = found.readings[-1:]
    return Condition(
        state="maintenance-due" if waiting else "in-use",
        words=SERVICE_DUE if waiting else IN_USE,
        since=min(waiting, default=found.product.delivered_at),
        meters=tuple(Meter(METER, found.hours, "h", reading.at) for reading in last),
    )


def _service(found: Account) -> Service:
    contract = found.contract
    assert contract is not None  # noqa: S101 - the part is shown only where there is one, and contracts stay
    return Service(
        contract=str(contract.ref),
        provider=proper(contract.provider.name, contract.provider.country),
        terms=PER_HOUR,
        begins=_day(contract.starts),
        ends=_day(contract.ends),
        services=tuple(Maintenance(MAINTENANCE, job.starts or job.due, job.done_at) for job in found.jobs),
    )


def _day(moment: int) -> date:
    return clock.at(moment).date()
