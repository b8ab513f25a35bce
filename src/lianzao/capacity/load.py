"""How full a firm's work centres are, day by day: what its own pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lianzao.base.calendars import Interval
from lianzao.capacity.availability import availability
from lianzao.capacity.decisions import Load
from lianzao.capacity.models import Overload
from lianzao.network.models import Resource, WorkCentre
from lianzao.trust.viewer import Viewer


@dataclass(frozen=True, slots=True)
class CentreLoad:
    """`shares` of each day's open time that is taken: 1.0 is full, more is overloaded, None where nobody works."""

    centre: WorkCentre
    machines: int
    shares: Sequence[float | None]
    first: date

    @property
    def mean(self) -> float:
        """Of the days on which somebody works."""
        worked = [min(share, 1.0) for share in self.shares if share is not None]
        return sum(worked) / len(worked) if worked else 0.0

    @property
    def free_from(self) -> date | None:
        """The first day with a tenth of its time free."""
        return next(
            (
                self.first + timedelta(days=at)
                for at, share in enumerate(self.shares)
                if share is not None and share < 0.9
            ),
            None,
        )

    @property
    def overloaded(self) -> list[tuple[date, float]]:
        """The days that are too full, and by which share."""
        return [
            (self.first + timedelta(days=at), share - 1)
            for at, share in enumerate(self.shares)
            if share is not None and share > 1.005
        ]


def own_resources(viewer: Viewer) -> list[Resource]:
    """The machines of the viewer's firms, with work centre, site and its calendar."""
    rows = Resource.objects.visible_to(viewer).filter(work_centre__site__organisation__in=viewer.organisations)
    return list(
        rows.select_related("work_centre__site__calendar").order_by("work_centre__site", "work_centre__name", "name")
    )


def daily_loads(resources: Sequence[Resource], *, now: int, days: int) -> list[CentreLoad]:
    """The load of each work centre of `resources` (as `own_resources` gives them) on `days` local days from today.

    Kept under the versions of plan and calendar: what did not change is not read again.
    """
    by_centre: dict[int, list[Resource]] = defaultdict(list)
    for row in resources:
        if hasattr(row.work_centre.site, "calendar"):
            by_centre[row.work_centre_id].append(row)
    keys = {centre: _key(rows, now, days) for centre, rows in by_centre.items()}
    unknown = [row for centre, rows in by_centre.items() if keys[centre] not in _known for row in rows]
    if unknown:
        if len(_known) > MOST_KNOWN:
            _known.clear()
        found = _read(unknown, now=now, days=days)
        _known.update({keys[centre]: shares for centre, shares in found.items()})
    return [
        CentreLoad(rows[0].work_centre, sum(row.capacity for row in rows), _known[keys[centre]], _today(rows[0], now))
        for centre, rows in by_centre.items()
    ]


MOST_KNOWN = 1_000
_known: dict[tuple[object, ...], list[float | None]] = {}


def _key(rows: Sequence[Resource], now: int, days: int) -> tuple[object, ...]:
    versions = tuple((row.id, row.capacity, row.plan_version) for row in rows)
    return rows[0].work_centre.site.calendar.version, _today(rows[0], now), days, versions


def _today(row: Resource, now: int) -> date:
    return datetime.fromtimestamp(now, ZoneInfo(row.work_centre.site.zone)).date()


def _read(resources: Sequence[Resource], *, now: int, days: int) -> dict[int, list[float | None]]:
    """The shares of each day by work centre."""
    found = availability(resources, now=now - 86_400, until=now + (days + 1) * 86_400)
    excess: dict[int, list[Load]] = defaultdict(list)
    too_much = Overload.objects.filter(resource__in=resources, ends__gt=now - 86_400)
    for resource, starts, ends, units in too_much.values_list("resource_id", "starts", "ends", "units"):
        excess[resource].append((starts, ends, units))
    by_centre: dict[int, list[Resource]] = defaultdict(list)
    for row in resources:
        by_centre[row.work_centre_id].append(row)
    shares = {}
    for centre, rows in by_centre.items():
        zone, first = ZoneInfo(rows[0].work_centre.site.zone), _today(rows[0], now)
        bounds = [_midnight(first + timedelta(days=at), zone) for at in range(days + 1)]
        opened: Mapping[int, Sequence[Interval]] = {row.id: found[row.id].open for row in rows}
        busy = {row.id: [*found[row.id].busy, *excess[row.id]] for row in rows}
        shares[centre] = [_share(rows, opened, busy, bounds[at], bounds[at + 1]) for at in range(days)]
    return shares


def _share(
    rows: Sequence[Resource],
    opened: Mapping[int, Sequence[Interval]],
    busy: Mapping[int, Sequence[Load]],
    start: int,
    end: int,
) -> float | None:
    """Taken over open time between `start` and `end`; work that runs on while nobody is there takes none."""
    room = taken = 0
    for row in rows:
        for a, b in opened[row.id]:
            since, until = max(a, start), min(b, end)
            if since >= until:
                continue
            room += (until - since) * row.capacity
            taken += sum(units * max(0, min(e, until) - max(s, since)) for s, e, units in busy[row.id])
    return taken / room if room else None


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp())
