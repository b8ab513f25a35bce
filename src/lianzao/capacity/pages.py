"""The calendar page of a site: hours, closures, exceptions, own work, and the owner's word that it is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from lianzao.base import clock
from lianzao.base.calendars import Shift
from lianzao.base.holiday_plans import holiday_plan
from lianzao.base.messages import _
from lianzao.base.refusals import Malformed, Refused
from lianzao.capacity import actions, forms, queries
from lianzao.capacity.load import daily_loads
from lianzao.capacity.queries import Plant
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.trust.viewer import Viewer
from lianzao.web.forms import once, page

DAYS_SHOWN = 28
HOLIDAYS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of the site, or (`centre`) of one work centre."""

    centre: str
    ref: str
    weekdays: str
    hours: str


@require_http_methods(["GET", "POST"])
@signed_in_page
def calendar(request: AskedBy) -> HttpResponse:
    """The calendar of a site of the viewer's firm; what is sent changes one thing of it."""
    plant = queries.plant(request.viewer, request.GET.get("site", ""))
    if plant is None:
        return page(request, "capacity/no_calendar.html", {})
    with timezone.override(plant.site.zone):
        if request.method == "GET":
            return _shown(request, plant)
        return _changed(request, plant)


def _changed(request: AskedBy, plant: Plant) -> HttpResponse:
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Malformed(at="act", accepted=", ".join(ACTS))
    form_class, do = ACTS[act]
    form = form_class(plant, request.POST, request.FILES) if form_class else None
    if form is not None and not form.is_valid():
        return _shown(request, plant, sent={act: form}, status=422)
    try:
        said = _once(request, lambda: do(plant, form, request))
    except Refused as refused:
        return _shown(request, plant, sent={act: form} if form else {}, refused=refused)
    messages.success(request, said or gettext("The calendar is changed."))
    return redirect(f"{reverse('calendar')}?site={plant.site.ref}")


def _once(request: AskedBy, work: Callable[[], str]) -> str:
    """A file may be sent twice without a key: the same import again changes nothing."""
    if request.FILES:
        return work()
    return once(request, request.viewer.ref, work, str)


def _set_shifts(plant: Plant, form: Any, request: AskedBy) -> str:
    data = form.cleaned_data
    shifts = [Shift(data["weekdays"], data["start"], data["end"])]
    if data["second_start"] and data["second_end"]:
        shifts.append(Shift(data["weekdays"], data["second_start"], data["second_end"]))
    actions.set_shifts(site=str(plant.site.ref), work_centre=data["work_centre"], shifts=shifts, viewer=request.viewer)
    return ""


def _site_hours(plant: Plant, form: Any, request: AskedBy) -> str:
    actions.set_shifts(
        site=str(plant.site.ref), work_centre=request.POST.get("centre", ""), shifts=[], viewer=request.viewer
    )
    return ""


def _add_closure(plant: Plant, form: Any, request: AskedBy) -> str:
    actions.add_closure(site=str(plant.site.ref), viewer=request.viewer, **form.cleaned_data)
    return ""


def _remove_closure(plant: Plant, form: Any, request: AskedBy) -> str:
    first, last = (_day(request.POST.get(name, ""), name) for name in ("first", "last"))
    actions.remove_closure(site=str(plant.site.ref), first=first, last=last, viewer=request.viewer)
    return ""


def _full(plant: Plant, form: Any, request: AskedBy) -> str:
    data = form.cleaned_data
    until = int(datetime.combine(data["until"], time(), form.zone).timestamp())
    actions.full_until(work_centre=data["work_centre"], until=until, viewer=request.viewer)
    return ""


def _add_exception(plant: Plant, form: Any, request: AskedBy) -> str:
    actions.add_exception(
        work_centre=form.cleaned_data["work_centre"],
        starts=form.seconds("starts"),
        ends=form.seconds("ends"),
        opens=form.cleaned_data["opens"] == "yes",
        viewer=request.viewer,
    )
    return ""


def _remove_exception(plant: Plant, form: Any, request: AskedBy) -> str:
    starts, ends = (_number(request.POST.get(name, ""), name) for name in ("starts", "ends"))
    centre = request.POST.get("centre", "")
    actions.remove_exception(work_centre=centre, starts=starts, ends=ends, viewer=request.viewer)
    return ""


def _add_own_work(plant: Plant, form: Any, request: AskedBy) -> str:
    data = form.cleaned_data
    actions.add_own_work(
        resource=data["resource"],
        starts=form.seconds("starts"),
        ends=form.seconds("ends"),
        units=data["units"],
        label=data["label"],
        viewer=request.viewer,
    )
    return gettext("Your own work is entered.")


def _remove_own_work(plant: Plant, form: Any, request: AskedBy) -> str:
    actions.remove_own_work(ref=request.POST.get("own_work", ""), viewer=request.viewer)
    return gettext("Your own work is taken out.")


def _import(plant: Plant, form: Any, request: AskedBy) -> str:
    file: UploadedFile[Any] = form.cleaned_data["file"]
    done = actions.import_own_work(
        site=str(plant.site.ref),
        source=form.cleaned_data["source"],
        content=file.read(),
        resource=form.cleaned_data["resource"],
        viewer=request.viewer,
    )
    if not done.changed:
        return gettext("The file says nothing new.")
    said = ngettext("{count} piece of own work is read.", "{count} pieces of own work are read.", done.rows)
    return said.format(count=done.rows)


def _confirm(plant: Plant, form: Any, request: AskedBy) -> str:
    actions.confirm_calendar(site=str(plant.site.ref), viewer=request.viewer)
    return gettext("The calendar is confirmed.")


Act = Callable[[Plant, Any, AskedBy], str]
ACTS: Mapping[str, tuple[type[forms.PlantForm] | None, Act]] = {
    "shifts": (forms.ShiftsForm, _set_shifts),
    "site-hours": (None, _site_hours),
    "closure": (forms.ClosureForm, _add_closure),
    "remove-closure": (None, _remove_closure),
    "full": (forms.FullForm, _full),
    "exception": (forms.ExceptionForm, _add_exception),
    "remove-exception": (None, _remove_exception),
    "own-work": (forms.OwnWorkForm, _add_own_work),
    "remove-own-work": (None, _remove_own_work),
    "import": (forms.ImportForm, _import),
    "confirm": (None, _confirm),
}


def _shown(
    request: AskedBy,
    plant: Plant,
    *,
    sent: Mapping[str, Any] | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, site, now = request.viewer, plant.site, clock.seconds()
    confirmed = plant.site.calendar.confirmed_at
    due = confirmed + timedelta(days=settings.NODE["CALENDAR_CONFIRMED_DAYS"])
    today = datetime.fromtimestamp(now, ZoneInfo(site.zone)).date()
    own = queries.own_work(site, viewer, now=now)
    context = {
        "plant": plant,
        "site": site,
        "may_write": viewer.may_write_for(site.organisation_id),
        "confirmed": confirmed,
        "due": due,
        "is_confirmed": due > clock.now(),
        "hours": _hours(plant, viewer),
        "closures": queries.closures(site, viewer, today=today),
        "holidays": _holidays(plant, now),
        "exceptions": _exceptions(plant, viewer, now),
        "own_work": own[: queries.SHOWN],
        "own_more": len(own) > queries.SHOWN,
        "resources": {row.id: row for row in plant.resources},
        "loads": daily_loads(plant.resources, now=now, days=DAYS_SHOWN),
        "days": DAYS_SHOWN,
        "today": today,
        "forms": {name.replace("-", "_"): made(plant) for name, (made, _do) in ACTS.items() if made}
        | {name.replace("-", "_"): form for name, form in (sent or {}).items()},
        "opened": next(iter(sent or {}), ""),
    }
    answer = page(request, "capacity/calendar.html", context, refused=refused)
    if refused is None:
        answer.status_code = status
    return answer


def _hours(plant: Plant, viewer: Viewer) -> list[Hours]:
    names = {row.id: row for row in plant.centres}
    rows = []
    for rule in queries.shifts(plant.site, viewer):
        centre = names.get(rule.work_centre_id or 0)
        rows.append(
            Hours(
                centre=centre.name if centre else "",
                ref=str(centre.ref) if centre else "",
                weekdays=_weekdays(sorted(rule.weekdays)),
                hours=f"{rule.start:%H:%M} – {rule.end:%H:%M}",
            )
        )
    return rows


def _weekdays(numbers: list[int]) -> str:
    """Runs of days by their ends: Mon – Fri."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{_weekday(run[0])} – {_weekday(run[-1])}" if len(run) > 1 else str(_weekday(run[0])) for run in runs
    )


def _weekday(number: int) -> str:
    return gettext(SHORT[number])


SHORT = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def _holidays(plant: Plant, now: int) -> list[tuple[date, str]]:
    """The next public holidays that the calendar keeps, by their own names."""
    observes = plant.site.calendar.observes
    if not observes:
        return []
    today = clock.at(now).date()
    plan = holiday_plan(observes, plant.site.subdivision or None, range(today.year, today.year + 2))
    return [(day, name) for day, name in sorted(plan.closed.items()) if day >= today][:HOLIDAYS_SHOWN]


def _exceptions(plant: Plant, viewer: Viewer, now: int) -> list[dict[str, Any]]:
    centres = {row.id: row for row in plant.centres}
    return [
        {"row": row, "centre": centres[row.work_centre_id]}
        for row in queries.exceptions(plant.site, viewer, now=now)
        if row.work_centre_id in centres
    ]


def _day(text: str, at: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed(at=at, accepted=gettext("a day")) from None


def _number(text: str, at: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise Malformed(at=at)
    return int(text)
