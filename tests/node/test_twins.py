"""Twins of the platform's own sites, resources and products: valid documents, and to each asker what he is granted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from aas_core3_1 import jsonization, verification
from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client

from lianzao.aas.documents import Kind, Part, SubmodelId, TwinId
from lianzao.aas.server import answers, encode
from lianzao.aftercare.models import Product
from lianzao.base import clock
from lianzao.capacity.models import Booking
from lianzao.network.models import Resource, Site
from lianzao.node.twins import askers, twins
from lianzao.node.twins.naming import NAMES
from lianzao.trust.actions import give_token
from lianzao.trust.levels import Level
from lianzao.trust.models import Disclosure, Organisation
from tests.aftercare.life import Life
from tests.cast import Cast

HOUR, DAY = 3600, 86_400
MONDAY = 1_796_601_600  # 2026-12-07 00:00 UTC
Ask = Callable[..., Any]


@pytest.fixture
def life(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Life:
    return Life.begin(cast, monkeypatch)


@pytest.fixture
def ask(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks the server as somebody of the cast, or nobody; its reads see the test's open transaction."""
    monkeypatch.setattr(answers, "run_in_threadpool", lambda read: sync_to_async(read)())
    monkeypatch.setattr(askers, "close_old_connections", lambda: None)  # it would close the test's own

    def asking(path: str, who: str | None = None, *ids: str, **more: Any) -> httpx.Response:
        headers = dict(more.pop("headers", {}))
        if who is not None:
            token, _expires = give_token(user=cast.people[who], hours=1, actor=cast.viewer(who))
            headers["Authorization"] = f"Bearer {token}"

        async def get() -> httpx.Response:
            transport = httpx.ASGITransport(app=twins)
            async with httpx.AsyncClient(transport=transport, base_url="https://testserver") as client:
                return await client.get(path.format(*map(encode, ids)), headers=headers, **more)

        return async_to_sync(get)()

    return asking


def listed(ask: Ask, what: str, who: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(f"/{what}", who, params={"limit": 1000}).json()["result"]
    return found


def site(name: str) -> TwinId:
    return TwinId(Kind.SITE, Site.objects.get(organisation__name=name).ref)


def machine(name: str) -> TwinId:
    return TwinId(Kind.RESOURCE, Resource.objects.get(work_centre__site__organisation__name=name).ref)


def read(ask: Ask, who: str | None, twin: TwinId, part: Part) -> httpx.Response:
    found: httpx.Response = ask("/submodels/{}/$value", who, NAMES.submodel(SubmodelId(twin, part)))
    return found


def book(resource: Resource, start: int, hours: float) -> None:
    Booking.objects.create(
        resource=resource, starts=start, ends=start + int(hours * HOUR), kind="own", booked_at=start - DAY
    )


def test_every_twin_is_a_valid_document_and_lists_what_may_be_read(life: Life, ask: Ask) -> None:
    product = life.delivered()
    life.read(product, [(1, 10)])
    for who in ("miller", "assembler", "buyer", None):
        shells, submodels = listed(ask, "shells", who), listed(ask, "submodels", who)
        for shell in shells:
            assert not list(verification.verify(jsonization.asset_administration_shell_from_jsonable(shell)))
        for submodel in submodels:
            assert not list(verification.verify(jsonization.submodel_from_jsonable(submodel)))
        referred = {reference["keys"][0]["value"] for shell in shells for reference in shell["submodels"]}
        assert referred == {submodel["id"] for submodel in submodels}
        kinds = {shell["assetInformation"]["assetType"].rpartition(":")[2] for shell in shells}
        assert kinds == {"sites", "resources"} | ({"products"} if who in ("assembler", "buyer") else set())


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_join_to_the_whole_in_the_order_of_kinds_and_references(life: Life, ask: Ask, limit: int) -> None:
    life.delivered()
    whole = [shell["id"] for shell in listed(ask, "shells", "buyer")]
    assert whole == [NAMES.shell(id) for id in sorted(map(_twin, whole), key=lambda id: id.place)]
    found: list[str] = []
    query: dict[str, Any] = {"limit": limit}
    while True:
        page = ask("/shells", "buyer", params=query).json()
        found += [shell["id"] for shell in page["result"]]
        if "cursor" not in page["paging_metadata"]:
            break
        query["cursor"] = page["paging_metadata"]["cursor"]
    assert found == whole


def _twin(identifier: str) -> TwinId:
    found = NAMES.read_shell(identifier)
    assert found is not None
    return found


def test_the_level_an_owner_grants_decides_between_calendar_buckets_and_neither(cast: Cast, ask: Ask) -> None:
    shown = {}
    for level in (Level.FULL_CALENDAR, Level.FREE_TIME_BUCKETS, Level.ANSWERS_ONLY):
        cast.disclose("miller", level)
        shown[level] = [
            read(ask, "rival", site("miller"), Part.CALENDAR).status_code,
            read(ask, "rival", site("miller"), Part.FREE_TIME).status_code,
            read(ask, "rival", machine("miller"), Part.CALENDAR).status_code,
            read(ask, "rival", site("miller"), Part.CAPABILITIES).status_code,
        ]
    assert shown == {
        Level.FULL_CALENDAR: [200, 404, 200, 200],
        Level.FREE_TIME_BUCKETS: [404, 200, 404, 200],
        Level.ANSWERS_ONLY: [404, 404, 404, 200],
    }
    assert read(ask, "miller", site("miller"), Part.CALENDAR).status_code == 200


def test_who_is_granted_nothing_sees_nothing_and_the_owner_all(cast: Cast, ask: Ask) -> None:
    Disclosure.objects.filter(owner=cast.firms["miller"]).delete()
    own = {NAMES.shell(site("miller")), NAMES.shell(machine("miller"))}
    for who in ("rival", "operator", None):
        assert not own & {shell["id"] for shell in listed(ask, "shells", who)}
        hidden = ask("/shells/{}", who, NAMES.shell(site("miller")))
        nowhere = ask("/shells/{}", who, NAMES.shell(TwinId(Kind.SITE, machine("miller").ref)))
        assert hidden.status_code == nowhere.status_code == 404
        assert hidden.json()["messages"][0]["text"] == nowhere.json()["messages"][0]["text"]
    assert own <= {shell["id"] for shell in listed(ask, "shells", "machinist")}


def test_free_time_is_whole_hours_a_local_day_from_tomorrow_on(
    cast: Cast, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "seconds", lambda: MONDAY + 3 * HOUR)
    cast.disclose("miller", Level.FREE_TIME_BUCKETS)
    pool = Resource.objects.get(work_centre__site__organisation=cast.firms["miller"])
    tuesday = MONDAY + DAY - 8 * HOUR  # midnight in Suzhou
    book(pool, tuesday + 10 * HOUR, 1.5)
    book(pool, tuesday + 22 * HOUR, 4)  # beyond the shift: takes no working time
    buckets = read(ask, "rival", site("miller"), Part.FREE_TIME).json()["Buckets"]
    assert len(buckets) == 56
    assert buckets[0]["Span"] == {"min": clock.iso(tuesday), "max": clock.iso(tuesday + DAY)}
    assert [bucket["FreeHours"] for bucket in buckets[:6]] == [22, 24, 24, 24, 0, 0]  # two machines, 7 to 19


def test_a_full_calendar_tells_what_is_taken_but_never_for_whom(
    cast: Cast, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "seconds", lambda: MONDAY + 100)
    turner = Resource.objects.get(work_centre__site__organisation=cast.firms["turner"])
    book(turner, MONDAY - HOUR, 3)
    calendar = read(ask, None, machine("turner"), Part.CALENDAR).json()
    assert calendar["Covers"]["min"] == clock.iso(MONDAY + HOUR)
    assert calendar["Busy"] == [
        {"Span": {"min": clock.iso(MONDAY + HOUR), "max": clock.iso(MONDAY + 2 * HOUR)}, "Units": 1}
    ]
    assert calendar["WorkingTime"][0] == {"min": clock.iso(MONDAY + HOUR), "max": clock.iso(MONDAY + 11 * HOUR)}
    assert read(ask, None, site("turner"), Part.CALENDAR).json()["Busy"] == calendar["Busy"]


def test_who_does_not_show_its_name_is_a_place_without_one(cast: Cast, ask: Ask) -> None:
    Organisation.objects.filter(name="miller").update(named_to=Organisation.Named.MEMBERS)
    cast.disclose("miller", Level.ANSWERS_ONLY)
    assert read(ask, "rival", site("miller"), Part.CONTACT).json()["ContactInformation"]["Company"] == [
        {"zh": "miller"}
    ]
    shell = ask("/shells/{}", None, NAMES.shell(site("miller")))
    assert shell.json()["displayName"] == [{"language": "zh", "text": "Suzhou, CN"}]
    assert read(ask, None, site("miller"), Part.CONTACT).status_code == 404
    assert "miller" not in shell.text + ask("/submodels").text


def test_a_token_is_somebody_and_a_wrong_one_is_refused(cast: Cast, ask: Ask) -> None:
    cast.disclose("miller", Level.NOTHING)
    assert ask("/shells/{}", "miller", NAMES.shell(site("miller"))).status_code == 200
    refused = ask("/shells", headers={"Authorization": "Bearer nobody's"})
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"


def test_a_session_counts_for_pages_of_the_same_origin_only(cast: Cast, ask: Ask) -> None:
    cast.disclose("miller", Level.NOTHING)
    browser = Client()
    browser.force_login(cast.people["miller"])
    cookie = f"__Host-session={browser.cookies['__Host-session'].value}"

    def status(origin: str, cookie: str = cookie) -> int:
        headers = {"Cookie": cookie, "Sec-Fetch-Site": origin}
        found: int = ask("/shells/{}", None, NAMES.shell(site("miller")), headers=headers).status_code
        return found

    assert [status(origin) for origin in ("same-origin", "same-site", "cross-site", "none")] == [200, 404, 404, 404]
    assert status("same-origin", "__Host-session=unknown") == 404
    cast.people["miller"].is_active = False
    cast.people["miller"].save()
    assert status("same-origin") == 404


def test_a_product_is_seen_by_who_bought_and_who_made_it_only(life: Life, ask: Ask) -> None:
    product = life.delivered()
    life.read(product, [(1, 10.5)])
    twin = TwinId(Kind.PRODUCT, product.ref)
    seen = {who: ask("/shells/{}", who, NAMES.shell(twin)).status_code for who in (*life.cast.people, None)}
    assert {who for who, status in seen.items() if status == 200} == {"buyer", "assembler"}
    plate = read(ask, "buyer", twin, Part.NAMEPLATE).json()
    assert (plate["SerialNumber"], plate["ManufacturerName"]) == (product.serial, [{"de": "assembler"}])
    built = read(ask, "buyer", twin, Part.AS_BUILT).json()
    assert built["Options"] == [{"Name": "service", "Choice": "service-per-hour"}]
    assert len(built["Evidence"]) == 6
    assert read(ask, "buyer", twin, Part.CONDITION).json()["Meters"][0]["Value"] == 10.5
    assert read(ask, "buyer", twin, Part.SERVICE).json()["Provider"] == [{"de": "assembler"}]
    assert read(ask, "buyer", twin, Part.PASSPORT).json()["economicOperatorId"] == "TAX-assembler"


def test_a_product_tells_no_step_of_who_shows_answers_only(life: Life, ask: Ask) -> None:
    product = life.delivered()
    for name in ("miller", "assembler"):
        life.cast.disclose(name, Level.ANSWERS_ONLY)
    twin = TwinId(Kind.PRODUCT, product.ref)
    told = read(ask, "buyer", twin, Part.AS_BUILT).text
    assert "Turn" in told
    assert "Mill" not in told and "Assemble" not in told
    assert "DateOfManufacture" not in read(ask, "buyer", twin, Part.NAMEPLATE).json()


def test_a_product_is_found_by_its_serial_and_order_number(life: Life, ask: Ask) -> None:
    product = life.delivered()

    def found(who: str, **links: str) -> list[str]:
        ids = [encode(f'{{"name": "{name}", "value": "{value}"}}') for name, value in links.items()]
        return [shell["id"] for shell in ask("/shells", who, params={"assetIds": ids}).json()["result"]]

    whole = [NAMES.shell(TwinId(Kind.PRODUCT, product.ref))]
    assert found("buyer", serialNumber=product.serial) == whole
    assert found("buyer", serialNumber=product.serial, orderNumber=product.order.number) == whole
    assert found("buyer", serialNumber=product.serial, orderNumber="none") == []
    assert found("buyer", colour="red") == found("rival", serialNumber=product.serial) == []


def test_a_list_of_shells_takes_the_same_few_queries_however_long(
    life: Life, ask: Ask, django_assert_max_num_queries: Any
) -> None:
    product = life.delivered()
    for number in range(30):
        Resource.objects.create(work_centre=Resource.objects.all()[0].work_centre, name=f"more {number}")
        Product.objects.create(
            order=product.order, serial=f"S{number}", item="AXIS", owner=product.owner, maker=product.maker,
            delivered_at=product.delivered_at,
        )  # fmt: skip
    token, _expires = give_token(user=life.cast.people["buyer"], hours=1, actor=life.cast.viewer("buyer"))
    with django_assert_max_num_queries(11):
        answer = ask("/shells", headers={"Authorization": f"Bearer {token}"})
    assert len(answer.json()["result"]) == 3 + 33 + 31
