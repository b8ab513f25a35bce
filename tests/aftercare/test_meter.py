"""A meter file bills each hour once and promises the maintenance that the hours make due."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lianzao.aftercare import actions
from lianzao.aftercare.decisions import NotDue
from lianzao.aftercare.meter_file import MeterFile
from lianzao.aftercare.models import MaintenanceJob, MeterReading, Product
from lianzao.base.refusals import Forbidden
from lianzao.capacity import holds
from lianzao.capacity.models import Booking, CalendarException, Hold
from lianzao.ledger.models import Event
from lianzao.network.models import WorkCentre
from lianzao.trust.viewer import SignIn, Viewer
from tests.aftercare.life import DAY, Life


def test_hours_are_counted_by_difference_and_billed_with_tax(life: Life, product: Product) -> None:
    answer = life.answer(product, [(1, "10.5"), (40, "120.5")])
    [metered] = answer["products"]
    assert (answer["rows_read"], answer["rows_used"], answer["rows_left"]) == (2, 2, {})
    assert (metered["serial"], metered["hours"], metered["added"]) == (product.serial, 120.5, 120.5)
    assert metered["billed"] == {"net": "578.40", "tax": "109.90", "currency": "EUR"}


def test_the_same_file_again_changes_nothing(life: Life, product: Product) -> None:
    rows = [(1, 10), (40, 600), (41, 30)]
    first, again = life.answer(product, rows), life.answer(product, rows)
    assert (again["rows_used"], again["rows_left"]) == (0, {"double": 3})
    assert again["maintenance"] == [] and len(first["maintenance"]) == 1
    for name in ("hours", "billed", "restarts"):
        assert again["products"][0][name] == first["products"][0][name]


def test_files_in_any_order_end_alike(life: Life, product: Product) -> None:
    life.read(product, [(30, 300)])
    life.read(product, [(20, 150), (10, 100)])
    assert life.answer(product, [(35, 20), (5, 50)])["products"][0]["hours"] == 320
    assert Event.objects.filter(kind="aftercare.meter.read").count() == 3


def test_a_counter_that_restarts_is_marked(life: Life, product: Product) -> None:
    [metered] = life.answer(product, [(1, 100), (2, 30)])["products"]
    assert metered["hours"] == 130
    assert len(metered["restarts"]) == 1


def test_rows_that_cannot_be_used_are_left_with_their_reason(life: Life, product: Product) -> None:
    life.read(product, [(3, 30)])
    answer = life.answer(product, [(-1, 1), (3, 31), (3, 30), (467, 99), (4, 40), (4, 41), (5, "x")])
    assert answer["rows_used"] == 1
    assert answer["rows_left"] == {
        "bad-hours": 1,
        "before-delivery": 1,
        "contradicts-known": 2,
        "double": 1,
        "in-the-future": 1,
    }


def test_what_a_stranger_sends_is_left_as_if_the_product_were_not_there(life: Life, product: Product) -> None:
    assert life.answer(product, [(1, 10)], who="rival")["rows_left"] == {"unknown-product": 1}
    assert not MeterReading.objects.exists()


def test_maker_and_user_may_both_send_readings(life: Life, product: Product) -> None:
    assert life.read(product, [(1, 10)], who="assembler").used == life.read(product, [(2, 20)], who="buyer").used == 1


def test_a_reader_or_nobody_is_refused(life: Life, product: Product) -> None:
    life.cast.people["buyer"].membership_set.update(role="reader")
    with pytest.raises(Forbidden):
        life.read(product, [(1, 10)])
    with pytest.raises(SignIn):
        actions.meter(file=MeterFile((), 0, {}), viewer=Viewer())


def test_crossing_a_threshold_promises_a_window_that_nobody_else_can_take(life: Life, product: Product) -> None:
    [job] = life.read(product, [(50, 510)]).jobs
    assert (job.number, job.state, job.due) == (1, MaintenanceJob.State.BOOKED, product.delivered_at + 50 * DAY)
    booking = Booking.objects.get(work=job.ref)
    assert (booking.starts, booking.ends) == (job.starts, job.ends)
    assert booking.hold is not None and booking.hold.state == Hold.State.TAKEN
    assert booking.resource.work_centre.site.organisation == life.cast.firms["assembler"]
    wish = holds.Wish(booking.resource_id, booking.starts, booking.ends, 1, "other")
    with pytest.raises(holds.TimeTaken):
        holds.hold(
            holder=product.owner_id,
            work=job.ref,
            wishes=[wish],
            expires=booking.ends,
            actor=life.cast.viewer("buyer").ref,
        )


def test_maintenance_is_never_promised_before_it_is_due(life: Life, product: Product) -> None:
    [job] = life.read(product, [(130, 510)]).jobs
    assert job.starts is not None and job.starts >= job.due > product.delivered_at + 129 * DAY


def test_two_maintenance_jobs_of_one_file_get_times_beside_each_other(life: Life, product: Product) -> None:
    jobs = life.read(product, [(30, 510), (60, 1020)]).jobs
    assert [job.number for job in jobs] == [1, 2]
    assert jobs[0].ends is not None and jobs[1].starts is not None and jobs[0].ends <= jobs[1].starts


def test_a_late_reading_makes_no_maintenance_that_a_later_one_served(life: Life, product: Product) -> None:
    assert [job.number for job in life.read(product, [(60, 1020)]).jobs] == [2]
    assert life.read(product, [(30, 510)]).jobs == []


def test_without_free_time_the_job_stays_due_and_is_promised_later(life: Life, product: Product) -> None:
    centre = WorkCentre.objects.get(name="assembly group")
    full = CalendarException.objects.create(work_centre=centre, starts=0, ends=2**33)
    centre.site.calendar.version += 1
    centre.site.calendar.save()
    [job] = life.read(product, [(50, 510)]).jobs
    assert job.state == MaintenanceJob.State.DUE
    full.delete()
    centre.site.calendar.version += 1
    centre.site.calendar.save()
    for _ in range(2):  # a follower may run again
        actions.promise(ref=job.ref)
    job.refresh_from_db()
    assert job.state == MaintenanceJob.State.BOOKED
    assert Booking.objects.filter(work=job.ref).count() == 1


def test_a_lost_race_for_the_machine_never_refuses_the_readings(
    life: Life, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def lost(**_wanted: object) -> Hold:
        tries.append(1)
        raise holds.TimeTaken()

    monkeypatch.setattr(holds, "hold", lost)
    metered = life.read(product, [(50, 510)])
    assert (metered.used, len(tries)) == (1, 3)
    assert MaintenanceJob.objects.get().state == MaintenanceJob.State.DUE


def test_done_maintenance_frees_the_machine_and_is_done_once(life: Life, product: Product) -> None:
    [job] = life.read(product, [(50, 510)]).jobs
    with pytest.raises(Forbidden):
        actions.done(ref=str(job.ref), viewer=life.cast.viewer("buyer"))
    assert actions.done(ref=str(job.ref), viewer=life.cast.viewer("assembler")).state == MaintenanceJob.State.DONE
    assert not Booking.objects.filter(work=job.ref).exists()
    with pytest.raises(NotDue):
        actions.done(ref=str(job.ref), viewer=life.cast.viewer("assembler"))


def test_after_the_contract_hours_are_counted_but_not_billed(life: Life, product: Product) -> None:
    life.at(product.contract.ends + 30 * DAY)
    days = (product.contract.ends - product.delivered_at) / DAY
    [metered] = life.answer(product, [(days, 100), (days + 10, 400)])["products"]
    assert metered["hours"] == 400
    assert Decimal(metered["billed"]["net"]) == 100 * product.contract.rate
