"""How exactly an owner answers a viewer: rounded at the owner's port, before a plan is composed of the answers.

What a plan, its reasons, its P50 and P90 and its price are made of is the rounded answer, so none of them tells more
than the owner shows. The safety days that an owner adds are within its answer: only it knows them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from lianzao.network.models import Site
from lianzao.trade.decisions import DAY, Rule
from lianzao.trust.levels import Level
from lianzao.trust.queries import levels
from lianzao.trust.viewer import Viewer

EXACT = 0
GRAINS = {Level.FULL_CALENDAR: EXACT, Level.FREE_TIME_BUCKETS: DAY // 2}  # of a lower level: whole days


@dataclass(frozen=True, slots=True)
class Grain:
    """Buckets of `seconds` that count from `offset`; none where `seconds` is EXACT."""

    seconds: int
    offset: int

    def begins(self, moment: int) -> int:
        """The start of the bucket that holds `moment`."""
        return moment - (moment - self.offset) % self.seconds if self.seconds else moment


def grain(level: Level, zone: str) -> Grain:
    """The buckets of an owner that grants `level`, at a site in `zone`."""
    seconds = GRAINS.get(level, DAY)
    return Grain(seconds, -_hours_ahead(zone) % seconds if seconds else 0)


@lru_cache
def _hours_ahead(zone: str) -> int:
    """Seconds by which clocks there are ahead of UTC in winter: buckets that move with clocks would answer twice."""
    ahead = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset()
    return round(ahead.total_seconds()) if ahead else 0


@dataclass(frozen=True, slots=True)
class Port:
    """What an owner puts between its bookings and the viewer: earliest start and rest in seconds, and its buckets."""

    earliest: int
    rest: int
    grain: Grain


class Ports:
    """The ports of `owners` for one viewer; towards itself a firm rounds nothing and adds nothing."""

    def __init__(self, viewer: Viewer, owners: Collection[int], rules: Mapping[int, Rule]) -> None:
        self._own = frozenset(viewer.roles)
        self._levels = levels(viewer, owners)
        self._rules = rules

    def of(self, site: Site) -> Port:
        owner = site.organisation_id
        rule = self._rules[owner]
        return Port(
            earliest=rule.earliest_days * DAY,
            rest=0 if owner in self._own else rule.safety_days * DAY,
            grain=grain(self._levels[owner], site.zone),
        )
