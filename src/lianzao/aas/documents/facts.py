"""What documents are made of: plain facts, already narrowed and rounded to what the asker may see.

Texts are tagged by language (`{"zh": …, "de": …, "en": …}`), moments are whole seconds UTC, days are dates, units are
UCUM. What is unknown or may not be seen is None or empty, and then absent from the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from lianzao.aas.documents.names import PARTS_OF, Kind, Part, TwinId

Text = Mapping[str, str]


class Level(StrEnum):
    """How much of its time an owner discloses to the asker."""

    FULL = "full"
    BUCKETS = "buckets"
    ANSWERS = "answers"


_TIME_PARTS: dict[Level, tuple[Part, ...]] = {
    Level.FULL: (Part.CALENDAR,),
    Level.BUCKETS: (Part.FREE_TIME,),
    Level.ANSWERS: (),
}


def visible_parts(kind: Kind, level: Level = Level.ANSWERS, *, serviced: bool = True) -> tuple[Part, ...]:
    """The parts of a twin that an asker sees who is granted `level` of its time.

    `serviced` tells whether a product stands under a service contract that the asker may see.
    """
    hidden = {Part.CALENDAR, Part.FREE_TIME} - set(_TIME_PARTS[level])
    if not serviced:
        hidden.add(Part.SERVICE)
    return tuple(part for part in PARTS_OF[kind] if part not in hidden)


@dataclass(frozen=True, slots=True)
class AssetId:
    """A name by which others know the asset: ("serialNumber", "A-1")."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Twin:
    """What a shell says: whose twin it is, by which names others know it, and which parts the asker may read.

    Raises ValueError when a part does not belong to this kind of twin.
    """

    id: TwinId
    name: Text
    parts: tuple[Part, ...]
    asset_ids: tuple[AssetId, ...] = ()
    description: Text | None = None

    def __post_init__(self) -> None:
        strange = set(self.parts) - set(PARTS_OF[self.id.kind])
        if strange:
            raise ValueError(f"{self.id.kind} have no {', '.join(sorted(strange))}")


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `country` is ISO 3166-1 alpha-2."""

    street: Text
    postcode: str
    town: Text
    country: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How a site is reached (IDTA 02002)."""

    part: ClassVar[Part] = Part.CONTACT
    company: Text
    address: Address
    zone: str
    languages: tuple[str, ...] = ()
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on what can be done: a figure between `low` and `high` in `unit` (UCUM), either end open when None."""

    name: str
    label: Text
    low: Decimal | None
    high: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that can be done: the process, its bounds, and the materials it is done to.

    `process` is the code in the vocabulary, `means` the identifier of the same notion elsewhere (IRI or IRDI).
    """

    process: str
    name: Text
    means: str | None = None
    limits: tuple[Limit, ...] = ()
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """All that a site or a resource offers to do (IDTA 02020)."""

    part: ClassVar[Part] = Part.CAPABILITIES
    offered: tuple[Capability, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` (in) to `end` (out), seconds UTC."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Busy:
    """`units` of the resource are taken for `span`; never for what or whom."""

    span: Span
    units: int = 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """The full calendar over `covers`: when work is done, and what of it is taken."""

    part: ClassVar[Part] = Part.CALENDAR
    zone: str
    covers: Span
    capacity: int
    working: tuple[Span, ...]
    busy: tuple[Busy, ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """Free time within `span`, in hours, rounded by its owner."""

    span: Span
    free_hours: Decimal


@dataclass(frozen=True, slots=True)
class FreeTime:
    """Free time in buckets, without saying when within a bucket."""

    part: ClassVar[Part] = Part.FREE_TIME
    zone: str
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class Nameplate:
    """What stands on the plate of a machine or a product (IDTA 02006); `product_uri` leads to it."""

    part: ClassVar[Part] = Part.NAMEPLATE
    product_uri: str
    manufacturer: Text
    designation: Text
    address: Address
    order_code: str
    type_name: str | None = None
    article: str | None = None
    serial: str | None = None
    built: date | None = None
    year: int | None = None
    origin: str | None = None
    facility: str | None = None


@dataclass(frozen=True, slots=True)
class Passport:
    """The head of a digital product passport (IDTA 02099); the other parts of the product are its content."""

    part: ClassVar[Part] = Part.PASSPORT
    passport: str
    product: str
    status: str
    updated: int
    operator: str
    facility: str | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What a component is made of: designation ("42CrMo4"), the standard that defines it, heat and certificate."""

    designation: str
    standard: str | None = None
    heat: str | None = None
    certificate: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A proof of how it was made: what was checked, the result's code, when, and the file's SHA-256 in hex."""

    what: Text
    result: str
    at: int
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class AsBuilt:
    """Which order this is, as configured, of what, and what proves it."""

    part: ClassVar[Part] = Part.AS_BUILT
    order: str
    item: str
    options: tuple[tuple[str, str], ...] = ()
    materials: tuple[Material, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Meter:
    """A reading: name, value, unit (UCUM), and when it was read."""

    name: str
    value: Decimal
    unit: str
    at: int


@dataclass(frozen=True, slots=True)
class Condition:
    """How the product does in use: a code, the words for it, and the last readings."""

    part: ClassVar[Part] = Part.CONDITION
    state: str
    words: Text
    since: int
    meters: tuple[Meter, ...] = ()


@dataclass(frozen=True, slots=True)
class Maintenance:
    """One service: promised for `due`, done at `done` (None: not yet)."""

    what: Text
    due: int
    done: int | None = None


@dataclass(frozen=True, slots=True)
class ServiceContract:
    """Who cares for the product, on what terms (a code: "per-hour"), from when to when, and what was done."""

    part: ClassVar[Part] = Part.SERVICE
    contract: str
    provider: Text
    terms: str
    begins: date
    ends: date | None = None
    services: tuple[Maintenance, ...] = ()


Facts = Contact | Capabilities | Calendar | FreeTime | Nameplate | Passport | AsBuilt | Condition | ServiceContract
