"""A small world for the AAS tests: one site, one machine, one product; an owner, a partner, an outsider, a stranger."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lianzao.aas import Names, Token, Unauthenticated
from lianzao.aas.documents import (
    Address,
    AsBuilt,
    AssetId,
    Bucket,
    Busy,
    Calendar,
    Capabilities,
    Capability,
    Condition,
    Contact,
    Evidence,
    Facts,
    FreeTime,
    Kind,
    Level,
    Limit,
    Maintenance,
    Material,
    Meter,
    Nameplate,
    Part,
    Passport,
    ServiceContract,
    Span,
    SubmodelId,
    Twin,
    TwinId,
    visible_parts,
)

Get = Callable[..., Any]
NAMES = Names("https://node.example/id")
SITE = TwinId(Kind.SITE, uuid.UUID("01930000-0000-7000-8000-000000000001"))
MACHINE = TwinId(Kind.RESOURCE, uuid.UUID("01930000-0000-7000-8000-000000000002"))
AXIS = TwinId(Kind.PRODUCT, uuid.UUID("01930000-0000-7000-8000-000000000003"))
SECRET = TwinId(Kind.SITE, uuid.UUID("01930000-0000-7000-8000-00000000000f"))
NOWHERE = TwinId(Kind.SITE, uuid.UUID("01930000-0000-7000-8000-0000000000ff"))
SERIAL = AssetId("serialNumber", "LA-0001")

LEVELS = {"owner": Level.FULL, "partner": Level.BUCKETS, None: Level.ANSWERS}
MONDAY = 1_764_547_200
SHIFT = Span(MONDAY + 6 * 3600, MONDAY + 14 * 3600)
ADDRESS = Address({"de": "Werkstraße 1", "zh": "工厂路1号"}, "70565", {"de": "Stuttgart", "en": "Stuttgart"}, "DE")

CAPABILITIES = Capabilities(
    (
        Capability(
            "milling",
            {"zh": "铣削", "de": "Fräsen", "en": "Milling"},
            means="0173-1#01-BAB325#018",
            limits=(Limit("length", {"de": "Länge"}, Decimal(0), Decimal("1E+3"), "mm"),),
            materials=("42CrMo4", "EN AW-6082"),
        ),
        Capability("turning", {"en": "Turning"}, limits=(Limit("diameter", {}, None, Decimal("250.5"), "mm"),)),
    )
)
PLATE = Nameplate(
    product_uri="https://node.example/p/LA-0001",
    manufacturer={"zh": "联造", "en": "Lianzao Demo"},
    designation={"zh": "直线轴", "de": "Linearachse", "en": "Linear axis"},
    address=ADDRESS,
    order_code="LA-200",
    serial="LA-0001",
    built=date(2026, 3, 2),
    origin="DE",
)
FACTS: dict[tuple[Kind, Part], Facts] = {
    (Kind.SITE, Part.CONTACT): Contact(
        {"de": "Dreherei Müller", "zh": "米勒车削厂"},
        ADDRESS,
        "Europe/Berlin",
        ("de", "en"),
        "+49 711 1",
        "a@b.example",
    ),
    (Kind.RESOURCE, Part.NAMEPLATE): PLATE,
    (Kind.PRODUCT, Part.NAMEPLATE): PLATE,
    (Kind.PRODUCT, Part.PASSPORT): Passport("P-1", "https://node.example/p/LA-0001", "active", MONDAY, "DE123456789"),
    (Kind.PRODUCT, Part.AS_BUILT): AsBuilt(
        "O-1",
        "LA-200",
        (("stroke", "800 mm"),),
        (Material("42CrMo4", "EN ISO 683-2", "H77", "3.1-555"),),
        (Evidence({"en": "Hardness", "zh": "硬度"}, "pass", MONDAY, "ab" * 32),),
    ),
    (Kind.PRODUCT, Part.CONDITION): Condition(
        "good", {"en": "Good"}, MONDAY, (Meter("hours", Decimal("12.5"), "h", MONDAY),)
    ),
    (Kind.PRODUCT, Part.SERVICE): ServiceContract(
        "C-1", {"en": "Service"}, "per-hour", date(2026, 1, 1), None, (Maintenance({"en": "Grease"}, MONDAY),)
    ),
}
for _kind in (Kind.SITE, Kind.RESOURCE):
    FACTS[_kind, Part.CAPABILITIES] = CAPABILITIES
    FACTS[_kind, Part.CALENDAR] = Calendar(
        "Europe/Berlin", Span(MONDAY, MONDAY + 86400), 2, (SHIFT,), (Busy(Span(SHIFT.start, SHIFT.start + 3600), 2),)
    )
    FACTS[_kind, Part.FREE_TIME] = FreeTime("Europe/Berlin", (Bucket(Span(MONDAY, MONDAY + 604800), Decimal("30.0")),))


@dataclass
class World:
    """A platform in memory. Tokens are names: `owner` sees the full calendar and the secret site, `partner` buckets."""

    asked: list[Token | None] = field(default_factory=list)
    broken: bool = False

    def twins(self, token: Token | None) -> list[Twin]:
        self.asked.append(token)
        if self.broken:
            raise RuntimeError("the secret cause")
        who = (token.bearer or token.session) if token else None
        if who not in LEVELS:
            raise Unauthenticated
        seen = [SITE, SECRET, MACHINE, AXIS] if who == "owner" else [SITE, MACHINE, AXIS]
        return [
            Twin(
                id,
                {"zh": "名称", "de": "Name", "en": "Name"},
                visible_parts(id.kind, LEVELS[who], serviced=who is not None),
                (SERIAL,) if id == AXIS else (),
            )
            for id in seen
        ]

    def shells(
        self, token: Token | None, *, limit: int, after: TwinId | None, asset_ids: Sequence[AssetId] = ()
    ) -> Sequence[Twin]:
        past = [twin for twin in self.twins(token) if after is None or twin.id.place > after.place]
        return [twin for twin in past if set(twin.asset_ids).issuperset(asset_ids)][:limit]

    def shell(self, id: TwinId, token: Token | None) -> Twin | None:
        return next((twin for twin in self.twins(token) if twin.id == id), None)

    def submodel(self, id: SubmodelId, token: Token | None) -> Facts | None:
        twin = self.shell(id.twin, token)
        return FACTS[id.twin.kind, id.part] if twin and id.part in twin.parts else None
