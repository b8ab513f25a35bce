"""What the demo network is: many factories that are full, careful and different."""

from __future__ import annotations

import stat
from collections import defaultdict
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import authenticate

from lianzao.base import clock
from lianzao.capacity import guards
from lianzao.capacity.availability import work_calendars
from lianzao.capacity.decisions import profile
from lianzao.capacity.models import Booking, Calendar, CalendarException, Closure, Overload, OwnWork, ShiftRule
from lianzao.catalog.models import RateCard
from lianzao.ledger.models import Event
from lianzao.network.models import Capability, Certificate, Resource, Site, WorkCentre
from lianzao.node.demo import DemoReport, load
from lianzao.trade.models import ConsentRule
from lianzao.trust.models import Disclosure, Organisation
from lianzao.trust.queries import viewer_by_login

pytestmark = pytest.mark.django_db
DAY = 86_400


def test_it_has_forty_factories_and_some_two_hundred_resources_in_many_places_of_two_countries(
    report: DemoReport,
) -> None:
    places = set(Site.objects.values_list("country", "place"))
    assert report.loaded
    assert report.counts["factories"] == Site.objects.count() == 40
    assert 170 <= report.counts["resources"] == Resource.objects.count() <= 230
    assert {country for country, _ in places} == {"CN", "DE"}
    assert len(places) >= 8
    assert Resource.objects.filter(capacity__gt=1).count() >= 10


def test_everything_is_marked_simulated(report: DemoReport) -> None:
    assert not Site.objects.exclude(simulated=True).exists()
    assert not Organisation.objects.exclude(simulated=True).exclude(owns_node=True).exists()


def test_a_second_load_changes_nothing_and_says_so(report: DemoReport) -> None:
    before = Event.objects.count(), Booking.objects.count()
    again = load(factories=7, operations=3, seed=9)
    assert not again.loaded
    assert again.counts == report.counts
    assert again.logins == report.logins
    assert (Event.objects.count(), Booking.objects.count()) == before


def test_each_role_can_sign_in_with_a_password_of_this_installation(report: DemoReport) -> None:
    assert {"operator", "factory", "buyer", "machinist"} <= {each["role"] for each in report.logins}
    for each in report.logins:
        assert authenticate(username=each["login"], password=each["password"]) is not None
    kept = settings.HOME / "keys" / "demo-logins.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert viewer_by_login("operator").is_operator
    assert set(viewer_by_login("machinist").roles.values()) == {"machinist"}


def test_no_resource_is_overbooked(report: DemoReport) -> None:
    capacity = dict(Resource.objects.values_list("id", "capacity"))
    loads = defaultdict(list)
    for resource, starts, ends, units in Booking.objects.values_list("resource_id", "starts", "ends", "units"):
        loads[resource].append((starts, ends, units))
    assert all(units <= capacity[resource] for resource, booked in loads.items() for _, _, units in profile(booked))
    assert guards.missing() == []


def test_own_work_fills_machines_for_four_weeks_and_falls_after(report: DemoReport) -> None:
    now, rows = clock.seconds(), list(Resource.objects.select_related("work_centre"))
    hours = work_calendars({row.work_centre_id: row.work_centre.site_id for row in rows})
    loads = defaultdict(list)
    own = Booking.objects.filter(kind=Booking.Kind.OWN)
    for resource, starts, ends, units in own.values_list("resource_id", "starts", "ends", "units"):
        loads[resource].append((starts, ends, units))

    def share(row: Resource, first: int, last: int) -> float:
        opened = hours[row.work_centre_id].intervals(now + first * DAY, now + last * DAY)
        booked = sum(
            max(0, min(end, e) - max(start, s)) * units for start, end in opened for s, e, units in loads[row.id]
        )
        return booked / (sum(end - start for start, end in opened) * row.capacity)

    full = [share(row, 0, 28) for row in rows]
    assert min(full) >= 0.65
    assert max(full) <= 0.97
    assert sum(0.70 <= each <= 0.95 for each in full) >= 0.9 * len(full)
    later = [share(row, 50, 65) for row in rows]
    assert max(later) < 0.6


def test_what_is_too_much_is_kept_as_overload_of_a_full_machine(report: DemoReport) -> None:
    assert Overload.objects.count() >= 5
    refs = set(OwnWork.objects.values_list("ref", flat=True))
    assert set(Booking.objects.filter(kind=Booking.Kind.OWN).values_list("work", flat=True)) <= refs


def test_calendars_have_one_two_and_three_shifts_closures_and_exceptions(report: DemoReport) -> None:
    shifts = defaultdict(set)
    for calendar, centre, start in ShiftRule.objects.values_list("calendar_id", "work_centre_id", "start"):
        shifts[calendar, centre].add(start)
    assert {len(each) for each in shifts.values()} == {1, 2, 3}
    assert ShiftRule.objects.filter(start__hour=22, end__hour=6).exists()
    assert {"CN", "DE"} == set(Calendar.objects.values_list("observes", flat=True))
    names = set(Closure.objects.values_list("name", flat=True))
    assert {"春节停工", "Betriebsferien Sommer", "Betriebsferien Weihnachten"} <= names
    assert set(CalendarException.objects.values_list("opens", flat=True)) == {True, False}


def test_three_want_to_be_asked_and_one_has_not_confirmed_its_calendar(report: DemoReport) -> None:
    rules = ConsentRule.objects.filter(group=None)
    assert rules.filter(mode="ask").count() == 3
    assert rules.filter(mode="automatic").count() == 37
    week_ago = clock.now() - timedelta(days=7)
    assert Calendar.objects.filter(confirmed_at__lt=week_ago).count() == 1


def test_all_three_levels_of_disclosure_occur_and_everyone_gets_answers(report: DemoReport) -> None:
    assert set(Disclosure.objects.filter(audience="members").values_list("level", flat=True)) == {1, 2, 3}
    assert Disclosure.objects.filter(audience="everyone", level=1).count() == 40


def test_machines_differ_in_size_tolerance_material_and_rate(report: DemoReport) -> None:
    assert len(set(Capability.objects.filter(process="milling").values_list("tolerance", flat=True))) > 1
    assert any(Capability.objects.values_list("materials", flat=True))
    refs = {str(ref) for ref in WorkCentre.objects.values_list("ref", flat=True)}
    cards = list(RateCard.objects.all())
    assert {key for card in cards for key in card.hourly} == refs
    assert {card.currency for card in cards} == {"CNY", "EUR"}
    assert Certificate.objects.filter(valid_until__gt=clock.now().date()).exists()


@pytest.mark.parametrize("process", ["turning", "milling", "cylindrical-grinding", "case-hardening", "gear-grinding"])
def test_common_processes_have_five_machines_in_three_places(report: DemoReport, process: str) -> None:
    able = Resource.objects.filter(work_centre__capabilities__process=process)
    assert able.count() >= 5
    assert able.values("work_centre__site").distinct().count() >= 3
