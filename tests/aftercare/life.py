"""A product's life in the tests: ordered with a service contract, made, delivered, and then used for months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from lianzao.aftercare import actions
from lianzao.aftercare.actions import Metered
from lianzao.aftercare.answers import meter_json
from lianzao.aftercare.meter_file import read_meter
from lianzao.aftercare.models import Product
from lianzao.base import clock
from lianzao.catalog.models import Family, Item
from lianzao.production.actions import report
from lianzao.production.decisions import Report
from lianzao.production.models import JobOrder
from lianzao.trade.actions import accept, quote
from lianzao.trade.models import Order
from lianzao.trade.requests import as_request
from tests.cast import REQUEST, Cast

DAY = 86_400
SERVICED: dict[str, Any] = {**REQUEST, "quantity": 1, "options": {"service": "service-per-hour"}}
FAMILY = {
    "code": "axis",
    "name": {"en": "Axis"},
    "features": [
        {"code": "service-none", "name": {"en": "None"}},
        {"code": "service-per-hour", "name": {"en": "Per hour"}, "effects": ["service:operating-hours"]},
    ],
    "groups": [
        {
            "code": "service",
            "name": {"en": "Service"},
            "kind": "alternative",
            "features": ["service-none", "service-per-hour"],
        }
    ],
}


@dataclass
class Life:
    """A cast whose axis can be ordered with a contract per operating hour, and a clock that can be set."""

    cast: Cast
    patch: pytest.MonkeyPatch

    @classmethod
    def begin(cls, cast: Cast, patch: pytest.MonkeyPatch) -> Life:
        family = Family.objects.create(code="axis", name=FAMILY["name"], model=FAMILY)
        Item.objects.filter(code__in=("AXIS", "PLATE", "SHAFT")).update(family=family)
        return cls(cast, patch)

    def at(self, moment: int) -> None:
        """Let the clock stand at `moment`."""
        self.patch.setattr(clock, "seconds", lambda: moment)
        self.patch.setattr(clock, "now", lambda: clock.at(moment))

    def ordered(self, **wanted: Any) -> Order:
        buyer = self.cast.viewer("buyer")
        made = quote(request=as_request(SERVICED | wanted), viewer=buyer)
        return accept(ref=str(made.ref), viewer=buyer)

    def delivered(self, **wanted: Any) -> Product:
        """The first product of an order on which everybody reported what he did."""
        order = self.ordered(**wanted)
        people = {firm.id: name for name, firm in self.cast.firms.items()}
        for job in JobOrder.objects.filter(order=order).order_by("starts", "ends", "id"):
            maker = self.cast.viewer(people[job.owner_id])
            if job.kind == JobOrder.Kind.SHIP:
                report(ref=str(job.ref), report=Report("ship"), viewer=maker)
                to = people[job.goes_to.organisation_id] if job.goes_to else "buyer"
                report(ref=str(job.ref), report=Report("receive", good=job.pieces), viewer=self.cast.viewer(to))
                continue
            if job.kind == JobOrder.Kind.WORK:
                report(ref=str(job.ref), report=Report("start"), viewer=maker)
            report(ref=str(job.ref), report=Report("finish", good=job.pieces), viewer=maker)
        return Product.objects.filter(order=order).order_by("serial")[0]

    def read(self, product: Product, readings: Iterable[tuple[float, object]], who: str = "buyer") -> Metered:
        """Send readings, each days after delivery and what the counter shows."""
        rows = "".join(
            f"{product.serial},{clock.iso(product.delivered_at + int(days * DAY))},{hours}\n"
            for days, hours in readings
        )
        return actions.meter(file=read_meter(f"serial,at,hours\n{rows}".encode()), viewer=self.cast.viewer(who))

    def answer(self, product: Product, readings: Iterable[tuple[float, object]], who: str = "buyer") -> dict[str, Any]:
        return meter_json(self.read(product, readings, who), self.cast.viewer(who))
