"""What the interface answers to those who read: shells, submodels, elements, values, search."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from aas_core3_1 import jsonization, verification
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from lianzao.aas import create_app
from lianzao.aas.documents import Part, SubmodelId
from lianzao.aas.server import encode
from tests.aas.cast import AXIS, MACHINE, NAMES, SECRET, SITE, Get, World

CALENDAR = NAMES.submodel(SubmodelId(SITE, Part.CALENDAR))
FREE_TIME = NAMES.submodel(SubmodelId(SITE, Part.FREE_TIME))
PLATE = NAMES.submodel(SubmodelId(AXIS, Part.NAMEPLATE))
ABILITIES = NAMES.submodel(SubmodelId(MACHINE, Part.CAPABILITIES))


def pages(get: Get, address: str, limit: int, who: str | None = "owner") -> list[Any]:
    found: list[Any] = []
    query = {"limit": str(limit)}
    while True:
        page = get(address, params=query, who=who).json()
        assert len(page["result"]) <= limit
        found += page["result"]
        if "cursor" not in page["paging_metadata"]:
            return found
        query["cursor"] = page["paging_metadata"]["cursor"]


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize("address", ["/shells", "/submodels"])
@pytest.mark.parametrize("who", ["owner", "partner", None])
def test_pages_of_any_size_join_to_the_same_list(get: Get, address: str, limit: int, who: str | None) -> None:
    whole = get(address, params={"limit": "1000"}, who=who).json()
    assert whole["paging_metadata"] == {}
    assert pages(get, address, limit, who) == whole["result"]
    assert whole["result"]


def test_shells_and_submodels_are_valid_documents(get: Get) -> None:
    for shell in get("/shells").json()["result"]:
        assert not list(verification.verify(jsonization.asset_administration_shell_from_jsonable(shell)))
        assert get("/shells/{}", shell["id"]).json() == shell
        assert get("/shells/{}/asset-information", shell["id"]).json() == shell["assetInformation"]
        assert get("/shells/{}/submodel-refs", shell["id"]).json()["result"] == shell["submodels"]
    for submodel in get("/submodels").json()["result"]:
        assert not list(verification.verify(jsonization.submodel_from_jsonable(submodel)))
        assert get("/submodels/{}", submodel["id"]).json() == submodel


@pytest.mark.parametrize("who", ["owner", "partner", None])
def test_what_shells_refer_to_is_what_may_be_read_and_nothing_else_is(get: Get, who: str | None) -> None:
    referred = [
        reference["keys"][0]["value"]
        for shell in get("/shells", who=who).json()["result"]
        for reference in shell["submodels"]
    ]
    listed = [submodel["id"] for submodel in get("/submodels", who=who).json()["result"]]
    assert listed == referred
    assert all(get("/submodels/{}", id, who=who).status_code == 200 for id in listed)


def test_the_calendar_is_read_by_whom_it_is_granted_only(get: Get) -> None:
    granted = {
        who: {id for id in (CALENDAR, FREE_TIME) if get("/submodels/{}", id, who=who).status_code == 200}
        for who in ("owner", "partner", None)
    }
    assert granted == {"owner": {CALENDAR}, "partner": {FREE_TIME}, None: set()}
    assert "2025-12-01T06:00:00Z" not in get("/submodels", who="partner").text + get("/submodels", who=None).text


def test_hidden_and_nonexistent_answer_alike(get: Get) -> None:
    never = NAMES.shell(SITE).replace("0001", "0009")
    answers = []
    for id in (NAMES.shell(SECRET), never, "urn:else", "' OR 1=1 --", "https://node.example/id/sites/../sites"):
        answer = get("/shells/{}", id, who="partner")
        message = answer.json()["messages"][0]
        headers = {name: text for name, text in answer.headers.items() if name != "content-length"}
        answers.append((answer.status_code, message["code"], message["text"], headers))
    assert answers[0][0] == 404
    assert all(answer == answers[0] for answer in answers)


def test_values_are_bare(get: Get) -> None:
    value = get("/submodels/{}/$value", PLATE).json()
    assert value["SerialNumber"] == "LA-0001"
    assert {"zh": "直线轴"} in value["ManufacturerProductDesignation"]
    calendar = get("/submodels/{}/$value", CALENDAR).json()
    assert calendar["Capacity"] == 2
    assert calendar["WorkingTime"] == [{"min": "2025-12-01T06:00:00Z", "max": "2025-12-01T14:00:00Z"}]
    assert calendar["Busy"][0]["Units"] == 2
    assert "Busy" not in get("/submodels/{}/$value", CALENDAR, params={"level": "core"}).json()


def test_an_element_is_found_by_its_path(get: Get) -> None:
    path = "CapabilitySet.CapabilityContainer__00__.PropertySet.PropertyContainer__00__.PropertyRange"
    found = get(f"/submodels/{{}}/submodel-elements/{path}", ABILITIES).json()
    assert (found["modelType"], found["max"]) == ("Range", "1000")
    content = found["embeddedDataSpecifications"][0]["dataSpecificationContent"]
    assert content["unit"] == "mm"
    units = get("/submodels/{}/submodel-elements/Busy[0].Units", CALENDAR)
    assert units.json()["value"] == "2"
    assert get("/submodels/{}/submodel-elements/Busy[0].Span/$value", CALENDAR).json()["min"] == "2025-12-01T06:00:00Z"
    assert get("/submodels/{}/submodel-elements/Busy%5B0%5D.Units", CALENDAR).json() == units.json()


@pytest.mark.parametrize(
    "path", ["Busy[1]", "Busy[99999999999999999999]", "Nothing", "Busy.Units", "Capacity.X", "Capacity[0]"]
)
def test_no_element_at_a_path_is_absent(get: Get, path: str) -> None:
    assert get(f"/submodels/{{}}/submodel-elements/{path}", CALENDAR).status_code == 404


@pytest.mark.parametrize("path", ["..", "[0]", "a b", "Busy[-1]", "Busy[0]Units", "Busy.", "%00", "工"])
def test_what_is_no_path_is_refused(get: Get, path: str) -> None:
    answer = get(f"/submodels/{{}}/submodel-elements/{path.replace('..', '%2E%2E.')}", CALENDAR)
    assert answer.status_code == 400


def test_elements_come_in_pages_and_cut_to_their_first_level(get: Get) -> None:
    address = f"/submodels/{encode(CALENDAR)}/submodel-elements"
    whole = get(f"/submodels/{encode(CALENDAR)}").json()["submodelElements"]
    assert pages(get, address, 2) == whole
    core = get(address, params={"level": "core"}).json()["result"]
    assert [element["idShort"] for element in core] == [element["idShort"] for element in whole]
    shallow = get(f"/submodels/{encode(CALENDAR)}", params={"level": "core"}).json()["submodelElements"]
    assert [
        element["idShort"] for element in shallow if "value" not in element and element["modelType"] != "Range"
    ] == [
        "WorkingTime",
        "Busy",
    ]


def test_a_capability_has_no_value(get: Get) -> None:
    path = "CapabilitySet.CapabilityContainer__00__.Capability/$value"
    assert get(f"/submodels/{{}}/submodel-elements/{path}", ABILITIES).status_code == 400


def asset(name: str, value: str) -> str:
    return encode(json.dumps({"name": name, "value": value}))


def test_shells_are_found_by_what_others_call_the_asset(get: Get) -> None:
    def found(*asset_ids: str, **more: str) -> list[str]:
        query = {"assetIds": list(asset_ids), **more}
        return [shell["id"] for shell in get("/shells", params=query).json()["result"]]

    serial, whole = asset("serialNumber", "LA-0001"), asset("globalAssetId", NAMES.asset(AXIS))
    assert found(serial) == found(whole) == found(serial, whole) == [NAMES.shell(AXIS)]
    assert found(asset("serialNumber", "LA-0002")) == []
    assert found(whole, asset("serialNumber", "LA-0002")) == []
    assert found(whole, asset("globalAssetId", NAMES.asset(SITE))) == []
    assert found(asset("globalAssetId", "urn:else")) == []
    assert found(idShort=SITE.id_short) == [NAMES.shell(SITE)]
    assert found(serial, idShort=SITE.id_short) == found(idShort="Site_") == []
    hidden = get("/shells", params={"idShort": SECRET.id_short}, who="partner").json()
    assert hidden == get("/shells", params={"idShort": "Nothing"}, who="partner").json()


def test_submodels_are_found_by_meaning_and_name(get: Get) -> None:
    plate = "https://admin-shell.io/idta/nameplate/3/0/Nameplate"
    reference = {"type": "ExternalReference", "keys": [{"type": "GlobalReference", "value": plate}]}
    ids = [NAMES.submodel(SubmodelId(twin, Part.NAMEPLATE)) for twin in (MACHINE, AXIS)]
    for query in (
        {"semanticId": encode(json.dumps(reference))},
        {"semanticId": encode(plate)},
        {"idShort": "Nameplate"},
    ):
        assert [one["id"] for one in get("/submodels", params=query).json()["result"]] == ids
    both = {"semanticId": encode(plate), "idShort": "Calendar"}
    assert get("/submodels", params=both).json()["result"] == []


def test_discovery_finds_shells_by_asset_links(client: TestClient, get: Get) -> None:
    links = get("/lookup/shells/{}", NAMES.shell(AXIS)).json()
    assert {"name": "globalAssetId", "value": NAMES.asset(AXIS)} in links
    plain = [{"name": link["name"], "value": link["value"]} for link in links]
    answer = client.post("/lookup/shellsByAssetLink", json=plain)
    assert answer.json() == {"paging_metadata": {}, "result": [NAMES.shell(AXIS)]}
    for body in ("{}", "[1]", "not json", '[{"name": "a"}]', '[{"name": "a\\u0000", "value": "b"}]', "[" * 60_000):
        refused = client.post("/lookup/shellsByAssetLink", content=body)
        assert refused.status_code == 400, body[:20]
    assert client.post("/lookup/shellsByAssetLink", content=" " * 70_000).status_code == 413


def test_an_unchanged_document_is_not_sent_again(get: Get, client: TestClient) -> None:
    address = f"/submodels/{encode(PLATE)}"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": 'W/"else"'}).status_code == 200
    assert "Authorization" in first.headers["vary"]
    shells = [get("/shells", who=who).headers["etag"] for who in ("owner", "partner", None)]
    assert len(set(shells)) == 3


def test_only_what_is_implemented_is_claimed(client: TestClient) -> None:
    described = client.get("/description").json()
    assert described["profiles"] == ["https://admin-shell.io/aas/API/3/1/DiscoveryServiceSpecification/SSP-002"]
    assert "https://admin-shell.io/aas/API/GetSubmodelById/3/1" in described["operations"]


def test_head_answers_like_get_without_a_body(client: TestClient) -> None:
    head, get = client.head("/shells"), client.get("/shells")
    assert (head.status_code, head.headers["etag"]) == (200, get.headers["etag"])


def test_it_may_be_mounted_below_another_application(world: World) -> None:
    inner = create_app(world, names=NAMES, now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    outer = TestClient(Starlette(routes=[Mount("/aas", inner)]))
    assert outer.get(f"/aas/submodels/{encode(PLATE)}").status_code == 200
    assert outer.get("/aas/nothing").json()["messages"][0]["code"] == "not-found"
