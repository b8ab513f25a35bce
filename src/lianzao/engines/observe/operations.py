"""Which operation a report is of: an activity without the machine that many shops write behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from lianzao.engines.observe.reports import Report

MOSTLY = 0.8  # of an activity's reports on one resource: the activity names that resource
REWORK = ("rework", "nacharbeit", "返工", "返修")


class Step(NamedTuple):
    """A report and the operation it is of."""

    operation: str
    report: Report


def is_rework(report: Report) -> bool:
    """Whether pieces are made good again: a detour, no step of the routing."""
    return report.rework or any(word in report.activity.casefold() for word in REWORK)


def steps_of(reports: Sequence[Report]) -> list[Step]:
    """Each report with the operation it is of, rework left out."""
    name = operation_names(reports)
    return [Step(name(report.activity), report) for report in reports if not is_rework(report)]


def operation_names(reports: Iterable[Report]) -> Callable[[str], str]:
    """How to shorten the activities of these reports to operations: `Milling - Machine 16` is *Milling*.

    What follows the last dash is left off where it stands in a resource's name, or where it is numbered and each
    activity of that beginning belongs to a resource of its own.
    """
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        used[report.activity][report.resource] += 1
    resources = [_plain(name) for name in {name for names in used.values() for name in names}]
    heads: dict[str, set[str]] = defaultdict(set)
    for activity in used:
        heads[_split(activity)[0]].add(activity)

    def short(activity: str) -> str:
        head, tail = _split(activity)
        if not tail:
            return head
        if any(_plain(tail) in name for name in resources):
            return head
        numbered = any(letter.isdigit() for letter in tail)
        return head if numbered and _names_machines(heads[head], used) else _tidy(activity)

    names = {activity: short(activity) for activity in used}
    return lambda activity: names.get(activity, _tidy(activity))


def _names_machines(activities: Iterable[str], used: dict[str, Counter[str]]) -> bool:
    mostly = [used[activity].most_common(1)[0] for activity in activities]
    clear = all(
        count >= MOSTLY * used[activity].total() for activity, (_, count) in zip(activities, mostly, strict=True)
    )
    return clear and len({resource for resource, _ in mostly}) > 1


def _split(activity: str) -> tuple[str, str]:
    head, dash, tail = _tidy(activity).rpartition(" - ")
    return (head, tail) if dash else (tail, "")


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    return "".join(text.casefold().split())
