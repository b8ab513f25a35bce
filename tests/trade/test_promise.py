"""An inquiry: price, dates and reason over several owners' calendars; it reserves nothing."""

from __future__ import annotations

import json
from decimal import Decimal

from lianzao.base import clock
from lianzao.capacity.models import Booking
from lianzao.catalog.models import RateCard
from lianzao.network.models import Capability, Resource, Site, WorkCentre
from lianzao.trade.answers import promise_json
from lianzao.trade.requests import as_request
from lianzao.trade.solving import solve
from lianzao.trust.models import Organisation
from tests.cast import REQUEST, Cast


def test_it_prices_and_dates_over_three_factories_in_two_countries(cast: Cast) -> None:
    viewer = cast.viewer("buyer")
    answer = promise_json(solve(as_request(REQUEST), viewer, now=clock.seconds()), viewer)
    owners = {row["owner"] for row in answer["operations"] if row["kind"] == "work"}
    assert owners == {"miller", "turner", "assembler"}
    price = answer["price"]
    assert sum(Decimal(line["amount"]) for line in price["lines"]) == Decimal(price["net"]) > 0
    assert answer["ready"] < answer["p50"] <= answer["p90"] <= answer["promised"]
    assert Booking.objects.count() == 0


def test_the_reason_fills_the_time_from_now_to_arrival(cast: Cast) -> None:
    now = clock.seconds()
    solution = solve(as_request(REQUEST), cast.viewer("buyer"), now=now)
    assert solution.reasons[0].start == now
    for before, after in zip(solution.reasons, solution.reasons[1:], strict=False):
        assert before.end == after.start


def test_what_nothing_waits_for_is_not_paid_to_be_sooner(cast: Cast) -> None:
    """A lathe twice as fast and ten times as dear, while the mills are taken for days."""
    now = clock.seconds()
    mills, turner = Resource.objects.get(name="milling 1"), Site.objects.get(name="turner works")
    Booking.objects.create(resource=mills, starts=now, ends=now + 6 * 86_400, units=2, kind="own", booked_at=now)
    fast = WorkCentre.objects.create(site=turner, name="fast turning", speed=Decimal(2))
    Capability.objects.create(work_centre=fast, process="turning", envelope=[1000, 800, 600], tolerance=6)
    lathe = Resource.objects.create(work_centre=fast, name="fast turning 1")
    card = RateCard.objects.get(owner=cast.firms["turner"])
    card.hourly[str(fast.ref)] = {"setup": "1800", "run": "1800"}
    card.save()
    chosen = {slot.resource for slot in solve(as_request(REQUEST), cast.viewer("buyer"), now=now).slots}
    assert lathe.id not in chosen
    mills.bookings.all().delete()
    Booking.objects.create(
        resource=Resource.objects.get(name="turning 1"),
        starts=now,
        ends=now + 6 * 86_400,
        units=1,
        kind="own",
        booked_at=now,
    )
    assert lathe.id in {slot.resource for slot in solve(as_request(REQUEST), cast.viewer("buyer"), now=now).slots}


def test_renaming_a_firm_changes_nothing_but_its_name(cast: Cast) -> None:
    viewer, now = cast.viewer("buyer"), clock.seconds()

    def promised() -> str:
        return json.dumps(promise_json(solve(as_request(REQUEST), viewer, now=now), viewer))

    before = promised()
    Organisation.objects.filter(name="miller").update(name="AAA first in every list")
    assert promised().replace("AAA first in every list", "miller") == before
