"""Requests that no honest buyer sends: each is refused, none is a bare 500."""

from __future__ import annotations

import pytest
from django.test import Client

from lianzao.trust.actions import give_token
from lianzao.trust.queries import NOBODY
from tests.cast import Cast

HOSTILE = (
    '{"item": "\\ud800", "quantity": 1}',
    '{"item": "AXIS", "quantity": 1, "deliver_to": {"country": "DE", "place": "a\\u0000b"}}',
    '{"item": "AXIS", "quantity": 1, "wanted": "9999-12-31"}',
    '{"item": "AXIS", "quantity": 1e999}',
    '{"item": "AXIS", "quantity": NaN}',
    '{"item": "AXIS", "quantity": true}',
    '{"\\udfff": 1}',
    "[" * 5000,
    "",
)


@pytest.mark.parametrize("body", HOSTILE)
@pytest.mark.parametrize("path", ["/api/promise", "/api/quote"])
def test_it_is_refused_with_code_and_what_is_accepted(cast: Cast, path: str, body: str) -> None:
    token, _ = give_token(user=cast.people["buyer"], hours=1, actor=NOBODY)
    answer = Client().post(path, body, "application/json", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] and answer.json()["accepted"]
