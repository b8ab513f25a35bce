"""The page at the root: everyone comes to his own place."""

from __future__ import annotations

import pytest
from django.test import Client

from lianzao.node.counts import counts
from lianzao.trade import actions
from lianzao.trade.models import Order
from lianzao.trade.requests import as_request
from lianzao.trust.models import Organisation
from tests.cast import REQUEST, Cast


def client(cast: Cast, name: str, language: str = "en") -> Client:
    made = Client(headers={"Accept-Language": language})
    made.force_login(cast.people[name])
    return made


@pytest.mark.parametrize(
    ("name", "goal"),
    [("buyer", "/catalogue"), ("rival", "/catalogue"), ("miller", "/today"), ("machinist", "/today")],
)
def test_people_are_sent_to_their_work(cast: Cast, name: str, goal: str) -> None:
    assert client(cast, name).get("/").headers["Location"] == goal


@pytest.mark.parametrize("language", ["zh-hans", "de", "en"])
def test_a_stranger_learns_what_this_is_and_may_sign_in(db: None, language: str) -> None:
    shown = Client(headers={"Accept-Language": language}).get("/")
    text = shown.content.decode()
    assert shown.status_code == 200
    assert all(f'href="/login?lang={code}"' in text for code in ("zh-hans", "de", "en"))
    assert all(word in text for word in ("登录", "Anmelden", "Sign in"))


def test_a_stranger_sees_no_firm(cast: Cast) -> None:
    text = Client().get("/").content.decode()
    assert not any(name in text for name in Organisation.objects.values_list("name", flat=True))


def test_the_operator_sees_how_many_and_nothing_of_whom(cast: Cast) -> None:
    buyer = cast.viewer("buyer")
    quote = actions.quote(request=as_request(REQUEST), viewer=buyer)
    actions.accept(ref=str(quote.ref), viewer=buyer)
    text = client(cast, "operator").get("/").content.decode()
    assert "Nothing has been delivered yet." in text
    assert quote.promise["price"]["net"] not in text
    assert not any(f">{name}<" in text or f" {name} works" in text for name in cast.firms)


def test_the_funnel_counts_what_was_delivered_on_time(cast: Cast) -> None:
    buyer = cast.viewer("buyer")
    for late in (-1, 1):
        quote = actions.quote(request=as_request(REQUEST), viewer=buyer)
        order = actions.accept(ref=str(quote.ref), viewer=buyer)
        Order.objects.filter(id=order.id).update(state="delivered", delivered_at=order.promised + late)
    actions.quote(request=as_request(REQUEST), viewer=buyer)
    Organisation.objects.filter(name="miller").update(simulated=True)
    found = counts()
    assert (found.members, found.simulated, found.sites) == (Organisation.objects.count(), 1, 3)
    assert (found.quoted, found.promised, found.delivered, found.on_time) == (3, 2, 2, 1)
    assert found.kept == 0.5
    shown = client(cast, "operator").get("/").content.decode()
    assert "1 of 2 deliveries was on time." in shown
    assert "is invented" in shown


def test_no_one_may_post_to_it(cast: Cast) -> None:
    assert client(cast, "buyer").post("/").status_code == 405
