"""Products in use as pages: what each side sees, and what it can do from there."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianzao.aftercare import actions
from lianzao.aftercare.actions.need import Wanted
from lianzao.aftercare.models import MaintenanceJob, MeterReading, Need, Product
from lianzao.base import clock
from lianzao.trust.levels import Level
from tests.aftercare.life import DAY, Life

LANGUAGES = ("zh-hans", "de", "en")
MOST_QUERIES = 12


def browser(life: Life, name: str = "buyer", language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(life.cast.people[name])
    return client


def csv(product: Product, days: float = 50, hours: float = 510, name: str = "readings.csv") -> SimpleUploadedFile:
    row = f"{product.serial},{clock.iso(product.delivered_at + int(days * DAY))},{hours}"
    return SimpleUploadedFile(name, f"serial,at,hours\n{row}\n".encode(), "text/csv")


def page(client: Client, product: Product) -> str:
    return client.get(f"/passport/{product.ref}").content.decode()


def send(client: Client, product: Product, **fields: Any) -> Any:
    sent = {"idempotency_key": str(uuid.uuid4()), **fields}
    return client.post(f"/passport/{product.ref}", sent, follow=True)


@pytest.mark.parametrize("path", ["/products", "/passport/{ref}", "/products/{ref}/statements/{month}"])
def test_strangers_are_asked_to_sign_in(product: Product, path: str) -> None:
    asked = path.format(ref=product.ref, month="2026-11")
    assert Client().get(asked).headers["Location"] == f"/login?next={asked.replace('/', '%2F')}"


@pytest.mark.parametrize("name", ["rival", "turner", "operator"])
def test_who_has_nothing_to_do_with_a_product_finds_nothing(life: Life, product: Product, name: str) -> None:
    client = browser(life, name)
    assert client.get(f"/passport/{product.ref}").status_code == 404
    assert client.get(f"/products/{product.ref}/statements/2026-11").status_code == 404
    assert product.serial not in client.get("/products").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["buyer", "assembler"])
def test_owner_and_maker_see_list_and_passport_in_their_language(
    life: Life, product: Product, name: str, language: str
) -> None:
    life.read(product, [(30, 300), (60, 510)])
    client = browser(life, name, language)
    assert product.serial in client.get("/products").content.decode()
    shown = page(client, product)
    assert product.serial in shown and product.order.number in shown
    assert "assembler works" in shown
    assert "510" in shown


def test_without_products_the_list_says_what_will_stand_there(life: Life) -> None:
    shown = browser(life).get("/products").content.decode()
    assert "No product in use yet." in shown
    assert 'type="file"' not in shown


def test_a_step_of_who_does_not_show_itself_has_its_name_only(life: Life, product: Product) -> None:
    life.cast.disclose("miller", Level.ANSWERS_ONLY)
    shown = page(browser(life), product)
    assert "miller" not in shown
    assert "a factory that does not show its name" in shown


def test_the_product_may_be_called_by_its_serial_number(life: Life, product: Product) -> None:
    assert browser(life).get(f"/passport/{product.serial}").status_code == 200


def test_a_file_of_readings_counts_once_and_promises_maintenance(life: Life, product: Product) -> None:
    client, key = browser(life), str(uuid.uuid4())
    for _ in range(2):
        sent = {"act": "meter", "idempotency_key": key, "file": csv(product)}
        answer = client.post(f"/passport/{product.ref}", sent, follow=True)
        assert "1 of 1 readings are new and count." in answer.content.decode()
    assert MeterReading.objects.count() == MaintenanceJob.objects.count() == 1
    assert "Next maintenance, promised" in answer.content.decode()
    again = send(client, product, act="meter", file=csv(product)).content.decode()
    assert "0 of 1 readings are new and count. Left: known already (1)." in again


def test_readings_of_several_products_are_sent_from_the_list(life: Life, product: Product) -> None:
    sent = {"idempotency_key": "k", "file": csv(product)}
    shown = browser(life).post("/products", sent, follow=True).content.decode()
    assert "1 of 1 readings are new" in shown
    assert "1 product waits for maintenance." in shown


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00\x01\x02", b"%PDF-1.7\n"])
@pytest.mark.parametrize("where", ["/products", "/passport/{ref}"])
def test_what_is_no_file_of_readings_is_refused_in_place(life: Life, product: Product, where: str, data: bytes) -> None:
    sent = {"act": "meter", "idempotency_key": "k", "file": SimpleUploadedFile("x.csv", data)}
    shown = browser(life).post(where.format(ref=product.ref), sent)
    assert shown.status_code in (200, 422)
    assert 'role="alert"' in shown.content.decode() or "errorlist" in shown.content.decode()
    assert not MeterReading.objects.exists()


def test_a_file_that_is_missing_is_asked_for(life: Life, product: Product) -> None:
    shown = send(browser(life), product, act="meter").content.decode()
    assert "This field is required." in shown


def test_a_need_is_reported_once_and_leads_to_its_price(life: Life, product: Product) -> None:
    client, key = browser(life), str(uuid.uuid4())
    for _ in range(2):
        shown = send(
            client,
            product,
            act="need",
            idempotency_key=key,
            kind="spare",
            item="SHAFT",
            quantity="2",
            text="Worn <b>out</b>.",
        ).content.decode()
    assert Need.objects.count() == 1
    assert "Worn &lt;b&gt;out&lt;/b&gt;." in shown
    found = re.search(r'href="(/catalogue/SHAFT\?[^"]+)"', shown)
    assert found and "quantity=2" in found[1] and "c=service%3Aservice-per-hour" in found[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "maintenance", "quantity": "1", "text": ""},
        {"kind": "spare", "quantity": "1", "text": "Which?"},
        {"kind": "spare", "quantity": "1", "text": "No such part", "item": "NOTHING"},
        {"kind": "wish", "quantity": "1", "text": "No such kind"},
        {"kind": "maintenance", "quantity": "0", "text": "None"},
        {"kind": "maintenance", "quantity": "1e999", "text": "Many"},
        {"kind": "maintenance", "quantity": "1", "text": "x" * 2001},
    ],
)
def test_a_need_that_cannot_be_is_refused_at_its_field_and_what_was_typed_stays(
    life: Life, product: Product, fields: dict[str, str]
) -> None:
    shown = send(browser(life), product, act="need", **fields).content.decode()
    assert "errorlist" in shown
    assert fields["text"] in shown
    assert not Need.objects.exists()


def test_only_who_works_for_the_owner_reports_a_need(life: Life, product: Product) -> None:
    client = browser(life, "assembler")
    assert "Report the need" not in page(client, product)
    sent = {"act": "need", "kind": "maintenance", "quantity": "1", "text": "Mine"}
    assert send(client, product, **sent).status_code == 403
    assert not Need.objects.exists()


def test_the_maker_answers_a_need_in_words(life: Life, product: Product) -> None:
    need = actions.report_need(product=product, wanted=Wanted("It squeaks."), viewer=life.cast.viewer("buyer"))
    assert 'value="answer"' not in page(browser(life), product)
    client = browser(life, "assembler")
    assert 'value="answer"' in page(client, product)
    assert "errorlist" in send(client, product, act="answer", need=str(need.ref), text="").content.decode()
    send(client, product, act="answer", need=str(need.ref), text="We come on Friday.")
    assert "We come on Friday." in page(browser(life), product)
    assert send(client, product, act="answer", need=str(need.ref), text="Or on Monday.").status_code == 409


def test_the_provider_reports_a_maintenance_done_and_the_customer_does_not(life: Life, product: Product) -> None:
    [job] = life.read(product, [(50, 510)]).jobs
    assert "Report done" not in page(browser(life), product)
    assert send(browser(life), product, act="done", job=str(job.ref)).status_code == 403
    shown = send(browser(life, "assembler"), product, act="done", job=str(job.ref)).content.decode()
    assert "The maintenance is done." in shown
    assert "Until the next maintenance" in page(browser(life), product)


def test_an_act_that_there_is_not_does_nothing(life: Life, product: Product) -> None:
    assert send(browser(life), product, act="scrap").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_shows_what_it_is_computed_from(life: Life, product: Product, language: str) -> None:
    life.read(product, [(5, 40), (10, 100.5)])
    [month] = {reading.at: reading for reading in MeterReading.objects.order_by("at")}.keys() and {
        clock.iso(reading.at - 1)[:7] for reading in MeterReading.objects.filter(hours=40)
    }
    shown = browser(life, "assembler", language).get(f"/products/{product.serial}/statements/{month}")
    assert shown.status_code == 200
    assert "40" in shown.content.decode()


def test_a_statement_says_that_it_is_the_same_when_computed_again(life: Life, product: Product) -> None:
    life.read(product, [(5, 40)])
    month = clock.iso(product.delivered_at + 5 * DAY - 1)[:7]
    shown = browser(life).get(f"/products/{product.ref}/statements/{month}").content.decode()
    assert "Computed again from the readings below: 40 h" in shown and "the same." in shown


def test_a_late_reading_is_told_on_the_statement_that_it_corrects(life: Life, product: Product) -> None:
    life.read(product, [(5, 40)])
    actions.close_months()
    life.read(product, [(5.5, 45)])
    month = clock.iso(product.delivered_at + 5 * DAY - 1)[:7]
    shown = browser(life).get(f"/products/{product.ref}/statements/{month}").content.decode()
    assert "Later readings changed this month: 45 h" in shown


@pytest.mark.parametrize("month", ["1999-01", "2026-13", "x"])
def test_a_month_without_statement_says_which_there_are(life: Life, product: Product, month: str) -> None:
    shown = browser(life).get(f"/products/{product.ref}/statements/{month}")
    assert shown.status_code == 404
    assert "a month of the contract" in shown.content.decode()


def test_list_and_statement_are_read_in_at_most_twelve_queries(life: Life, product: Product) -> None:
    life.read(product, [(5, 40)])
    month = clock.iso(product.delivered_at + 5 * DAY - 1)[:7]
    client = browser(life)
    for path in ("/products", f"/products/{product.ref}/statements/{month}"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES, path
