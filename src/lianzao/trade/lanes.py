"""The ways between sites and to the buyer: published lanes, the more exact place before its country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from lianzao.catalog.rates import Rates
from lianzao.engines import plan
from lianzao.network.models import Lane, Site

DAY = 86_400
LEAVES_AT = 16 * 3600  # UTC; vans are loaded by the end of the working day


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: `key` names it in a plan."""

    key: str
    country: str
    place: str

    @property
    def names(self) -> tuple[str, str]:
        return f"{self.country}/{self.place}", self.country


def place_of(site: Site) -> Place:
    return Place(str(site.id), site.country, site.place)


class Lanes:
    """The lanes among `places`, read in one query; each pair has the alternatives of its most exact names."""

    def __init__(self, places: Iterable[Place], *, now: int, until: int) -> None:
        self.places = {place.key: place for place in places}
        names = {name for place in self.places.values() for name in place.names}
        self._rows: dict[tuple[str, str], list[Lane]] = {}
        for row in Lane.objects.filter(origin__in=names, destination__in=names).order_by("mode"):
            self._rows.setdefault((row.origin, row.destination), []).append(row)
        self._now, self._until = now, until

    def between(self, origin: Place, destination: Place) -> Sequence[Lane]:
        for here in origin.names:
            for there in destination.names:
                if rows := self._rows.get((here, there)):
                    return rows
        return ()

    def legs(self, mass_kg: Decimal, rates: Rates, currency: str) -> dict[tuple[str, str], list[plan.Leg]]:
        """Every pair as the planner takes it, priced for `mass_kg` in `currency`."""
        return {
            (a.key, b.key): [self._leg(row, mass_kg, rates, currency) for row in rows]
            for a in self.places.values()
            for b in self.places.values()
            if a.key != b.key and (rows := self.between(a, b))
        }

    def _leg(self, row: Lane, mass_kg: Decimal, rates: Rates, currency: str) -> plan.Leg:
        return plan.Leg(
            mode=row.mode,
            seconds=row.seconds,
            customs=row.customs_seconds,
            cost=rates.convert(cost(row, mass_kg), row.currency, currency),
            departures=weekday_moments(row.departs, self._now, self._until) if row.departs else None,
            spread=0.15,
        )


def cost(row: Lane, mass_kg: Decimal) -> Decimal:
    return max(row.minimum, row.cost_per_kg * mass_kg)


def weekday_moments(weekdays: Sequence[int], start: int, end: int) -> list[int]:
    """The moments between `start` and `end` at which something leaves on these weekdays (0 Monday)."""
    first = datetime.fromtimestamp(start - start % DAY, UTC)
    days = range((end - start) // DAY + 2)
    found = []
    for day in days:
        when = first + timedelta(days=day)
        moment = int(when.timestamp()) + LEAVES_AT
        if when.weekday() in weekdays and moment >= start:
            found.append(moment)
    return found
