"""Answers keep to the schemas that the IDTA publishes with the interface."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from lianzao.aas.server import encode
from tests.aas.cast import NAMES, SITE, Get

jsonschema_rs = pytest.importorskip("jsonschema_rs")
OPENAPI = Path(__file__).parents[3] / "shared" / "data" / "aas" / "openapi"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not OPENAPI.is_dir(), reason="the interface's files do not lie beside the project"),
]
FILES = ("Part1-MetaModel-Schemas.yaml", "Part2-API-Schemas.yaml")


def local(schema: Any) -> Any:
    """The schema with its references turned to one place, without the UTF-16 patterns that no validator reads."""
    if isinstance(schema, list):
        return [local(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: local(part) for key, part in schema.items() if key not in ("example", "discriminator")}
    if "$ref" in kept:
        kept["$ref"] = "#/$defs/" + kept["$ref"].rpartition("/")[2]
    if "ud7ff" in str(kept.get("pattern", "")):
        del kept["pattern"]
    return kept


@pytest.fixture(scope="module")
def definitions() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for file in FILES:
        found |= local(yaml.safe_load((OPENAPI / file).read_text())["components"]["schemas"])
    return found


def test_answers_keep_to_the_published_schemas(get: Get, definitions: dict[str, Any]) -> None:
    def wrong(name: str, body: Any) -> list[str]:
        validator = jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": definitions})
        return [error.message for error in validator.iter_errors(body)]

    def keeps(name: str, address: str) -> None:
        assert wrong(name, get(address).json()) == [], address

    assert wrong("Submodel", {"modelType": "Submodel"}) != []
    keeps("GetAssetAdministrationShellsResult", "/shells")
    keeps("GetSubmodelsResult", "/submodels?limit=2")
    keeps("ServiceDescription", "/description")
    keeps("Result", "/nothing")
    keeps("Result", "/shells/!")
    keeps("GetReferencesResult", f"/shells/{encode(NAMES.shell(SITE))}/submodel-refs")
    for submodel in get("/submodels").json()["result"]:
        address = f"/submodels/{encode(submodel['id'])}"
        keeps("Submodel", address)
        keeps("SubmodelValue", f"{address}/$value")
        keeps("GetSubmodelElementsResult", f"{address}/submodel-elements")
