"""The ways between sites and to the buyer: published lanes, the more exact place before its country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from lianzao.catalog.rates import Rates
from lianzao.engines import plan
from lianzao.network.models import Lane, Site

DAY = 86_400
EPOCH_WEEKDAY = 3  # 1970-01-01 was a Thursday
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
        pair = self._pair(origin.names, destination.names)
        return self._rows[pair] if pair else ()

    def _pair(self, origins: tuple[str, str], destinations: tuple[str, str]) -> tuple[str, str] | None:
        """The most exact names between which there is a lane."""
        pairs = ((here, there) for here in origins for there in destinations)
        return next((pair for pair in pairs if pair in self._rows), None)

    def legs(self, mass_kg: Decimal, rates: Rates, currency: str) -> dict[tuple[str, str], list[plan.Leg]]:
        """Every pair as the planner takes it, priced for `mass_kg` in `currency`."""
        legs = {pair: [self._leg(row, mass_kg, rates, currency) for row in rows] for pair, rows in self._rows.items()}
        alike: dict[tuple[str, str], list[Place]] = {}  # sites of one place share its lanes
        for place in self.places.values():
            alike.setdefault(place.names, []).append(place)
        return {
            (a.key, b.key): legs[pair]
            for here, origins in alike.items()
            for there, destinations in alike.items()
            if (pair := self._pair(here, there))
            for a in origins
            for b in destinations
            if a.key != b.key
        }

    def _leg(self, row: Lane, mass_kg: Decimal, rates: Rates, currency: str) -> plan.Leg:
        return plan.Leg(
            mode=row.mode,
            seconds=row.seconds,
            customs=row.customs_seconds,
            cost=rates.convert(cost(row, mass_kg), row.currency, currency),
            departures=weekday_moments(tuple(row.departs), self._now, self._until) if row.departs else None,
            spread=0.15,
        )


def cost(row: Lane, mass_kg: Decimal) -> Decimal:
    return max(row.minimum, row.cost_per_kg * mass_kg)


def weekday_moments(weekdays: tuple[int, ...], start: int, end: int) -> list[int]:
    """The moments between `start` and `end` at which something leaves on these weekdays (0 Monday)."""
    first, last = start - start % DAY, end + DAY
    days = _days_on(weekdays, first, last - last % DAY)
    return [moment for moment in days if moment >= start]


@lru_cache(maxsize=256)
def _days_on(weekdays: tuple[int, ...], first: int, last: int) -> tuple[int, ...]:
    return tuple(day + LEAVES_AT for day in range(first, last, DAY) if (day // DAY + EPOCH_WEEKDAY) % 7 in weekdays)
