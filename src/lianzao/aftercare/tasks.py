"""What aftercare does a moment later: due maintenance gets its time, months that are over are closed."""

from __future__ import annotations

from lianzao.aftercare import actions
from lianzao.aftercare.models import MaintenanceJob
from lianzao.ledger.events import Happened
from lianzao.ledger.following import every, follows


@follows("aftercare.maintenance.due")
def promise_what_is_due(event: Happened) -> None:
    actions.promise(ref=event.subject)


@every(3600)
def promise_what_found_no_time() -> None:
    due = MaintenanceJob.objects.filter(state=MaintenanceJob.State.DUE).order_by("due", "id")
    for ref in due.values_list("ref", flat=True)[:200]:
        actions.promise(ref=ref)


@every(3600)
def close_months_that_are_over() -> None:
    actions.close_months()
