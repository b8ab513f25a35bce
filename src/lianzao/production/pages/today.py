"""The factory's day, and the list of a work centre."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.capacity.load import daily_loads, own_resources
from lianzao.production import queries
from lianzao.production.presenting import headline, task_row
from lianzao.trade.queries import questions
from lianzao.trade.wording import ASKED_BECAUSE, word
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.web.forms import page

DAYS_SHOWN = 14
QUESTIONS_SHOWN = 5


@require_http_methods(["GET"])
@signed_in_page
def today(request: AskedBy) -> HttpResponse:
    """What the viewer's firm does today: work in plan order, what it is asked, how full it is."""
    viewer, now = request.viewer, clock.seconds()
    resources = own_resources(viewer)
    zone = ZoneInfo(resources[0].work_centre.site.zone) if resources else timezone.get_default_timezone()
    with timezone.override(zone):
        rows = [task_row(task, now=now) for task in queries.tasks(viewer, now=now)]
        asked = questions(viewer)
        late = sum(row.late for row in rows)
        context = {
            "site": resources[0].work_centre.site if resources else None,
            "now": now,
            "zone": zone,
            "headline": headline(late, len(rows), len(asked)),
            "rows": rows,
            "questions": [
                {
                    "row": row,
                    "share": Money(row.share, row.currency),
                    "because": word(ASKED_BECAUSE, row.because),
                }
                for row in asked[:QUESTIONS_SHOWN]
            ],
            "more_questions": max(0, len(asked) - QUESTIONS_SHOWN),
            "loads": daily_loads(resources, now=now, days=DAYS_SHOWN),
            "days": DAYS_SHOWN,
            "may_write": viewer.organisation is not None and viewer.may_write_for(viewer.organisation),
        }
        return page(request, "production/today.html", context)


@require_http_methods(["GET"])
@signed_in_page
def work_centre(request: AskedBy, ref: str) -> HttpResponse:
    """What a work centre does, in plan order, for a phone."""
    now = clock.seconds()
    centre = queries.work_centre(ref, request.viewer)
    with timezone.override(centre.site.zone):
        tasks = queries.tasks_of(centre, request.viewer)
        context = {"centre": centre, "rows": [task_row(task, now=now) for task in tasks]}
        return page(request, "production/work_centre.html", context)
