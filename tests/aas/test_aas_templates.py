"""Where a published template fits, ours says the same by the same names: held against the IDTA's own files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aas_core3_1 import jsonization

from lianzao.aas import documents
from lianzao.aas.documents import Kind, Part, SubmodelId
from tests.aas.cast import AXIS, FACTS, NAMES, SITE

TEMPLATES = Path(__file__).parents[3] / "shared" / "data" / "aas" / "templates"
FILES = {
    Part.CONTACT: "Contact_Information/IDTA_02002-1-0-1_Template_ContactInformation_forAASMetamodelV3.1.json",
    Part.NAMEPLATE: "Digital_nameplate/IDTA_02006-3-0-1_Template_Digital_Nameplate.json",
    Part.CAPABILITIES: "Capability_Description/IDTA_02020_Template_Capability_Description.json",
    Part.PASSPORT: "Digital_Product_Passport/Digital_Product_Passport_Part-1/"
    "IDTA_02099-1_Template_Digital_Product_Passport_-_Part_1.json",
}
pytestmark = pytest.mark.skipif(not TEMPLATES.is_dir(), reason="the IDTA templates do not lie beside the project")


def walk(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield element
    children = element.get("submodelElements") or element.get("value")
    for child in children if isinstance(children, list) else ():
        if "modelType" in child:
            yield from walk(child)


def notion(element: dict[str, Any]) -> str:
    return str(element["semanticId"]["keys"][0]["value"])


@pytest.mark.real
@pytest.mark.parametrize("part", FILES)
def test_elements_have_the_type_and_meaning_that_the_template_gives(part: Part) -> None:
    template = json.loads((TEMPLATES / FILES[part]).read_text())["submodels"][0]
    id = AXIS if part in (Part.NAMEPLATE, Part.PASSPORT) else SITE
    ours = jsonization.to_jsonable(documents.submodel(SubmodelId(id, part), FACTS[id.kind, part], NAMES))
    assert isinstance(ours, dict)
    assert ours["semanticId"] == template["semanticId"]
    assert ours["idShort"] == template["idShort"]
    known = {(notion(element), element["modelType"]) for element in walk(template)}
    if part is Part.NAMEPLATE:  # its address is the contact template's, dropped in
        contact = json.loads((TEMPLATES / FILES[Part.CONTACT]).read_text())["submodels"][0]
        known |= {(notion(element), element["modelType"]) for element in walk(contact)}
    assert {(notion(element), element["modelType"]) for element in walk(dict(ours))} <= known


@pytest.mark.real
@pytest.mark.parametrize("part", FILES)
def test_what_a_template_demands_at_its_first_level_is_there(part: Part) -> None:
    template = json.loads((TEMPLATES / FILES[part]).read_text())["submodels"][0]
    demanded = {
        element["idShort"]
        for element in template["submodelElements"]
        if any(qualifier.get("value") in ("One", "OneToMany") for qualifier in element.get("qualifiers", ()))
    }
    kind = Kind.PRODUCT if part in (Part.NAMEPLATE, Part.PASSPORT) else Kind.SITE
    id = AXIS if kind is Kind.PRODUCT else SITE
    ours = documents.submodel(SubmodelId(id, part), FACTS[kind, part], NAMES)
    assert demanded <= {element.id_short for element in ours.submodel_elements or ()}
