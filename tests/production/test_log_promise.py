"""A promise about a site with an imported log knows what was known at its moment, and nothing later."""

from __future__ import annotations

import json
from itertools import pairwise
from time import perf_counter
from typing import Any

import pytest

from lianzao.base.clock import from_iso
from lianzao.base.refusals import Absent, Refused
from lianzao.production import actions
from lianzao.production.history import forget
from lianzao.production.inquiries import inquire
from lianzao.production.models import LogRow
from lianzao.trade.requests import WrongRequest
from lianzao.trust.viewer import Viewer
from tests.cast import Cast
from tests.production.joblog.logs import file, shop
from tests.production.rates import name_rates

AS_OF = "2021-03-25T12:00:00Z"
REQUEST = {"site": "Hall", "item": "Shaft", "quantity": 10, "as_of": AS_OF}


def ask(viewer: Viewer, **changed: Any) -> dict[str, Any]:
    asked = {name: value for name, value in {**REQUEST, **changed}.items() if value is not None}
    return inquire(json.dumps(asked).encode(), viewer, perf_counter())


def written(answer: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in answer.items() if name != "took_ms"})


@pytest.fixture
def owner(cast: Cast) -> Viewer:
    forget()
    viewer = cast.viewer("buyer")
    actions.import_log(file(shop(80)), "Hall", viewer)
    return viewer


def test_it_says_dates_the_way_and_why(owner: Viewer) -> None:
    answer = ask(owner)
    assert answer["kind"] == "inquiry"
    assert "price" not in answer
    assert AS_OF < answer["p50"] < answer["p90"] == answer["promised"]
    assert [(row["operation"], row["site"], row["resource"]) for row in answer["operations"]] == [
        ("Turning", "Hall", "Lathe 1"),
        ("Final Inspection Q.C.", "Hall", "Inspectors"),
        ("Packing", "Hall", "Packing"),
    ]
    reason = answer["reason"]
    assert {row["because"] for row in reason} == {"queue", "set-up", "work"}
    assert (reason[0]["from"], reason[-1]["to"]) == (AS_OF, answer["ready"])
    assert all(before["to"] == after["from"] for before, after in pairwise(reason))


def test_deleting_every_later_row_leaves_the_answer_equal(owner: Viewer) -> None:
    before = written(ask(owner))
    deleted, _ = LogRow.objects.filter(known_at__gt=from_iso(AS_OF)).delete()
    forget()
    assert deleted > 0
    assert written(ask(owner)) == before


def test_shuffling_every_later_row_leaves_the_answer_equal(owner: Viewer) -> None:
    before = written(ask(owner))
    later = list(LogRow.objects.filter(known_at__gt=from_iso(AS_OF)).order_by("id"))
    for row, other in zip(later, reversed(list(later)), strict=True):
        row.part, row.resource, row.activity = f"No {other.part}", other.activity, other.resource
        row.known_at, row.quantity, row.good = other.known_at, other.quantity + 1, other.good * 3
    LogRow.objects.bulk_update(later, ["part", "resource", "activity", "known_at", "quantity", "good"])
    forget()
    assert written(ask(owner)) == before


def test_a_file_that_ends_at_that_moment_gives_the_same_answer(owner: Viewer) -> None:
    before = ask(owner)
    imported = actions.import_log(file(shop(80)), "Hall", owner)
    actions.undo(imported["import_id"], owner)
    actions.import_log(
        file([row for row in reversed(shop(80)) if row["finish"] <= AS_OF.replace("T", " ")]), "Hall", owner
    )
    assert written(ask(owner)) == written(before)


def test_a_part_not_told_of_by_then_is_refused_with_those_that_are(owner: Viewer) -> None:
    with pytest.raises(Absent) as refused:
        ask(owner, item="Gear")
    assert refused.value.facts["parts"] == "Housing, Shaft"
    with pytest.raises(Absent):
        ask(owner, as_of="2021-02-01T00:00:00Z")


def test_without_a_moment_it_is_asked_now(owner: Viewer) -> None:
    assert ask(owner, as_of=None)["promised"] > "2026"


@pytest.mark.parametrize(
    "changed",
    [
        {"as_of": "9999-12-31T00:00:00Z"},
        {"as_of": "2021-02-30T00:00:00Z"},
        {"quantity": 0},
        {"options": {"colour": "red"}},
        {"deliver_to": {"country": "BR", "place": "Manaus"}},
    ],
)
def test_what_a_log_cannot_answer_is_refused(owner: Viewer, changed: dict[str, Any]) -> None:
    with pytest.raises(WrongRequest):
        ask(owner, **changed)


def test_transport_to_the_buyer_comes_after_the_work(owner: Viewer) -> None:
    there = ask(owner, deliver_to={"country": "CN", "place": "Suzhou"})
    here = ask(owner)
    assert there["ready"] == here["ready"]
    assert from_iso(there["p90"]) - from_iso(here["p90"]) == 5 * 86_400
    assert [row["because"] for row in there["reason"][-2:]] == ["transport", "customs"]


def test_only_who_sees_the_items_of_the_site_is_answered(owner: Viewer, cast: Cast) -> None:
    for name in ("rival", "operator"):
        with pytest.raises(Refused):
            ask(cast.viewer(name))
        with pytest.raises(Absent):
            ask(cast.viewer(name), as_of=None)


def test_a_price_is_named_where_the_owner_has_said_its_rates(cast: Cast) -> None:
    forget()
    viewer = cast.viewer("assembler")
    actions.import_log(file(shop(80)), "Hall", viewer)
    assert "price" not in ask(viewer, as_of=None)
    name_rates("assembler", "Hall")
    assert ask(viewer, as_of=None)["price"]["currency"] == "EUR"
    assert "price" not in ask(viewer)
