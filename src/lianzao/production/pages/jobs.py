"""One job at the machine: what it is, what may be reported, the code that opens it."""

from __future__ import annotations

import io

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.production import actions, queries
from lianzao.production.decisions import REASONS as REASON_CODES
from lianzao.production.decisions import WrongReport
from lianzao.production.forms import ReportForm
from lianzao.production.presenting import names, task_row, title, where, zone_of_job
from lianzao.production.queries import Task
from lianzao.production.wording import REASONS
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.web.forms import once, page

REPORTED = {
    "start": _("Started."),
    "pause": _("Interrupted."),
    "finish": _("Finished."),
    "ship": _("On its way."),
    "receive": _("Received."),
}


@require_http_methods(["GET"])
@signed_in_page
def job(request: AskedBy, ref: str) -> HttpResponse:
    return _shown(request, ref)


@require_POST
@signed_in_page
def report(request: AskedBy, ref: str) -> HttpResponse:
    """One tap of a machinist; the same tap sent twice counts once."""
    form = ReportForm(request.POST)
    try:
        if not form.is_valid():
            raise WrongReport(at=next(iter(form.errors)), accepted=_("an event with whole numbers of pieces"))
        once(
            request,
            request.viewer.ref,
            lambda: actions.report(ref=ref, report=form.report(), viewer=request.viewer),
            lambda row: str(row.state),
        )
    except Refused as refused:
        return _shown(request, ref, refused=refused)
    messages.success(request, gettext(REPORTED[form.cleaned_data["event"]]))
    return redirect("job", ref=ref)


@require_http_methods(["GET"])
@signed_in_page
def code(request: AskedBy, ref: str) -> HttpResponse:
    """The job's address as a QR code, to be printed on its papers; who opens it still has to be let in."""
    found = queries.job(ref, request.viewer)
    drawn = io.BytesIO()
    address = request.build_absolute_uri(reverse("job", args=[found.ref]))
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=4, border=4, xmldecl=False, svgclass=None, lineclass=None, light="#fff"
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _shown(request: AskedBy, ref: str, *, refused: Refused | None = None) -> HttpResponse:
    viewer, now = request.viewer, clock.seconds()
    found = queries.job(ref, viewer)
    task, after, may_report = queries.task(found, viewer)
    left = max(0, found.pieces - found.good - found.scrap)
    zone = zone_of_job(found)
    context = {
        "job": found,
        "row": task_row(task, now=now),
        "zone": zone,
        "left": left,
        "one_less": max(0, left - 1),
        "may_report": may_report,
        "waits_for": names(task.waits_for),
        "is_ship": found.kind == "ship",
        "two_keys": found.kind != "ship" and found.state in ("running", "paused"),
        "is_work": found.kind == "work",
        "reasons": [(code, gettext(REASONS[code])) for code in REASON_CODES],
        "centre": found.resource.work_centre if found.resource and task.mine else None,
        "after": [task_row(Task(row, (), mine=True), now=now) for row in after],
        "name": title(found),
        "where": where(found),
        "step": "/".join(found.key.split("/")[-2:]),
    }
    with timezone.override(zone):
        return page(request, "production/job.html", context, refused=refused)
