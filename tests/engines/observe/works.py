"""Made-up reports for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lianzao.engines.observe import Kind, Report

MONDAY = datetime(2021, 3, 1, tzinfo=UTC)


def report(
    day: float,
    hours: float = 1.0,
    *,
    order: str = "A",
    part: str = "Shaft",
    activity: str = "Turning",
    resource: str = "Lathe",
    pieces: float = 10,
    kind: Kind = Kind.RUN,
    rejected: float = 0,
    rework: bool = False,
) -> Report:
    """Work that began `day` days after a Monday's midnight."""
    began = int((MONDAY + timedelta(days=day)).timestamp())
    ended = began + round(hours * 3600)
    return Report(
        order=order,
        part=part,
        order_quantity=10,
        activity=activity,
        resource=resource,
        began=began,
        ended=ended,
        known=ended,
        timed=True,
        minutes=hours * 60,
        kind=kind,
        good=pieces,
        rejected=rejected,
        rework=rework,
    )
