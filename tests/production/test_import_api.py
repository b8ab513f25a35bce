"""A log over HTTP: the file as the body, larger than other bodies may be, and idempotent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from lianzao.network.models import Site
from lianzao.production.models import LogImport
from lianzao.trust.actions import give_token
from lianzao.trust.viewer import Viewer
from tests.cast import Cast
from tests.production.joblog.logs import file, shop


@pytest.fixture
def buyer(cast: Cast) -> Client:
    text, _expires = give_token(user=cast.people["buyer"], hours=1, actor=Viewer())
    return Client(headers={"Authorization": f"Bearer {text}"})


def send(client: Client, data: bytes, *, site: str = "Hall", content_type: str = "text/csv", **headers: str) -> Any:
    return client.post(f"/api/import/joblog?site={site}", data, content_type=content_type, headers=headers)


def test_a_file_makes_a_site_and_is_taken_back(buyer: Client) -> None:
    told = send(buyer, file(shop(10))).json()
    assert told["site"] == "Hall"
    assert told["rows_read"] == 40
    assert send(buyer, file(shop(10))).json() == told
    undone = buyer.post(f"/api/import/{told['import_id']}/undo", content_type="application/json")
    assert undone.json() == {**told, "undone": True}
    assert not Site.objects.filter(name="Hall").exists()


@pytest.mark.parametrize("content_type", ["text/csv", "application/x-www-form-urlencoded"])
def test_a_file_may_be_larger_than_other_bodies(buyer: Client, content_type: str) -> None:
    data = file([{**row, "worker": "W" * 2000} for row in shop(150)])
    assert len(data) > 1 << 20
    answer = send(buyer, data, content_type=content_type)
    assert answer.status_code == 200, answer.content
    assert answer.json()["rows_used"] == 600
    small = buyer.post("/api/promise", data, content_type="application/json")
    assert small.status_code in {400, 413}


def test_a_key_has_one_effect_and_belongs_to_one_request(buyer: Client) -> None:
    key = {"Idempotency-Key": "k-1"}
    told = send(buyer, file(shop(10)), **key)
    assert send(buyer, file(shop(10)), **key).json() == told.json()
    for other in (send(buyer, file(shop(11)), **key), send(buyer, file(shop(10)), site="Hall2", **key)):
        assert other.json()["code"] == "idempotency-key-reused"
    assert LogImport.objects.count() == 1


def test_a_body_over_the_limit_or_a_form_is_refused(buyer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianzao.web.uploads.LARGEST", 1000)
    assert send(buyer, file(shop(20))).status_code == 413
    form = buyer.post("/api/import/joblog?site=Hall", {"file": "x"})
    assert form.json()["code"] == "no-file"
    assert not LogImport.objects.exists()


def test_who_is_not_signed_in_or_only_reads_imports_nothing(cast: Cast) -> None:
    assert send(Client(), file(shop(3))).status_code == 401
    text, _expires = give_token(user=cast.people["machinist"], hours=1, actor=Viewer())
    assert send(Client(headers={"Authorization": f"Bearer {text}"}), file(shop(3))).status_code == 403


def test_a_refusal_is_a_problem_in_the_readers_language(buyer: Client) -> None:
    answer = send(buyer, b"a,b\n1,2\n")
    assert answer.status_code == 422
    assert answer.json()["code"] == "not-a-job-log"
    assert buyer.post("/api/import/joblog", file(shop(3)), content_type="text/csv").status_code == 422


def test_a_log_is_replayed_between_dates(buyer: Client) -> None:
    answer = buyer.post(
        "/api/replay/joblog?from=2021-03-20&to=2021-03-25", file(shop(80)), content_type="text/csv"
    ).json()
    assert 5 <= len(answer["orders"]) <= 13
    assert set(answer["total"]) >= {"scored", "crps30", "rmae30", "calibration", "p80_kept", "reference", "skill"}
    wrong = buyer.post("/api/replay/joblog?from=2021-03-20&to=2021-03-19", file(shop(8)), content_type="text/csv")
    assert wrong.json()["at"] == "to"
    assert not LogImport.objects.exists()


def test_the_operations_are_described(client: Client) -> None:
    paths = json.loads(client.get("/api/openapi.json").content)["paths"]
    body = paths["/api/import/joblog"]["post"]["requestBody"]["content"]
    assert body["text/csv"]["schema"] == {"type": "string", "format": "binary"}
    assert body["text/csv"]["example"].startswith("case,")
