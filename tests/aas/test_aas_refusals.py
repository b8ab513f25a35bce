"""What is wrong is refused with the standard's Result, and nothing leaks with it."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from lianzao.aas.documents import Part, SubmodelId
from lianzao.aas.platform import Token
from lianzao.aas.server import encode
from tests.aas.cast import NAMES, SITE, Get, World

SHELL = encode(NAMES.shell(SITE))
SUBMODEL = encode(NAMES.submodel(SubmodelId(SITE, Part.CONTACT)))
TIMESTAMP = re.compile(r"-?\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]00:00)")


def is_result(answer: Any) -> bool:
    """Whether the body is a Result by the standard's schema, with every field of its one message."""
    body = answer.json()
    [message] = body["messages"]
    return (
        answer.headers["content-type"] == "application/json"
        and set(body) == {"messages"}
        and set(message) == {"code", "correlationId", "messageType", "text", "timestamp"}
        and 1 <= len(message["code"]) <= 32
        and 1 <= len(message["correlationId"]) <= 128
        and not re.search(r"\{\w+\}", message["text"])  # every field of the sentence is filled
        and message["messageType"] in ("Undefined", "Info", "Warning", "Error", "Exception")
        and TIMESTAMP.fullmatch(message["timestamp"]) is not None
    )


@pytest.mark.parametrize("limit", ["0", "-1", "1e9", "1000000000", "1001", "", "ten", "１", "0x1", "1" * 5000])
@pytest.mark.parametrize("address", ["/shells", "/submodels", f"/shells/{SHELL}/submodel-refs"])
def test_a_limit_out_of_bounds_is_refused(get: Get, address: str, limit: str) -> None:
    answer = get(address, params={"limit": limit})
    assert answer.status_code == 400
    assert is_result(answer)
    assert "1000" in answer.json()["messages"][0]["text"]


CURSORS = ["garbage", "!", "", "A", encode("42x"), encode("-1"), encode("9" * 30), encode("urn:else"), encode("[" * 99)]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("address", ["/shells", "/submodels", f"/shells/{SHELL}/submodel-refs"])
def test_a_cursor_that_was_not_given_out_is_refused(get: Get, address: str, cursor: str) -> None:
    answer = get(address, params={"cursor": cursor})
    assert answer.status_code == 400
    assert is_result(answer)


def test_a_cursor_of_another_list_is_refused(get: Get) -> None:
    assert get("/submodels", params={"cursor": SHELL}).status_code == 400
    assert get("/shells", params={"cursor": SUBMODEL}).status_code == 400


@pytest.mark.parametrize(
    "identifier", ["!", "A", "%20", "aGk$", "_w", "aGl", "aGk==", "aGk====", "aG+k", "=", "7aCA", "%00", "A" * 5000]
)
@pytest.mark.parametrize("address", ["/shells/{}", "/submodels/{}", "/submodels/{}/$value", "/lookup/shells/{}"])
def test_what_is_not_base64url_is_refused(client: TestClient, address: str, identifier: str) -> None:
    answer = client.get(address.format(identifier))
    assert answer.status_code == 400
    assert is_result(answer)


def test_padding_may_be_there_or_not(client: TestClient) -> None:
    for bare in (SHELL, encode("ab"), encode("abc"), encode("a")):
        padded = bare + "=" * (-len(bare) % 4)
        assert client.get(f"/shells/{padded}").status_code == client.get(f"/shells/{bare}").status_code != 400


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1))
def test_a_hostile_identifier_finds_nothing(client: TestClient, identifier: str) -> None:
    for address in ("/shells/", "/submodels/"):
        answer = client.get(address + encode(identifier))
        assert answer.status_code == (404 if len(encode(identifier)) <= 4096 else 400)
        assert is_result(answer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(["limit", "cursor", "level", "idShort", "semanticId", "assetIds"]), st.text()))
def test_no_query_makes_the_server_fail(client: TestClient, query: dict[str, str]) -> None:
    for address in ("/shells", "/submodels", f"/submodels/{SUBMODEL}"):
        assert client.get(address, params=query).status_code in (200, 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "address",
    ["/shells", f"/shells/{SHELL}", "/submodels", f"/submodels/{SUBMODEL}", f"/submodels/{SUBMODEL}/submodel-elements"],
)
def test_writes_are_not_offered(client: TestClient, world: World, method: str, address: str) -> None:
    answer = client.request(method, address, json={})
    assert answer.status_code == 405
    assert is_result(answer)
    assert "GET" in answer.headers["allow"]
    assert world.asked == []


@pytest.mark.parametrize("address", ["/", "/nothing", "/shells/", "//evil.example/shells"])
def test_other_addresses_are_absent_and_never_redirect(client: TestClient, address: str) -> None:
    answer = client.request("GET", f"http://testserver{address}", follow_redirects=False)
    assert answer.status_code == 404
    assert is_result(answer)


def test_unknown_levels_and_asset_ids_are_refused(get: Get) -> None:
    for query in ({"level": "shallow"}, {"extent": "all"}):
        answer = get(f"/submodels/{SUBMODEL}", params=query)
        assert answer.status_code == 400
        assert is_result(answer)
    for given_id in ("garbage", encode("not json"), encode("[]"), encode(json.dumps({"name": "a"}))):
        answer = get("/shells", params={"assetIds": given_id})
        assert answer.status_code == 400
        assert is_result(answer)
    many = get("/shells", params={"assetIds": [encode('{"name":"a","value":"b"}')] * 21})
    assert many.status_code == 400
    assert is_result(many)
    keyless = get("/submodels", params={"semanticId": encode('{"keys": []}')})
    assert keyless.status_code == 400
    assert is_result(keyless)


def test_a_fault_of_ours_says_nothing_of_its_cause(client: TestClient, world: World) -> None:
    world.broken = True
    answer = client.get("/shells")
    assert answer.status_code == 500
    assert is_result(answer)
    assert "secret" not in answer.text


@pytest.mark.parametrize("header", ["Bearer nobody", "Bearer", "Bearer ", "Basic b3duZXI6", "owner"])
def test_a_token_that_nobody_holds_is_refused(client: TestClient, header: str) -> None:
    answer = client.get("/shells", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert is_result(answer)


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({"Authorization": "bearer owner"}, Token(bearer="owner")),
        ({"Cookie": "sid=owner"}, None),
        ({"Cookie": "sid=owner", "Sec-Fetch-Site": "cross-site"}, None),
        ({"Cookie": "sid=owner", "Sec-Fetch-Site": "same-site"}, None),
        ({"Cookie": "sid=owner", "Sec-Fetch-Site": "same-origin"}, Token(session="owner")),
        ({"Cookie": "other=owner", "Sec-Fetch-Site": "same-origin"}, None),
        (
            {"Cookie": "sid=owner", "Sec-Fetch-Site": "same-origin", "Authorization": "Bearer partner"},
            Token(bearer="partner"),
        ),
    ],
)
def test_the_platform_is_told_who_asks(
    client: TestClient, world: World, headers: dict[str, str], token: Token | None
) -> None:
    client.get("/shells", headers=headers)
    assert world.asked == [token]


def test_a_cookie_does_not_count_for_a_post(client: TestClient, world: World) -> None:
    client.post("/lookup/shellsByAssetLink", json=[], headers={"Cookie": "sid=owner", "Sec-Fetch-Site": "same-origin"})
    assert world.asked == [None]


def test_a_token_does_not_show_its_secret() -> None:
    assert "owner" not in repr(Token(bearer="owner")) + repr(Token(session="owner"))


def test_pages_of_all_origins_may_read_but_never_with_credentials(client: TestClient) -> None:
    for headers in ({}, {"Cookie": "sid=owner"}):
        answer = client.get("/shells", headers={"Origin": "https://evil.example", **headers})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    preflight = client.options(
        "/shells",
        headers={
            "Origin": "https://evil.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        },
    )
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, "*")
