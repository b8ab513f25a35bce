"""What a site or a resource can do: IDTA 02020 Capability Description."""

from collections.abc import Iterator

from aas_core3_1 import types as aas

from lianzao.aas.documents.elements import OWN, XSD, clean, group, meaning, measured, names, plain, value, words
from lianzao.aas.documents.facts import Capabilities, Capability, Limit

TEMPLATE = "https://admin-shell.io/idta/SubmodelTemplate/CapabilityDescription/1/0"
NOTION = "https://admin-shell.io/idta/CapabilityDescription/{}/1/0"
RANGE = "https://admin-shell.io/idta/CapabilityPropertyEnumType/Range/1/0"
PROPERTY = "https://admin-shell.io/idta/CapabilityPropertyType/Property/1/0"


def capabilities(facts: Capabilities) -> list[aas.SubmodelElement | None]:
    containers = [_container(n, capability) for n, capability in enumerate(facts.offered)]
    return [group("CapabilitySet", NOTION.format("CapabilitySet"), *containers)]


def _container(n: int, capability: Capability) -> aas.SubmodelElementCollection | None:
    process = clean(capability.process)
    notions = [meaning(f"{OWN}process:{process}")] if process else []
    if elsewhere := clean(capability.means or ""):
        notions.append(meaning(elsewhere))
    offer = aas.Capability(
        id_short="Capability",
        display_name=names(capability.name),
        semantic_id=meaning(NOTION.format("Capability")),
        supplemental_semantic_ids=notions or None,
    )
    return group(
        f"CapabilityContainer__{n:02d}__",
        NOTION.format("CapabilityContainer"),
        offer,
        words("CapabilityComment", NOTION.format("CapabilityComment"), capability.name),
        group("PropertySet", NOTION.format("PropertySet"), *_properties(capability)),
    )


def _properties(capability: Capability) -> Iterator[aas.SubmodelElementCollection | None]:
    figures: list[aas.SubmodelElement] = [_range(limit) for limit in capability.limits]
    comments = [words("PropertyComment", NOTION.format("PropertyComment"), limit.label) for limit in capability.limits]
    for material in capability.materials:
        named = value("PropertyProperty", PROPERTY, material)
        if named is not None:
            named.supplemental_semantic_ids = [meaning(f"{OWN}material")]
            figures.append(named)
            comments.append(None)
    for n, (figure, comment) in enumerate(zip(figures, comments, strict=True)):
        yield group(f"PropertyContainer__{n:02d}__", NOTION.format("PropertyContainer"), figure, comment)


def _range(limit: Limit) -> aas.Range:
    return aas.Range(
        XSD.DECIMAL,
        id_short="PropertyRange",
        display_name=names(limit.label),
        semantic_id=meaning(RANGE),
        supplemental_semantic_ids=[meaning(f"{OWN}limit:{clean(limit.name)}")],
        embedded_data_specifications=measured(limit.name, limit.label, limit.unit),
        min=None if limit.low is None else plain(limit.low),
        max=None if limit.high is None else plain(limit.high),
    )
