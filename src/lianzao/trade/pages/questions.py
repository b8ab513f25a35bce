"""What owners are asked: can do, cannot, or at another price or date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianzao.base.money import Money
from lianzao.base.places import zone_of
from lianzao.base.refusals import Refused
from lianzao.catalog import queries as catalog
from lianzao.catalog.models import Step
from lianzao.trade import actions, lookups, queries
from lianzao.trade.forms import ReplyForm
from lianzao.trade.models import Consent
from lianzao.trade.solution import slots_of
from lianzao.trade.wording import ASKED_BECAUSE, CONSENT_STATES, said, word
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.trust.viewer import Viewer
from lianzao.web.forms import once, page


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def questions(request: AskedBy) -> HttpResponse:
    """The open questions, the most urgent first; a POST answers one."""
    rows = queries.questions(request.viewer)
    if request.method != "POST":
        return page(request, "trade/questions.html", _context(request, rows, None))
    form = ReplyForm(request.POST)
    try:
        if form.is_valid():
            return HttpResponseRedirect(_answer(request, rows, form))
    except Refused as refused:
        still = queries.questions(request.viewer)
        return page(request, "trade/questions.html", _context(request, still, form), refused=refused)
    return page(request, "trade/questions.html", _context(request, rows, form))


def _answer(request: AskedBy, rows: list[Consent], form: ReplyForm) -> str:
    """Record the reply once; the address to go to. A reply sent again finds its question gone from `rows`."""
    viewer, ref = request.viewer, request.POST.get("ref", "")
    row = next((each for each in rows if str(each.ref) == ref), None)
    here = reverse("questions")
    once(
        request,
        viewer.ref,
        lambda: actions.answer(ref=ref, reply=form.reply(row.owner.country if row else ""), viewer=viewer),
        lambda _quote: here,
    )
    messages.success(request, gettext("Your answer is with the buyer."))
    return here


def _context(request: AskedBy, rows: list[Consent], tried: ReplyForm | None) -> dict[str, Any]:
    viewer = request.viewer
    past = lookups.answered(viewer)
    items = catalog.named({row.quote.request["item"] for row in (*rows, *past)}, viewer)
    names = {code: said(item.name, code) for code, item in items.items()}
    asked_about = request.POST.get("ref", "")
    return {
        "rows": [_row(row, names, tried if str(row.ref) == asked_about else None, viewer) for row in rows],
        "past": [_past(row, names) for row in past],
    }


def _row(row: Consent, names: Mapping[str, str], tried: ReplyForm | None, viewer: Viewer) -> dict[str, Any]:
    """One question with the work it is about; `tried` is the reply that did not pass."""
    asked = row.quote.request
    own = [slot for slot in slots_of(row.quote.plan) if slot.owner == row.owner_id and slot.kind == Step.Kind.WORK]
    suggestion = {"price": row.share}
    return {
        "consent": row,
        "title": names.get(asked["item"], asked["item"]),
        "quantity": asked["quantity"],
        "share": Money(row.share, row.currency),
        "because": word(ASKED_BECAUSE, row.because),
        "zone": zone_of(row.owner.country),
        "work": [{"name": said(slot.name, slot.key), "pieces": slot.pieces, "slot": slot} for slot in own],
        "form": tried or ReplyForm(initial=suggestion, auto_id=f"id_%s_{row.ref}"),
        "changing": tried is not None,
        "may": viewer.may_write_for(row.owner_id),
    }


def _past(row: Consent, names: Mapping[str, str]) -> dict[str, Any]:
    joint, state = CONSENT_STATES[row.state]
    asked = row.quote.request
    return {
        "consent": row,
        "title": names.get(asked["item"], asked["item"]),
        "quantity": asked["quantity"],
        "joint": joint.value,
        "word": gettext(state),
        "share": Money(row.share, row.currency),
    }
