"""Own work from a file: read whole or refused at a place; it fills the time there is, and what exceeds it is listed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Sum

from lianzao.base import clock
from lianzao.base.refusals import Absent, Forbidden
from lianzao.capacity import actions
from lianzao.capacity.actions.own_work import Imported
from lianzao.capacity.models import Booking, Overload, OwnWork
from lianzao.capacity.own_work import WrongOwnWork
from lianzao.ledger.models import Event
from lianzao.network.models import Resource, Site
from lianzao.trade import actions as trade
from lianzao.trade.requests import as_request
from tests.cast import REQUEST, Cast

DAY = 86_400


def site(cast: Cast, name: str = "miller") -> Site:
    return Site.objects.get(organisation=cast.firms[name])


def at(days: float) -> str:
    """A time on the clocks of Suzhou."""
    moment = datetime.fromtimestamp(clock.seconds(), UTC) + timedelta(days=days, hours=8)
    return f"{moment:%Y-%m-%d %H:00}"


def table(*rows: tuple[str, ...], head: str = "resource,start,end,units,label") -> bytes:
    return "\n".join([head, *(",".join(row) for row in rows)]).encode()


def imported(cast: Cast, content: bytes, source: str = "erp", name: str = "miller") -> Imported:
    return actions.import_own_work(
        site=str(site(cast, name).ref), source=source, content=content, viewer=cast.viewer(name)
    )


def test_a_table_becomes_bookings_and_the_same_again_changes_nothing(cast: Cast) -> None:
    content = table(("milling 1", at(1), at(2), "1", "A"), ("milling 1", at(1.5), at(3), "1", "B"))
    assert imported(cast, content).changed
    events = Event.objects.count()
    before = set(Booking.objects.values_list("id", flat=True))
    again = imported(cast, content)
    assert (again.rows, again.changed) == (2, False)
    assert set(Booking.objects.values_list("id", flat=True)) == before
    assert Event.objects.count() == events


def test_work_beyond_the_capacity_is_kept_and_listed(cast: Cast) -> None:
    done = imported(cast, table(("milling 1", at(1), at(2), "5", "too much")))
    assert done.overloads == 1
    assert Booking.objects.get().units == 2
    assert Overload.objects.get().units == 3
    assert OwnWork.objects.get().units == 5


def test_own_work_takes_only_what_the_network_left(cast: Cast) -> None:
    quote = trade.quote(request=as_request(REQUEST), viewer=cast.viewer("buyer"))
    trade.accept(ref=str(quote.ref), viewer=cast.viewer("buyer"))
    kept = Booking.objects.get(resource__name="milling 1")
    imported(cast, table(("milling 1", at(0), at(60), "2", "full")))
    assert Booking.objects.filter(id=kept.id).exists()
    excess = Overload.objects.aggregate(total=Sum("units"))["total"]
    assert excess == kept.units


def test_a_source_replaces_its_own_rows_and_no_others(cast: Cast) -> None:
    imported(cast, table(("milling 1", at(1), at(2), "1", "A")))
    imported(cast, table(("milling 1", at(1), at(2), "1", "B")), source="sheet")
    imported(cast, table(("milling 1", at(5), at(6), "1", "C")))
    assert set(OwnWork.objects.values_list("label", "source")) == {("B", "sheet"), ("C", "erp")}
    assert Booking.objects.count() == 2


def test_room_made_by_one_source_is_taken_by_the_excess_of_another(cast: Cast) -> None:
    imported(cast, table(("milling 1", at(1), at(2), "2", "A")))
    imported(cast, table(("milling 1", at(1), at(2), "1", "B")), source="sheet")
    assert Overload.objects.count() == 1
    imported(cast, table())
    assert not Overload.objects.exists()
    assert Booking.objects.get().units == 1


def test_german_and_chinese_tables_are_read_as_they_come(cast: Cast) -> None:
    german = "\ufeffMaschine;Beginn;Ende;Bezeichnung\nmilling 1;24.12.2026 08:00;24.12.2026 16:00;Überlauf\n"
    imported(cast, german.encode(), source="de")
    chinese = f"设备,开始,结束,名称\nmilling 1,{at(8)},{at(9)},自有订单\n".encode("gb18030")
    imported(cast, chinese, source="zh")
    assert set(OwnWork.objects.values_list("label", flat=True)) == {"Überlauf", "自有订单"}


def calendar(*lines: str) -> bytes:
    event = ["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", *event, "END:VCALENDAR"]).encode()


def test_calendar_events_are_read_with_the_machine_as_location(cast: Cast) -> None:
    start = datetime.fromtimestamp(clock.seconds() + DAY, UTC)
    imported(
        cast,
        calendar(f"DTSTART:{start:%Y%m%dT%H%M%SZ}", "DURATION:PT8H", "SUMMARY:Own job", "LOCATION:milling 1"),
    )
    row = OwnWork.objects.get()
    assert (row.ends - row.starts, row.label) == (8 * 3600, "Own job")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "row 1"),
        (b"a,b\n1,2\n", "row 1"),
        (b"\x00\x01\x02\x03PK", "file"),
        (b"%PDF-1.7 not a table", "row 1"),
        (table(("milling 1", "2026-02-30 08:00", "2026-03-01 08:00")), "row 2, start"),
        (table(("milling 1", "2026-12-01 08:00", "2026-11-30 08:00")), "row 2"),
        (table(("milling 1", "2026-12-01 08:00", "2026-12-01 09:00", "NaN")), "row 2, units"),
        (table(("milling 1", "2026-12-01 08:00", "2026-12-01 09:00", "1e999")), "row 2, units"),
        (table(("milling 1", "2926-12-01 08:00", "2926-12-01 09:00", "1")), "row 2"),
        (table(("lathe", "2026-12-01 08:00", "2026-12-01 09:00", "1")), "row 2"),
        (b'resource,start,end\n"milling 1,2026-12-01 08:00,2026-12-01 09:00\n', "row 2"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "file"),
        (calendar("DTSTART:20261201T080000Z", "RRULE:FREQ=SECONDLY", "LOCATION:milling 1"), "event 1"),
        (calendar("SUMMARY:no time", "LOCATION:milling 1"), "event 1"),
        (calendar("DTSTART:20261301T080000Z", "LOCATION:milling 1"), "event 1"),
        (b"resource,start,end\n" + b"x" * 2_000_001, "file"),
    ],
)
def test_a_hostile_file_is_one_refusal_with_its_place_and_changes_nothing(
    cast: Cast, content: bytes, place: str
) -> None:
    imported(cast, table(("milling 1", at(1), at(2), "1", "kept")))
    with pytest.raises(WrongOwnWork) as refused:
        imported(cast, content)
    assert refused.value.at == place
    assert refused.value.accepted
    assert OwnWork.objects.get().label == "kept"
    assert Booking.objects.count() == 1


def test_only_the_owner_imports(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.import_own_work(
            site=str(site(cast).ref), source="erp", content=table(), viewer=cast.viewer("machinist")
        )
    cast.disclose("miller", 0)  # type: ignore[arg-type]
    with pytest.raises(Absent):
        actions.import_own_work(site=str(site(cast).ref), source="erp", content=table(), viewer=cast.viewer("rival"))


def test_one_piece_of_work_is_entered_and_taken_out_by_hand(cast: Cast) -> None:
    machine = Resource.objects.get(name="milling 1")
    now = clock.seconds()
    row = actions.add_own_work(
        resource=str(machine.ref),
        starts=now + DAY,
        ends=now + 2 * DAY,
        units=1,
        label="x",
        viewer=cast.viewer("miller"),
    )
    assert Booking.objects.get().work == row.ref
    actions.remove_own_work(ref=str(row.ref), viewer=cast.viewer("miller"))
    assert not Booking.objects.exists()
