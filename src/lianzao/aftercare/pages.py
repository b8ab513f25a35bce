"""Products in use as pages: the list, the passport with what can be done from it, a month's statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzao.aftercare import actions, presenting, queries
from lianzao.aftercare.accounts import Account, Month, accounts, billed, statements
from lianzao.aftercare.answers import maintenance_json, meter_json, need_json, statement_json
from lianzao.aftercare.forms import AnswerForm, MeterForm, NeedForm
from lianzao.aftercare.meter_file import read_meter
from lianzao.aftercare.models import Product
from lianzao.aftercare.needs import item_of, offered, parts
from lianzao.aftercare.passport import as_built, jobs_of
from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.base.refusals import Absent, Refused
from lianzao.trade.wording import said
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.web.api import idempotent
from lianzao.web.forms import page

READINGS_SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def products(request: AskedBy) -> HttpResponse:
    """The products in use, those that wait for care first; a POST records readings of any of them."""
    form, refused = MeterForm(), None
    if request.method == "POST":
        form = MeterForm(request.POST, request.FILES)
        try:
            if form.is_valid():
                _meter(request, form)
                return HttpResponseRedirect(reverse("products"))
        except Refused as problem:
            refused = problem
    context = {**_list(request), "form": form}
    return page(request, "aftercare/products.html", context, refused=refused)


def _list(request: AskedBy) -> dict[str, Any]:
    rows, now = queries.products(request.viewer), clock.seconds()
    found = accounts(rows, billed=False)
    cares = {row.id: presenting.care(found[row.id], now=now) for row in rows}
    waiting = [row for row in rows if cares[row.id].waits]
    rest = [row for row in rows if not cares[row.id].waits]
    return {
        "rows": [{"product": row, "care": cares[row.id], "hours": _hours(found[row.id])} for row in [*waiting, *rest]],
        "waiting": len(waiting),
        "may": _works(request),
    }


def _works(request: AskedBy) -> bool:
    return bool(set(request.viewer.roles.values()) - {"reader"})


def _hours(found: Account) -> object:
    return found.hours if found.readings else None


def _meter(request: AskedBy, form: MeterForm) -> None:
    """Record the readings of a file, once."""
    data, viewer = form.sent(), request.viewer
    file = read_meter(data)
    answer: Mapping[str, Any] = idempotent(
        request,
        viewer.ref,
        lambda: actions.meter(file=file, viewer=viewer),
        lambda metered: meter_json(metered, viewer),
        body=data,
    )
    say = messages.success if answer["rows_used"] else messages.warning
    say(request, presenting.metered_message(answer))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def passport(request: AskedBy, ref: str) -> HttpResponse:
    """One product from its order to its care; a POST reports a need, records readings, answers or finishes."""
    sheet = _Sheet(request, queries.product(ref, request.viewer))
    if request.method == "POST":
        try:
            if sheet.act(request.POST.get("act", "")):
                return HttpResponseRedirect(reverse("passport", args=[sheet.product.ref]))
        except Refused as refused:
            return page(request, "aftercare/passport.html", sheet.context(), refused=refused)
    return page(request, "aftercare/passport.html", sheet.context())


class _Sheet:
    """The passport with its forms; the one that was sent is kept as sent."""

    def __init__(self, request: AskedBy, product: Product) -> None:
        self.request, self.viewer, self.product = request, request.viewer, product
        self.item = item_of(product)
        self.may_need = request.viewer.roles.get(product.owner_id, "reader") != "reader"
        spare = parts(offered(self.item), product) if self.may_need else {}
        self.parts = {code: said(item.name, code) for code, item in spare.items()}
        self.sent: dict[str, forms.Form] = {}

    def act(self, name: str) -> bool:
        """Do what was sent; False where a form says what is wrong with it.

        Raises Absent for an act that there is not, and the refusals of the actions.
        """
        acts: dict[str, Callable[[], bool]] = {
            "meter": self._meter,
            "need": self._need,
            "answer": self._answer,
            "done": self._done,
        }
        if name not in acts:
            raise Absent(at="act", accepted=", ".join(acts))
        return acts[name]()

    def _meter(self) -> bool:
        form = MeterForm(self.request.POST, self.request.FILES)
        self.sent["meter"] = form
        if not form.is_valid():
            return False
        _meter(self.request, form)
        return True

    def _need(self) -> bool:
        form = NeedForm(self.request.POST, parts=self.parts)
        self.sent["need"] = form
        if not form.is_valid():
            return False
        self._once(
            lambda: actions.report_need(product=self.product, wanted=form.wanted(), viewer=self.viewer),
            need_json,
            gettext("Reported. The answer comes here and to your inbox."),
        )
        return True

    def _answer(self) -> bool:
        form, ref = AnswerForm(self.request.POST), self.request.POST.get("need", "")
        if not form.is_valid():
            self.sent[ref] = form
            return False
        self._once(
            lambda: actions.answer_need(ref=ref, viewer=self.viewer, text=form.cleaned_data["text"]),
            need_json,
            gettext("Your answer is given."),
        )
        return True

    def _done(self) -> bool:
        ref = self.request.POST.get("job", "")
        self._once(
            lambda: actions.done(ref=ref, viewer=self.viewer),
            lambda job: maintenance_json([job], self.viewer)[0],
            gettext("The maintenance is done. What was left of its time is free."),
        )
        return True

    def _once(self, work: Callable[[], Any], answer: Callable[[Any], Any], message: str) -> None:
        sent = self.request.POST.urlencode().encode()  # whatever the form's encoding was
        idempotent(self.request, self.viewer.ref, work, answer, body=sent)
        messages.success(self.request, message)

    def context(self) -> dict[str, Any]:
        product, viewer = self.product, self.viewer
        found = queries.account(product)
        stated = statements(found, now=clock.seconds())
        steps = presenting.steps(as_built(jobs_of(product), product, viewer))
        return {
            "product": product,
            "name": said(product.name, product.item),
            "zone": presenting.zone(product),
            "configuration": presenting.configuration(product, self.item),
            "steps": steps,
            "makers": len({step.maker for step in steps if step.maker}),
            "sees_order": bool({product.order.buyer_id, product.order.seller_id} & set(viewer.roles)),
            **self._use(found),
            **self._service(found, stated),
            **self._asked(found),
        }

    def _use(self, found: Account) -> dict[str, Any]:
        """What the meter counted."""
        sides = {found.product.owner_id, found.product.maker_id} | (
            {found.contract.provider_id} if found.contract else set()
        )
        return {
            "hours": _hours(found),
            "read_at": found.readings[-1].at if found.readings else None,
            "restarts": sum(span.restarted for span in found.spans),
            "readings": list(zip(found.readings, found.spans, strict=True))[: -READINGS_SHOWN - 1 : -1],
            "reading_count": len(found.readings),
            "may_meter": any(self.viewer.roles.get(side, "reader") != "reader" for side in sides),
            "meter_form": self.sent.get("meter") or MeterForm(),
        }

    def _service(self, found: Account, stated: Sequence[Month]) -> dict[str, Any]:
        """What the contract did and what it costs."""
        shown = [
            {"row": row, "month": presenting.month_word(row.month), "net": Money(row.net, row.currency)}
            for row in reversed(stated)
        ]
        contract = found.contract
        return {
            "contract": contract,
            "care": presenting.care(found, now=clock.seconds()),
            "maintenance": presenting.maintenance(found, self.viewer),
            "statements": shown,
            "billed": Money(billed(stated)[0], contract.currency) if contract else None,
        }

    def _asked(self, found: Account) -> dict[str, Any]:
        """The needs, each with its form for an answer, and the form for another."""
        needs = presenting.needs(queries.needs_of(found.product), found.product, found, self.viewer)
        for number, row in enumerate(needs):
            row["form"] = self.sent.get(str(row["need"].ref)) or AnswerForm(auto_id=f"id_answer_{number}_%s")
        return {
            "needs": needs,
            "may_need": self.may_need,
            "need_form": self.sent.get("need") or NeedForm(parts=self.parts),
        }


@require_safe
@signed_in_page
def statement(request: AskedBy, ref: str, month: str) -> HttpResponse:
    """What a month costs and all it is computed from."""
    found, stated = queries.statement(queries.product(ref, request.viewer), month)
    answer = statement_json(stated, found)
    readings = [{**row, "at": clock.from_iso(row["at"])} for row in answer["readings"]]
    context = {
        "product": found.product,
        "name": said(found.product.name, found.product.item),
        "contract": found.contract,
        "stated": stated,
        "month": presenting.month_word(stated.month),
        "net": Money(stated.net, stated.currency),
        "tax": None if stated.tax is None else Money(stated.tax, stated.currency),
        "gross": None if stated.tax is None else Money(stated.net + stated.tax, stated.currency),
        "lines": presenting.lines(stated, found),
        "check": presenting.check(stated, found),
        "readings": Paginator(readings, 100).get_page(request.GET.get("page")),
    }
    return page(request, "aftercare/statement.html", context)
