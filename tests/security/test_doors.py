"""Every door: no model without one, no route open that should not be, nothing of one member for another."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lianzao.ledger.receipts import HEADER
from lianzao.production import actions as production
from lianzao.production.decisions import Report
from lianzao.trade import actions
from lianzao.trade.models import Order
from lianzao.trade.requests import as_request
from lianzao.trust.actions import give_token
from lianzao.trust.levels import Level
from lianzao.trust.queries import NOBODY
from tests.cast import REQUEST, Cast

BELOW_THE_VIEWER = {"web", "ledger"}  # these rooms do not know him; trust shows their rows
OPEN_TO_ALL = {"", "favicon.ico", "healthz", "login", "logout", "api/openapi.json", "api/docs", "api/docs/"}
ROLES = ("buyer", "rival", "miller", "assembler", "machinist", "operator")


def test_every_model_has_its_door() -> None:
    rooms = [config for config in apps.get_app_configs() if config.name.startswith("lianzao.")]
    models = [model for room in rooms if room.label not in BELOW_THE_VIEWER for model in room.get_models()]
    assert models
    assert [model.__name__ for model in models if not hasattr(model._default_manager, "visible_to")] == []


def test_no_door_opens_for_nobody_by_default(cast: Cast) -> None:
    public = {"Process", "Material", "CertificateKind", "Family", "Item", "BomLine", "Step", "Lane", "PublicRate"}
    for config in apps.get_app_configs():
        if not config.name.startswith("lianzao.") or config.label in BELOW_THE_VIEWER:
            continue
        for model in config.get_models():
            if model.__name__ in public or "network" in model.__module__ or "capacity" in model.__module__:
                continue  # shown by their owners to everyone in this cast
            assert not model._default_manager.visible_to(NOBODY).exists(), model


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def concrete(route: str) -> str:
    return re.sub(r"<[^>]+>", str(uuid.uuid4()), route)


ALL = sorted(set(routes(get_resolver("lianzao.node.urls").url_patterns)))


@pytest.mark.parametrize("route", [route for route in ALL if route not in OPEN_TO_ALL])
def test_nobody_gets_in_without_signing_in(cast: Cast, route: str) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)("/" + concrete(route))
        sent_away = answer.status_code == 302 and "/login" in answer["Location"]
        assert sent_away or answer.status_code in {401, 403, 404, 405}, (route, method, answer.status_code)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", [route for route in ALL if "<" in route])
def test_what_is_not_there_answers_like_what_is_hidden(cast: Cast, route: str, role: str) -> None:
    client = Client()
    client.force_login(cast.people[role])
    answer = client.get("/" + concrete(route))
    assert answer.status_code in {302, 403, 404, 405, 422}, (route, answer.status_code)


def tokens(cast: Cast) -> dict[str, dict[str, str]]:
    return {
        role: {"Authorization": f"Bearer {give_token(user=cast.people[role], hours=1, actor=NOBODY)[0]}"}
        for role in ROLES
    }


@pytest.fixture
def order(cast: Cast) -> Order:
    quote = actions.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))
    return actions.accept(ref=str(quote.ref), viewer=cast.viewer("buyer"))


def test_an_order_is_seen_by_its_buyer_and_seller_only(cast: Cast, order: Order) -> None:
    headers = tokens(cast)
    seen = {role: Client().get(f"/api/orders/{order.ref}", headers=headers[role]).status_code for role in ROLES}
    assert seen == {"buyer": 200, "assembler": 200, "rival": 404, "miller": 404, "machinist": 404, "operator": 404}


def test_a_supplier_sees_its_share_and_not_the_price_of_the_whole(cast: Cast, order: Order) -> None:
    found = Client().get("/api/orders", headers=tokens(cast)["miller"]).json()
    assert [row["kind"] for row in found] == ["sub-order"]
    assert found[0]["net"] != str(order.net)
    assert {job["operation"] for job in found[0]["jobs"] if job["kind"] == "work"} == {"AXIS/PLATE/10"}


def test_a_buyer_does_not_see_the_sub_orders(cast: Cast, order: Order) -> None:
    found = Client().get(f"/api/orders/{order.ref}", headers=tokens(cast)["buyer"]).json()
    assert "sub_orders" not in found


def test_rivals_and_the_operator_cannot_act_on_it(cast: Cast, order: Order) -> None:
    headers, job = tokens(cast), order.jobs.get(key="AXIS/PLATE/10")
    for role in ("rival", "operator", "buyer"):
        report = Client().post(f"/api/report/{job.ref}", {"event": "start"}, "application/json", headers=headers[role])
        assert report.status_code == 404
    for role in ("rival", "operator", "miller", "assembler"):
        assert Client().post(f"/api/cancel/{order.ref}", headers=headers[role]).status_code in {403, 404}


def test_a_session_needs_its_csrf_token_and_a_token_does_not(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["buyer"])
    assert client.post("/api/quote", REQUEST, "application/json").status_code == 403
    answer = Client(enforce_csrf_checks=True).post(
        "/api/quote", REQUEST, "application/json", headers=tokens(cast)["buyer"]
    )
    assert answer.status_code == 200
    assert answer[HEADER]


def test_a_key_has_one_effect_and_rights_are_asked_again(cast: Cast) -> None:
    headers = tokens(cast)
    send = {"Idempotency-Key": "once"} | headers["buyer"]
    first = Client().post("/api/quote", REQUEST, "application/json", headers=send)
    again = Client().post("/api/quote", REQUEST, "application/json", headers=send)
    assert first.json()["ref"] == again.json()["ref"]
    other = Client().post("/api/quote", REQUEST | {"quantity": 5}, "application/json", headers=send)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert (
        Client().post("/api/quote", REQUEST, "application/json", headers={"Idempotency-Key": "once"}).status_code == 401
    )


def test_a_machinist_reports_on_its_own_firm_only(cast: Cast, order: Order) -> None:
    turn = order.jobs.get(key="AXIS/SHAFT/10")
    with pytest.raises(Exception, match="nothing here"):
        production.report(ref=str(turn.ref), report=Report("start"), viewer=cast.viewer("machinist"))


@pytest.mark.parametrize(
    ("method", "path", "code"), [("get", "/api/nothing", "not-found"), ("put", "/api/quote", "wrong-method")]
)
def test_what_the_api_does_not_have_is_a_problem_too(cast: Cast, method: str, path: str, code: str) -> None:
    answer = getattr(Client(), method)(path, headers=tokens(cast)["buyer"])
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == code


def test_the_seller_sees_a_suppliers_machine_only_where_it_is_shown(cast: Cast, order: Order) -> None:
    cast.disclose("miller", Level.ANSWERS_ONLY)
    found = Client().get(f"/api/orders/{order.ref}", headers=tokens(cast)["assembler"]).json()
    jobs = {job["operation"]: job for job in found["jobs"]}
    assert "resource" in jobs["AXIS/SHAFT/10"]
    assert "resource" not in jobs["AXIS/PLATE/10"]
    assert jobs["AXIS/PLATE/10"]["starts"].endswith("T00:00:00Z")
