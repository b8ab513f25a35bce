"""A shop's imported log as it was known at a moment, kept ready between questions."""

from __future__ import annotations

import hashlib
import uuid
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter

from lianzao.engines.observe import Kind, LearnedSite, Report
from lianzao.production.joblog import KnownLog, as_known, site_from_log
from lianzao.production.models import LogImport, LogRow
from lianzao.trust.viewer import Viewer

LONGEST_ORDER, LONGEST_PART, LONGEST_ACTIVITY, LONGEST_RESOURCE = 200, 120, 200, 150


@dataclass(frozen=True, slots=True)
class Told:
    """What a log told until a moment: its orders, the shop behind it (none before the first report), its parts."""

    orders: KnownLog
    shop: LearnedSite | None
    parts: frozenset[str]


def imported(site: str, viewer: Viewer) -> LogImport | None:
    """The import that made the viewer's site of that name."""
    rows = LogImport.objects.visible_to(viewer).filter(site__name=site).select_related("site__organisation")
    return rows.order_by("id").first()


def told(log: LogImport, moment: int) -> Told:
    """What `log` told until `moment` included; rows known later have no part in it."""
    last = LogRow.objects.filter(log=log).order_by("-id").values_list("id", flat=True).first() or 0
    reports = _reports(log.ref, log.id, last)
    return _told(log.ref, log.id, last, bisect_right(reports, moment, key=attrgetter("known")))


def forget() -> None:
    """Drop what is kept ready: for tests and measurements."""
    _reports.cache_clear()
    _told.cache_clear()


@lru_cache(maxsize=4)
def _reports(_ref: uuid.UUID, log: int, _last: int) -> tuple[Report, ...]:
    return tuple(sorted((_report(row) for row in LogRow.objects.filter(log=log)), key=as_known))


@lru_cache(maxsize=64)
def _told(ref: uuid.UUID, log: int, last: int, count: int) -> Told:
    reports = _reports(ref, log, last)[:count]
    if not reports:
        return Told(KnownLog(), None, frozenset())
    return Told(
        KnownLog.as_of(reports, reports[-1].known),
        site_from_log(reports),
        frozenset(report.part for report in reports),
    )


def _report(row: LogRow) -> Report:
    return Report(
        order=row.order,
        part=row.part,
        order_quantity=row.quantity,
        activity=row.activity,
        resource=row.resource,
        began=row.began,
        ended=row.ended,
        known=row.known_at,
        timed=row.timed,
        minutes=row.minutes,
        kind=Kind(row.kind),
        good=row.good,
        rejected=row.rejected,
        rework=row.rework,
    )


def rows_of(log: LogImport, reports: Sequence[Report]) -> list[LogRow]:
    """The reports as rows, in the order in which they became known."""
    return [
        LogRow(
            log=log,
            known_at=report.known,
            order=report.order,
            part=report.part,
            quantity=report.order_quantity,
            activity=report.activity,
            resource=report.resource,
            began=report.began,
            ended=report.ended,
            timed=report.timed,
            minutes=report.minutes,
            kind=report.kind.value,
            good=report.good,
            rejected=report.rejected,
            rework=report.rework,
        )
        for report in reports
    ]


def storable(report: Report) -> Report:
    """The report with its names as `fitted` keeps them."""
    return replace(
        report,
        order=fitted(report.order, LONGEST_ORDER),
        part=fitted(report.part, LONGEST_PART),
        activity=fitted(report.activity, LONGEST_ACTIVITY),
        resource=fitted(report.resource, LONGEST_RESOURCE),
    )


def fitted(text: str, most: int) -> str:
    """`text` of at most `most` characters: a longer one keeps its beginning and stays apart from others by a hash."""
    if len(text) <= most:
        return text
    tail = "…" + hashlib.sha256(text.encode()).hexdigest()[:8]
    return text[: most - len(tail)] + tail
