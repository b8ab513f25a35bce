"""When a site or a resource is free. Two submodels that never mix: the full calendar, and free time in buckets.

The published template (IDTA 02067) carries an iCalendar file and no bookings, so these two have a meaning of their own.
"""

from aas_core3_1 import types as aas

from lianzao.aas.documents.elements import OWN, XSD, during, group, number, sequence, value
from lianzao.aas.documents.facts import Busy, Calendar, FreeTime

CALENDAR = f"{OWN}Calendar:1:0"
FREE_TIME = f"{OWN}FreeTime:1:0"
ZONE = f"{OWN}timeZone"
SPAN = f"{OWN}span"
KINDS = aas.AASSubmodelElements


def calendar(facts: Calendar) -> list[aas.SubmodelElement | None]:
    working = [during(None, f"{OWN}workingTime", span) for span in facts.working]
    busy = [_busy(taken) for taken in facts.busy]
    return [
        value("TimeZone", ZONE, facts.zone),
        during("Covers", f"{OWN}covers", facts.covers),
        number("Capacity", f"{OWN}capacity", facts.capacity),
        sequence("WorkingTime", f"{OWN}workingTimes", KINDS.RANGE, working, XSD.DATE_TIME),
        sequence("Busy", f"{OWN}busyTimes", KINDS.SUBMODEL_ELEMENT_COLLECTION, busy),
    ]


def free_time(facts: FreeTime) -> list[aas.SubmodelElement | None]:
    buckets = [
        group(
            None,
            f"{OWN}bucket",
            during("Span", SPAN, bucket.span),
            number("FreeHours", f"{OWN}freeHours", bucket.free_hours),
        )
        for bucket in facts.buckets
    ]
    return [
        value("TimeZone", ZONE, facts.zone),
        sequence("Buckets", f"{OWN}buckets", KINDS.SUBMODEL_ELEMENT_COLLECTION, buckets),
    ]


def _busy(taken: Busy) -> aas.SubmodelElementCollection | None:
    return group(
        None,
        f"{OWN}busyTime",
        during("Span", SPAN, taken.span),
        number("Units", f"{OWN}units", taken.units),
    )
