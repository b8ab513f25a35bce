"""The inbox as a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lianzao.base.places import zone_of
from lianzao.notices import actions
from lianzao.notices.queries import home
from lianzao.notices.queries import inbox as read_inbox
from lianzao.notices.wording import in_words
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.web.forms import once, page

ON_A_PAGE = 30
LEADS_TO = {"order": "order", "quote": "quote"}


@dataclass(frozen=True, slots=True)
class Row:
    ref: str
    text: str
    at: int
    unread: bool
    url: str


@require_http_methods(["GET"])
@signed_in_page
def inbox(request: AskedBy) -> HttpResponse:
    """What is new for the viewer's firms, and what was."""
    shown = Paginator(read_inbox(request.viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        Row(str(each.ref), in_words(each.text, each.facts), each.at, each.read_at is None, _url(each.about))
        for each in shown.object_list
    ]
    with timezone.override(zone_of(home(request.viewer))):
        return page(request, "notices/inbox.html", {"notices_page": shown, "rows": rows})


@require_POST
@signed_in_page
def read(request: AskedBy) -> HttpResponse:
    """Mark one notice read, or all; a notice that leads somewhere goes there."""
    ref = request.POST.get("notice", "")
    once(request, request.viewer.ref, lambda: actions.mark_read(viewer=request.viewer, ref=ref), str)
    return redirect("inbox")


def _url(about: str) -> str:
    """The page that a notice is about; a question stands among the questions."""
    what, _, ref = about.partition(" ")
    if what == "question":
        return reverse("questions")
    return reverse(LEADS_TO[what], args=[ref]) if what in LEADS_TO else ""
