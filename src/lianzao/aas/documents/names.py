"""How twins and their submodels are called: identifiers under one base address, made from references and read back.

An identifier carries what is needed to find the thing it names, so nothing has to be looked up to understand one.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a twin stands for. The order is that of lists."""

    SITE = "sites"
    RESOURCE = "resources"
    PRODUCT = "products"


ID_SHORT_PREFIX: dict[Kind, str] = {Kind.SITE: "Site_", Kind.RESOURCE: "Resource_", Kind.PRODUCT: "Product_"}


class Part(StrEnum):
    """One submodel of a twin; the value is its idShort. The order is that of lists."""

    CONTACT = "ContactInformations"
    NAMEPLATE = "Nameplate"
    CAPABILITIES = "CapabilityDescription"
    CALENDAR = "Calendar"
    FREE_TIME = "FreeTime"
    PASSPORT = "DppMetadata"
    AS_BUILT = "AsBuilt"
    CONDITION = "Condition"
    SERVICE = "ServiceContract"


PARTS_OF: dict[Kind, tuple[Part, ...]] = {
    Kind.SITE: (Part.CONTACT, Part.CAPABILITIES, Part.CALENDAR, Part.FREE_TIME),
    Kind.RESOURCE: (Part.NAMEPLATE, Part.CAPABILITIES, Part.CALENDAR, Part.FREE_TIME),
    Kind.PRODUCT: (Part.NAMEPLATE, Part.PASSPORT, Part.AS_BUILT, Part.CONDITION, Part.SERVICE),
}


@dataclass(frozen=True, slots=True)
class TwinId:
    """A twin, by its kind and the reference of what it stands for."""

    kind: Kind
    ref: uuid.UUID

    @property
    def place(self) -> tuple[int, bytes]:
        """Where the twin stands in lists: by kind, then by reference."""
        return list(Kind).index(self.kind), self.ref.bytes

    @property
    def id_short(self) -> str:
        return ID_SHORT_PREFIX[self.kind] + self.ref.hex


@dataclass(frozen=True, slots=True)
class SubmodelId:
    """One part of a twin."""

    twin: TwinId
    part: Part


class Names:
    """Identifiers under `base`, an absolute address without a slash at its end (`https://node.example/id`).

    The readers answer None for whatever was not made by the writers: another spelling is another identifier.
    """

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")

    def shell(self, twin: TwinId) -> str:
        return f"{self.base}/{twin.kind}/{twin.ref}"

    def asset(self, twin: TwinId) -> str:
        return f"{self.base}/assets/{twin.kind}/{twin.ref}"

    def submodel(self, submodel: SubmodelId) -> str:
        return f"{self.shell(submodel.twin)}/{submodel.part}"

    def read_shell(self, identifier: str) -> TwinId | None:
        return _twin(self._below(identifier, self.base))

    def read_asset(self, identifier: str) -> TwinId | None:
        return _twin(self._below(identifier, self.base + "/assets"))

    def read_submodel(self, identifier: str) -> SubmodelId | None:
        head, _, name = identifier.rpartition("/")
        twin = self.read_shell(head)
        if twin is None or name not in PARTS_OF[twin.kind]:
            return None
        return SubmodelId(twin, Part(name))

    def _below(self, identifier: str, prefix: str) -> str:
        return identifier[len(prefix) + 1 :] if identifier.startswith(prefix + "/") else ""


def read_id_short(text: str) -> TwinId | None:
    """The twin whose shell has the idShort `text`, if any could."""
    for kind, prefix in ID_SHORT_PREFIX.items():
        ref = _uuid(text.removeprefix(prefix))
        if ref is not None and TwinId(kind, ref).id_short == text:
            return TwinId(kind, ref)
    return None


def _twin(path: str) -> TwinId | None:
    kind, _, ref = path.partition("/")
    found = _uuid(ref)
    if kind not in list(Kind) or found is None or str(found) != ref:
        return None
    return TwinId(Kind(kind), found)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
