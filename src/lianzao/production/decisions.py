"""What a report does to a job, and what it may not do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

EVENTS = ("start", "pause", "finish", "ship", "receive")
REASONS = ("machine", "material", "tool", "drawing", "inspection", "people", "other")
NEXT = {
    ("waiting", "start"): "running",
    ("paused", "start"): "running",
    ("running", "pause"): "paused",
    ("running", "finish"): "finished",
    ("paused", "finish"): "finished",
    ("waiting", "ship"): "running",
    ("running", "receive"): "finished",
}
WITHOUT_START = {("waiting", "finish"): "finished"}  # material that arrived, a lot that came back


class WrongReport(Refused):
    code = "wrong-report"


class AlreadyReported(Refused):
    code = "already-reported"
    status = 409
    text = _("This was reported already; the job is {state}.")
    hint = _("one of: {events}")


class NotYet(Refused):
    code = "not-yet"
    status = 409
    text = _("A step before this one is not finished: {before}.")
    hint = _("reports in the order of the work")


@dataclass(frozen=True, slots=True)
class Report:
    """`good` and `scrap` count pieces since the last report."""

    event: str
    good: int = 0
    scrap: int = 0
    reason: str = ""


def after_report(kind: str, state: str, report: Report, *, pieces: int, before: Collection[str]) -> str:
    """The state of the job after the report; `before` names unfinished jobs that it waits for.

    Raises WrongReport, AlreadyReported or NotYet.
    """
    _check(report, kind, pieces)
    moves = NEXT if kind in {"work", "ship"} else NEXT | WITHOUT_START
    target = moves.get((state, report.event))
    if target is None:
        possible = [event for (source, event) in moves if source == state and _fits(event, kind)]
        raise AlreadyReported(at="event", state=state, events=", ".join(possible) or _("nothing more on this job"))
    if before and report.event in {"start", "ship"}:
        raise NotYet(at="event", before=", ".join(sorted(before)))
    return target


def _fits(event: str, kind: str) -> bool:
    return (event in {"ship", "receive"}) == (kind == "ship")


def _check(report: Report, kind: str, pieces: int) -> None:
    possible = [event for event in EVENTS if _fits(event, kind)]
    if report.event not in possible:
        raise WrongReport(
            _("“{event}” cannot be reported on this job."),
            at="event",
            accepted=", ".join(possible),
            event=report.event[:40],
        )
    for name, count in (("good", report.good), ("scrap", report.scrap)):
        if not 0 <= count <= pieces * 2 + 100:
            raise WrongReport(_("The number of pieces cannot be."), at=name, accepted=_("0 to {pieces}"), pieces=pieces)
    if report.reason and report.reason not in REASONS:
        raise WrongReport(_("This reason is not known."), at="reason", accepted=", ".join(REASONS))
    if report.scrap and not report.reason:
        raise WrongReport(_("Scrap needs a reason."), at="reason", accepted=", ".join(REASONS))
