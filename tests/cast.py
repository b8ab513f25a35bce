"""A small network by hand: a miller in Suzhou, a turner in Wuxi, an assembler near Stuttgart, a buyer, a rival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from lianzao.base import clock
from lianzao.capacity.models import Calendar, ShiftRule
from lianzao.catalog.models import BomLine, Item, PublicRate, RateCard, Step
from lianzao.network.models import Capability, Lane, Resource, Site, WorkCentre
from lianzao.trade.models import ConsentRule
from lianzao.trust.levels import Level
from lianzao.trust.models import Disclosure, Membership, NetworkRole, Organisation, User
from lianzao.trust.queries import viewer_of
from lianzao.trust.viewer import Viewer

SAMPLE = "sample figure"


@dataclass
class Cast:
    """The organisations by name, and a person for each."""

    firms: dict[str, Organisation]
    people: dict[str, User]

    @classmethod
    def create(cls) -> Cast:
        firms = {
            name: Organisation.objects.create(
                name=name, country=country, place=place, tax_id=f"TAX-{name}", street="1 Way"
            )
            for name, country, place in (
                ("miller", "CN", "Suzhou"),
                ("turner", "CN", "Wuxi"),
                ("assembler", "DE", "Reutlingen"),
                ("buyer", "DE", "Stuttgart"),
                ("rival", "DE", "Stuttgart"),
            )
        }
        people = {}
        for name, firm in firms.items():
            people[name] = User.objects.create(login=name, name=name, language="en")
            Membership.objects.create(user=people[name], organisation=firm, role="admin")
        people["machinist"] = User.objects.create(login="machinist", name="machinist", language="de")
        Membership.objects.create(user=people["machinist"], organisation=firms["miller"], role="machinist")
        people["operator"] = User.objects.create(login="operator", name="operator", language="en")
        NetworkRole.objects.create(user=people["operator"], role="operator")
        cast = cls(firms, people)
        cast._network()
        cast._catalogue()
        return cast

    def viewer(self, name: str) -> Viewer:
        return viewer_of(self.people[name])

    def disclose(self, name: str, level: Level, audience: str = "everyone") -> None:
        Disclosure.objects.update_or_create(owner=self.firms[name], audience=audience, defaults={"level": int(level)})

    def agrees(self, name: str, mode: str, **limits: Any) -> None:
        ConsentRule.objects.update_or_create(owner=self.firms[name], group=None, defaults={"mode": mode, **limits})

    def _network(self) -> None:
        makers = (
            ("miller", "CN", "Suzhou", "Asia/Shanghai", "milling", "CNY", "240", 2),
            ("turner", "CN", "Wuxi", "Asia/Shanghai", "turning", "CNY", "180", 1),
            ("assembler", "DE", "Reutlingen", "Europe/Berlin", "assembly", "EUR", "62", 1),
        )
        for name, country, place, zone, process, currency, hourly, capacity in makers:
            firm = self.firms[name]
            site = Site.objects.create(organisation=firm, name=f"{name} works", place=place, country=country, zone=zone)
            centre = WorkCentre.objects.create(site=site, name=f"{process} group")
            Capability.objects.create(work_centre=centre, process=process, envelope=[1000, 800, 600], tolerance=6)
            Resource.objects.create(work_centre=centre, name=f"{process} 1", capacity=capacity)
            calendar = Calendar.objects.create(site=site, confirmed_at=clock.now())
            ShiftRule.objects.create(calendar=calendar, weekdays=[0, 1, 2, 3, 4], start=time(7), end=time(19))
            RateCard.objects.create(
                owner=firm,
                valid_from=date(2026, 1, 1),
                currency=currency,
                hourly={str(centre.ref): {"setup": hourly, "run": hourly}},
                minimum=Decimal(50),
                margin=Decimal("0.1"),
                breaks=[[10, "0.05"]],
                materials={"S235": "9.5" if currency == "CNY" else "1.4"},
                extras={"packing": {"amount": "20", "amount_per_piece": "1"}},
            )
            self.disclose(name, Level.FULL_CALENDAR)
            self.agrees(name, "automatic")
        lanes = (
            ("CN", "CN", "road", 1, 0),
            ("CN", "DE", "air", 4, 1),
            ("DE", "DE", "road", 1, 0),
            ("DE", "CN", "air", 4, 1),
        )
        for origin, destination, mode, days, customs in lanes:
            Lane.objects.create(
                origin=origin,
                destination=destination,
                mode=mode,
                seconds=days * 86_400,
                customs_seconds=customs * 86_400,
                cost_per_kg=Decimal("0.4") * days,
                minimum=Decimal(15),
                currency="EUR",
                source=SAMPLE,
            )
        for kind, subject, value in (
            ("exchange", "EUR>CNY", "7.8"),
            ("tax", "DE", "0.19"),
            ("tax", "CN", "0.13"),
            ("duty", "CN>DE", "0.027"),
        ):
            PublicRate.objects.create(
                kind=kind, subject=subject, valid_from=date(2026, 1, 1), value=Decimal(value), source=SAMPLE
            )

    def _catalogue(self) -> None:
        axis = Item.objects.create(code="AXIS", name={"en": "Axis"}, mass_kg=Decimal(12), envelope=[600, 100, 80])
        plate = Item.objects.create(
            code="PLATE",
            name={"en": "Plate"},
            material="S235",
            mass_kg=Decimal(6),
            scrap=Decimal("0.2"),
            envelope=[500, 90, 20],
        )
        shaft = Item.objects.create(
            code="SHAFT",
            name={"en": "Shaft"},
            material="S235",
            mass_kg=Decimal(2),
            scrap=Decimal("0.1"),
            envelope=[400, 30, 30],
        )
        for item, process, name, setup, run in (
            (plate, "milling", "Mill", 45, 20),
            (shaft, "turning", "Turn", 30, 12),
            (axis, "assembly", "Assemble", 10, 40),
        ):
            Step.objects.create(
                item=item, number=10, name={"en": name}, process=process, setup=Decimal(setup), run=Decimal(run)
            )
        BomLine.objects.create(parent=axis, child=plate, quantity=1, feeds=10)
        BomLine.objects.create(parent=axis, child=shaft, quantity=2, feeds=10)


REQUEST = {"item": "AXIS", "quantity": 4, "deliver_to": {"country": "DE", "place": "Stuttgart"}}
