"""The calendar page: what its owner changes there counts in the next plan, and nobody else changes it."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianzao.base import clock
from lianzao.capacity import availability, load
from lianzao.capacity.availability import work_calendars
from lianzao.capacity.models import Calendar, CalendarException, Closure, OwnWork, ShiftRule
from lianzao.ledger.models import Event
from lianzao.network.models import Site, WorkCentre
from tests.cast import Cast

DAY = 86_400


@pytest.fixture(autouse=True)
def forget_calendars() -> None:
    """Sites of different tests have the same ids and versions."""
    availability._made.clear()
    load._known.clear()


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name])
    return client


def site(cast: Cast) -> Site:
    return Site.objects.get(organisation=cast.firms["miller"])


def post(client: Client, place: Site, **fields: object) -> int:
    return client.post(f"/calendar?site={place.ref}", fields, secure=True).status_code


def open_seconds(place: Site, start: int, end: int) -> int:
    centre = WorkCentre.objects.get(site=place)
    calendar = work_calendars({centre.id: place.id})[centre.id]
    return sum(b - a for a, b in calendar.intervals(start, end))


def test_confirming_ends_the_asking_and_is_kept_in_the_ledger(cast: Cast) -> None:
    place = site(cast)
    Calendar.objects.filter(site=place).update(confirmed_at=clock.now() - timedelta(days=9))
    miller = signed_in(cast, "miller")
    assert "waits for your word" in miller.get("/calendar", secure=True).content.decode()
    assert post(miller, place, act="confirm", idempotency_key="a") == 302
    assert "counts until" in miller.get("/calendar", secure=True).content.decode()
    assert Event.objects.filter(kind="capacity.calendar.confirmed", subject=place.ref).count() == 1


def test_closed_days_are_not_worked_until_they_are_taken_out_again(cast: Cast) -> None:
    place, miller, now = site(cast), signed_in(cast, "miller"), clock.seconds()
    usual = open_seconds(place, now + 7 * DAY, now + 14 * DAY)
    first, last = ((clock.at(now) + timedelta(days=days)).date().isoformat() for days in (5, 16))
    assert post(miller, place, act="closure", first=first, last=last, name="Spring Festival") == 302
    assert open_seconds(place, now + 7 * DAY, now + 14 * DAY) == 0
    assert "Spring Festival" in miller.get("/calendar", secure=True).content.decode()
    assert post(miller, place, act="remove-closure", first=first, last=last) == 302
    assert open_seconds(place, now + 7 * DAY, now + 14 * DAY) == usual
    assert not Closure.objects.exists()


def test_new_hours_count_at_once_and_raise_the_version(cast: Cast) -> None:
    place, miller, now = site(cast), signed_in(cast, "miller"), clock.seconds()
    before = Calendar.objects.get(site=place).version
    sent = {"act": "shifts", "weekdays": [0, 1, 2, 3, 4, 5, 6], "start": "22:00", "end": "06:00"}
    assert post(miller, place, **sent) == 302
    assert open_seconds(place, now, now + 7 * DAY) == 7 * 8 * 3_600
    assert Calendar.objects.get(site=place).version == before + 1


def test_one_work_centre_may_have_hours_of_its_own_and_go_back_to_the_sites(cast: Cast) -> None:
    place, miller = site(cast), signed_in(cast, "miller")
    centre = WorkCentre.objects.get(site=place)
    sent = {"act": "shifts", "work_centre": str(centre.ref), "weekdays": [0], "start": "08:00", "end": "12:00"}
    assert post(miller, place, **sent) == 302
    assert ShiftRule.objects.filter(work_centre=centre).count() == 1
    assert post(miller, place, act="site-hours", centre=str(centre.ref)) == 302
    assert not ShiftRule.objects.filter(work_centre=centre).exists()


def test_a_full_work_centre_takes_nothing_until_the_day_named(cast: Cast) -> None:
    place, miller, now = site(cast), signed_in(cast, "miller"), clock.seconds()
    centre = WorkCentre.objects.get(site=place)
    until = (clock.at(now).astimezone(ZoneInfo(place.zone)) + timedelta(days=10)).date()
    assert post(miller, place, act="full", work_centre=str(centre.ref), until=until.isoformat()) == 302
    assert open_seconds(place, now, now + 9 * DAY) == 0
    back = clock.at(now).astimezone(ZoneInfo(place.zone)).date()
    assert post(miller, place, act="full", work_centre=str(centre.ref), until=back.isoformat()) == 302
    assert not CalendarException.objects.exists()


def test_extra_hours_open_a_work_centre(cast: Cast) -> None:
    place, miller = site(cast), signed_in(cast, "miller")
    centre = WorkCentre.objects.get(site=place)
    sent = {"work_centre": str(centre.ref), "opens": "yes", "starts": "2026-12-06T08:00", "ends": "2026-12-06T12:00"}
    assert post(miller, place, act="exception", **sent) == 302
    row = CalendarException.objects.get()
    assert clock.iso(row.starts) == "2026-12-06T00:00:00Z", "on the clocks of the site"
    assert row.ends - row.starts == 4 * 3_600


def test_a_file_of_own_work_is_read_and_a_wrong_one_refused_with_its_place(cast: Cast) -> None:
    place, miller = site(cast), signed_in(cast, "miller")
    good = b"resource,start,end\nmilling 1,2026-12-03 08:00,2026-12-03 16:00\n"
    file = SimpleUploadedFile("own.csv", good, "text/csv")
    assert post(miller, place, act="import", source="erp", file=file) == 302
    assert OwnWork.objects.count() == 1
    file = SimpleUploadedFile("own.csv", good.replace(b"12-03 16", b"13-03 16"), "text/csv")
    answer = miller.post(f"/calendar?site={place.ref}", {"act": "import", "source": "erp", "file": file}, secure=True)
    assert answer.status_code == 422
    assert "2026-13-03 16:00" in answer.content.decode()
    assert OwnWork.objects.count() == 1


@pytest.mark.parametrize("name", ["machinist", "rival", "buyer"])
def test_who_may_not_write_for_the_firm_changes_nothing(cast: Cast, name: str) -> None:
    place = site(cast)
    before = Calendar.objects.get(site=place).version
    post(signed_in(cast, name), place, act="confirm")
    assert Calendar.objects.get(site=place).version == before


def test_a_form_with_a_mistake_comes_back_open_with_the_mistake_beside_its_field(cast: Cast) -> None:
    place, miller = site(cast), signed_in(cast, "miller")
    answer = miller.post(
        f"/calendar?site={place.ref}", {"act": "closure", "first": "2026-02-30", "last": ""}, secure=True
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'aria-invalid="true"' in html
    assert not Closure.objects.exists()
