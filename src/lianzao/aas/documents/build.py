"""From facts to AAS objects: the shell of a twin, and each of its parts as a submodel."""

from __future__ import annotations

from dataclasses import dataclass

from aas_core3_1 import types as aas

from lianzao.aas.documents import availability, capability, contact, nameplate, passport, product
from lianzao.aas.documents.elements import OWN, clean, description, meaning, names, present, template
from lianzao.aas.documents.facts import (
    AsBuilt,
    Calendar,
    Capabilities,
    Condition,
    Contact,
    Facts,
    FreeTime,
    Nameplate,
    Passport,
    ServiceContract,
    Text,
    Twin,
)
from lianzao.aas.documents.names import PARTS_OF, Kind, Names, Part, SubmodelId


@dataclass(frozen=True, slots=True)
class Shape:
    """What all submodels of a part share: their meaning, version, and what they are called in each language."""

    semantic: str
    title: Text
    version: str = "1"
    names_template: bool = False

    @property
    def reference(self) -> aas.Reference:
        return template(self.semantic) if self.names_template else meaning(self.semantic)


SHAPES: dict[Part, Shape] = {
    Part.CONTACT: Shape(contact.TEMPLATE, {"zh": "联系信息", "de": "Kontakt", "en": "Contact"}, names_template=True),
    Part.NAMEPLATE: Shape(
        nameplate.TEMPLATE, {"zh": "数字铭牌", "de": "Digitales Typenschild", "en": "Digital nameplate"}, "3"
    ),
    Part.CAPABILITIES: Shape(
        capability.TEMPLATE, {"zh": "加工能力", "de": "Fähigkeiten", "en": "Capabilities"}, names_template=True
    ),
    Part.CALENDAR: Shape(availability.CALENDAR, {"zh": "生产日历", "de": "Betriebskalender", "en": "Calendar"}),
    Part.FREE_TIME: Shape(availability.FREE_TIME, {"zh": "空闲产能", "de": "Freie Zeiten", "en": "Free time"}),
    Part.PASSPORT: Shape(
        passport.TEMPLATE,
        {"zh": "数字产品护照", "de": "Digitaler Produktpass", "en": "Digital product passport"},
        names_template=True,
    ),
    Part.AS_BUILT: Shape(product.AS_BUILT, {"zh": "制造证明", "de": "Herstellnachweis", "en": "As built"}),
    Part.CONDITION: Shape(product.CONDITION, {"zh": "运行状态", "de": "Zustand im Betrieb", "en": "Condition in use"}),
    Part.SERVICE: Shape(product.SERVICE, {"zh": "服务合同", "de": "Servicevertrag", "en": "Service contract"}),
}

ASSET_TYPES: dict[Kind, str] = {kind: f"{OWN}asset:{kind}" for kind in Kind}


def shell(twin: Twin, called: Names) -> aas.AssetAdministrationShell:
    """The shell of `twin`, with references to the parts that are visible."""
    asset_ids = [
        aas.SpecificAssetID(clean(asset_id.name), clean(asset_id.value))
        for asset_id in twin.asset_ids
        if clean(asset_id.name) and clean(asset_id.value)
    ]
    asset = aas.AssetInformation(
        aas.AssetKind.INSTANCE,
        global_asset_id=called.asset(twin.id),
        specific_asset_ids=asset_ids or None,
        asset_type=ASSET_TYPES[twin.id.kind],
    )
    references = [submodel_reference(SubmodelId(twin.id, part), called) for part in twin.parts]
    return aas.AssetAdministrationShell(
        called.shell(twin.id),
        asset,
        id_short=twin.id.id_short,
        display_name=names(twin.name),
        description=description(twin.description),
        submodels=references or None,
    )


def submodel_reference(submodel: SubmodelId, called: Names) -> aas.Reference:
    key = aas.Key(aas.KeyTypes.SUBMODEL, called.submodel(submodel))
    return aas.Reference(aas.ReferenceTypes.MODEL_REFERENCE, [key], SHAPES[submodel.part].reference)


def submodel(id: SubmodelId, facts: Facts, called: Names) -> aas.Submodel:
    """The part `id` of a twin, made of `facts`.

    Raises ValueError when `facts` belong to another part: a calendar must not leave under the name of free time.
    """
    if facts.part is not id.part:
        raise ValueError(f"{facts.part} was given for {id.part}")
    shape = SHAPES[id.part]
    return aas.Submodel(
        called.submodel(id),
        id_short=id.part.value,
        display_name=names(shape.title),
        administration=aas.AdministrativeInformation(version=shape.version, revision="0"),
        kind=aas.ModellingKind.INSTANCE,
        semantic_id=shape.reference,
        submodel_elements=present(*_elements(facts)) or None,
    )


def _elements(facts: Facts) -> list[aas.SubmodelElement | None]:  # noqa: PLR0911 - one line for each kind of facts
    match facts:
        case Contact():
            return contact.contact(facts)
        case Nameplate():
            return nameplate.nameplate(facts)
        case Capabilities():
            return capability.capabilities(facts)
        case Calendar():
            return availability.calendar(facts)
        case FreeTime():
            return availability.free_time(facts)
        case Passport():
            return passport.passport(facts, _passport_content())
        case AsBuilt():
            return product.as_built(facts)
        case Condition():
            return product.condition(facts)
        case ServiceContract():
            return product.service(facts)


def _passport_content() -> tuple[str, ...]:
    return tuple(SHAPES[part].semantic for part in PARTS_OF[Kind.PRODUCT] if part is not Part.PASSPORT)
