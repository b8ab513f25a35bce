"""Products in use over HTTP, with a token."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from lianzao.aftercare.models import MeterReading, Need, Product
from lianzao.base import clock
from lianzao.trust.actions import give_token
from tests.aftercare.life import DAY, Life


@pytest.fixture
def client(life: Life, product: Product) -> Client:
    token, _expires = give_token(user=life.cast.people["buyer"], hours=1, actor=life.cast.viewer("buyer"))
    return Client(headers={"Authorization": f"Bearer {token}"})


def csv(product: Product) -> str:
    return f"serial,at,hours\n{product.serial},{clock.iso(product.delivered_at + 50 * DAY)},510\n"


def send(client: Client, path: str, body: object, key: str = "") -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    kind = "text/csv" if isinstance(body, str) else "application/json"
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api{path}", text, content_type=kind, headers=headers)


def test_readings_are_sent_once_under_a_key(client: Client, product: Product) -> None:
    first, again = (send(client, "/meter", csv(product), key="k1") for _ in range(2))
    assert first.status_code == 200 and first.json() == again.json()
    assert first.json()["maintenance"][0]["state"] == "booked"
    assert MeterReading.objects.count() == 1


def test_what_is_no_file_of_readings_is_a_problem(client: Client) -> None:
    answer = send(client, "/meter", "a,b\n1,2\n")
    assert (answer.status_code, answer.json()["code"]) == (422, "not-meter-readings")


def test_passport_list_and_statement_answer(client: Client, product: Product) -> None:
    send(client, "/meter", csv(product))
    shown = client.get(f"/api/passport/{product.serial}").json()
    assert shown["product"] == str(product.ref)
    [listed] = client.get("/api/products").json()
    assert listed["serial"] == product.serial
    for head in shown["statements"]:
        stated = client.get(f"/api/products/{product.ref}/statements/{head['month']}").json()
        assert {name: stated[name] for name in head} == head
    assert client.get(f"/api/products/{product.ref}/statements/1999-01").json()["code"] == "no-statement"


def test_a_need_is_reported_once_and_becomes_a_request(client: Client, product: Product) -> None:
    body = {"text": "The shaft is worn.", "kind": "spare", "item": "SHAFT"}
    first, again = (send(client, f"/products/{product.ref}/needs", body, key="n1") for _ in range(2))
    assert first.status_code == 200 and first.json() == again.json()
    need = Need.objects.get()
    assert client.get(f"/api/needs/{need.ref}/request").json() == first.json()["request"]
    quoted = send(client, "/quote", first.json()["request"]).json()
    answered = send(client, f"/needs/{need.ref}/answer", {"quote": quoted["ref"]}).json()
    assert (answered["state"], answered["quote"]) == ("answered", quoted["ref"])
    assert client.get("/api/needs").json() == [answered]


@pytest.mark.parametrize(
    "body", [{"text": 5}, {"text": "x", "quantity": "2"}, {"text": "x", "quantity": True}, [], "{"]
)
def test_a_malformed_need_is_refused(client: Client, product: Product, body: object) -> None:
    assert send(client, f"/products/{product.ref}/needs", body).json()["code"] == "malformed"


def test_done_is_reported_by_the_provider_only(client: Client, product: Product) -> None:
    job = send(client, "/meter", csv(product)).json()["maintenance"][0]["job"]
    assert send(client, f"/maintenance/{job}/done", {}).status_code == 403


def test_without_a_token_there_is_no_answer(product: Product) -> None:
    assert Client().get(f"/api/passport/{product.ref}").status_code == 401
