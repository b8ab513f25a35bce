"""A shop's log becomes a site of its firm, once; it is taken back whole or not at all."""

from __future__ import annotations

import pytest

from lianzao.base.refusals import Absent, Conflict, Forbidden, Malformed
from lianzao.capacity.models import Booking, Calendar, OwnWork, ShiftRule
from lianzao.catalog.models import Item, Step, StepMode
from lianzao.ledger.models import Event
from lianzao.network.models import Resource, Site, WorkCentre
from lianzao.production import actions
from lianzao.production.actions.import_log import RestsOnIt
from lianzao.production.joblog import NotALog
from lianzao.production.models import JobOrder, LogImport, LogRouting, LogRow
from lianzao.trade import actions as trade
from lianzao.trade.requests import as_request
from lianzao.trust.models import Membership, User
from lianzao.trust.queries import viewer_of
from tests.cast import Cast
from tests.production.joblog.logs import file, line, shop
from tests.production.rates import name_rates

MODELS = (
    Site, WorkCentre, Resource, Calendar, ShiftRule, Item, Step, StepMode, LogImport, LogRow, LogRouting, OwnWork,
)  # fmt: skip


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in MODELS}


def test_a_log_becomes_resources_items_with_routings_and_a_calendar(cast: Cast) -> None:
    answer = actions.import_log(file(shop(30)), "Hall", cast.viewer("buyer"))
    site = Site.objects.get(name="Hall")
    assert (site.organisation, site.zone) == (cast.firms["buyer"], "UTC")
    assert answer["rows_read"] == answer["rows_used"] == LogRow.objects.count() == 120
    assert set(Resource.objects.filter(work_centre__site=site).values_list("name", flat=True)) == {
        "Lathe 1", "Inspectors", "Packing",
    }  # fmt: skip
    shaft = Item.objects.get(site=site, code="Shaft")
    assert str(shaft.origin_import) == answer["import_id"]
    steps = Step.objects.filter(item=shaft).order_by("number")
    assert [step.name["en"] for step in steps] == ["Turning", "Final Inspection Q.C.", "Packing"]
    turning = steps[0].modes.get()
    assert turning.resource.name == "Lathe 1"
    assert turning.setup > 0
    assert turning.run > 0
    assert ShiftRule.objects.filter(calendar__site=site).exists()


def test_variants_of_a_routing_are_kept_beside_the_usual_one(cast: Cast) -> None:
    rows = shop(20)
    for number in range(3):
        for activity in ("Milling", "Grinding", "Packing"):
            day = f"2021-03-1{number + 2}"
            when = {"start": f"{day} 08:00:00", "finish": f"{day} 09:00:00"}
            rows.append(line(row=900 + number, case=f"V-{number}", activity=activity, resource=activity, **when))
    answer = actions.import_log(file(rows), "Hall", cast.viewer("buyer"))
    shaft = Item.objects.get(site__name="Hall", code="Shaft")
    routings = LogRouting.objects.filter(item=shaft).order_by("variant")
    assert answer["routings"] == LogRouting.objects.count()
    assert [row.feature for row in routings] == ["", "routing-2"]
    assert {tuple(step.when) for step in Step.objects.filter(item=shaft)} == {("!routing-2",), ("routing-2",)}


def test_the_same_file_again_changes_nothing_and_answers_the_same(cast: Cast) -> None:
    data, viewer = file(shop(12)), cast.viewer("buyer")
    first = actions.import_log(data, "Hall", viewer)
    before, events = counts(), Event.objects.count()
    assert actions.import_log(data, " Hall ", viewer) == first
    assert counts() == before
    assert Event.objects.count() == events


def test_another_file_under_a_taken_name_is_refused(cast: Cast) -> None:
    viewer = cast.viewer("assembler")
    with pytest.raises(Conflict):
        actions.import_log(file(shop(5)), "assembler works", viewer)
    actions.import_log(file(shop(5)), "Hall", viewer)
    before = counts()
    with pytest.raises(Conflict):
        actions.import_log(file(shop(6)), "Hall", viewer)
    assert counts() == before


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16"), (",", "gb18030")]
)
def test_encodings_and_separators_of_other_programs_are_read(cast: Cast, delimiter: str, encoding: str) -> None:
    rows = [
        {**row, "part": "传动轴" if row["part"] == "Shaft" else "轴承座", "resource": f"车间 {row['resource']}"}
        for row in shop(10)
    ]
    actions.import_log(file(rows, delimiter=delimiter, encoding=encoding), "一车间", cast.viewer("buyer"))
    assert set(Item.objects.filter(site__name="一车间").values_list("code", flat=True)) <= {"传动轴", "轴承座"}
    assert Resource.objects.filter(name="车间 Lathe 1").exists()


def test_broken_rows_are_left_and_counted_by_reason(cast: Cast) -> None:
    rows = [
        *shop(5),
        line(row=801, start="2021-02-30 08:00:00"),
        line(row=802, finish="2021-03-01 07:00:00"),
        line(row=803, order_qty="1e999"),
        line(row=804, part=""),
    ]
    answer = actions.import_log(file(rows), "Hall", cast.viewer("buyer"))
    assert answer["rows_read"] == answer["rows_used"] + sum(answer["rows_left"].values()) == 24
    assert answer["rows_left"] == {
        "bad-quantity": 1, "finish-before-start": 1, "missing-part": 1, "no-such-date": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7 \x00\x01\x02", b"a,b\n1,2\n", b'{"not": "a log"}', file([]), file([line(part="")])],
    ids=["empty", "binary", "other columns", "json", "no rows", "no row of use"],
)
def test_what_is_no_log_is_refused_and_leaves_nothing(cast: Cast, data: bytes) -> None:
    before = counts()
    with pytest.raises(NotALog):
        actions.import_log(data, "Hall", cast.viewer("buyer"))
    assert counts() == before


@pytest.mark.parametrize("name", ["", "  ", "x" * 151, "two\nlines"])
def test_a_name_that_no_site_can_have_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(Malformed):
        actions.import_log(file(shop(3)), name, cast.viewer("buyer"))


def test_names_longer_than_a_column_stay_apart(cast: Cast) -> None:
    long = "Gehäusedeckel mit Dichtung " * 12
    rows = [{**row, "part": long + row["part"], "resource": long + row["resource"]} for row in shop(10)]
    answer = actions.import_log(file(rows), "Hall", cast.viewer("buyer"))
    assert answer["parts"] == Item.objects.filter(site__name="Hall").count() == 2
    assert answer["resources"] == Resource.objects.filter(work_centre__site__name="Hall").count() == 3


def test_who_may_not_write_for_a_firm_imports_and_undoes_nothing(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.import_log(file(shop(3)), "Hall", cast.viewer("machinist"))
    taken = actions.import_log(file(shop(3)), "Hall", cast.viewer("miller"))["import_id"]
    with pytest.raises(Absent):
        actions.undo(taken, cast.viewer("rival"))
    with pytest.raises(Forbidden):
        actions.undo(taken, cast.viewer("machinist"))
    reader = User.objects.create(login="reader", name="reader", language="en")
    Membership.objects.create(user=reader, organisation=cast.firms["miller"], role="reader")
    with pytest.raises(Forbidden):
        actions.undo(taken, viewer_of(reader))


def test_undo_takes_the_import_back_whole(cast: Cast) -> None:
    before, viewer = counts(), cast.viewer("buyer")
    answer = actions.import_log(file(shop(12)), "Hall", viewer)
    assert actions.undo(answer["import_id"], viewer) == {**answer, "undone": True}
    assert counts() == before
    with pytest.raises(Absent):
        actions.undo(answer["import_id"], viewer)
    assert actions.import_log(file(shop(12)), "Hall", viewer)["import_id"] != answer["import_id"]


def test_undo_is_refused_while_a_quote_or_an_order_rests_on_it(cast: Cast) -> None:
    viewer = cast.viewer("assembler")
    cast.agrees("assembler", "automatic")
    answer = actions.import_log(file(shop(30)), "Hall", viewer)
    name_rates("assembler", "Hall")
    quote = trade.quote(request=as_request({"site": "Hall", "item": "Shaft", "quantity": 5}), viewer=viewer)
    before = counts()
    with pytest.raises(RestsOnIt, match=str(quote.ref)):
        actions.undo(answer["import_id"], viewer)
    order = trade.accept(ref=str(quote.ref), viewer=viewer, buyer_number="")
    with pytest.raises(RestsOnIt, match=order.number) as refused:
        actions.undo(answer["import_id"], viewer)
    assert "Lathe 1" in str(refused.value)
    assert counts() == before
    assert Booking.objects.exists()
    assert JobOrder.objects.exists()


def test_undo_is_refused_while_something_was_added_to_the_site(cast: Cast) -> None:
    viewer = cast.viewer("buyer")
    answer = actions.import_log(file(shop(5)), "Hall", viewer)
    centre = WorkCentre.objects.filter(site__name="Hall")[0]
    added = Resource.objects.create(work_centre=centre, name="Lathe 9")
    with pytest.raises(RestsOnIt, match="Lathe 9"):
        actions.undo(answer["import_id"], viewer)
    added.delete()
    actions.undo(answer["import_id"], viewer)
    assert not Site.objects.filter(name="Hall").exists()
