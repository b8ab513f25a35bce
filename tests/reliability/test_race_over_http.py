"""64 buyers race over HTTP for a pool of 20 in one window, and exactly 20 get it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.reliability.node import running

POOL, BUYERS = 20, 64
# One pool of 20 that is open for one day only, and an item whose one step fills that day.
ONE_WINDOW = """
from datetime import time
from decimal import Decimal
from lianzao.base import clock
from lianzao.capacity.models import Calendar, CalendarException, ShiftRule
from lianzao.catalog.models import Item, Step
from lianzao.network.models import Capability, Resource, WorkCentre
from lianzao.catalog.models import RateCard
from lianzao.trust.models import Organisation
site = Organisation.objects.get(name="assembler").sites.get()
centre = WorkCentre.objects.create(site=site, name="pool")
Capability.objects.create(work_centre=centre, process="racing")
Resource.objects.create(work_centre=centre, name="pool of 20", capacity=20)
card = RateCard.objects.get(owner=site.organisation)
card.hourly[str(centre.ref)] = {"setup": "10", "run": "10"}
card.save()
ShiftRule.objects.filter(calendar__site=site).delete()
start = clock.seconds() + 86400
CalendarException.objects.create(work_centre=centre, starts=start, ends=start + 6 * 3600, opens=True)
item = Item.objects.create(code="RACE", name={"en": "Race"}, mass_kg=Decimal(1))
Step.objects.create(item=item, number=10, name={"en": "Race"}, process="racing", run=Decimal(350))
"""


@pytest.mark.long
def test_a_pool_of_twenty_is_held_exactly_twenty_times(tmp_path: Path) -> None:
    with running(tmp_path) as node:
        node.python(ONE_WINDOW)
        token = node.cli("token", "--as", "buyer")["token"]

        def race(number: int) -> httpx.Response:
            return httpx.post(
                f"{node.url}/api/quote",
                json={"item": "RACE", "quantity": 1, "deliver_to": {"country": "DE", "place": "Stuttgart"}},
                headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"race-{number}"},
                timeout=120,
            )

        with ThreadPoolExecutor(BUYERS) as buyers:
            answers = list(buyers.map(race, range(BUYERS)))
        codes = {answer.status_code for answer in answers if answer.status_code != 200}
        refusals = {answer.json()["code"] for answer in answers if answer.status_code != 200}
        assert [answer.status_code for answer in answers].count(200) == POOL, answers[-1].text
        assert codes <= {409, 422} and refusals <= {"no-time", "time-taken", "never-open"}
        count = "from lianzao.capacity.models import Booking; print(Booking.objects.count())"
        assert int(node.python(count)) == POOL
        assert node.cli("verify")["errors"] == []
