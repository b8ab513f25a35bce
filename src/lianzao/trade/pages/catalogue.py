"""What can be bought, and the promise for it: configure, see price and dates, take a quote."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.base.refusals import Refused
from lianzao.catalog import queries as catalog
from lianzao.catalog.models import Item
from lianzao.engines.configure import Family, ImpossibleConfiguration, Kind
from lianzao.trade import actions, lookups
from lianzao.trade.asking import DAY, Change, Typed, changes, promised
from lianzao.trade.configuring import SENT, Question, as_sent, in_words, questions, read_choices, selected_names
from lianzao.trade.demand import family_of
from lianzao.trade.models import Quote
from lianzao.trade.presenting import PromiseShown
from lianzao.trade.requests import LAST_MOMENT, Choice, Request
from lianzao.trade.wording import language, listed
from lianzao.trust.middleware import AskedBy
from lianzao.trust.pages_access import signed_in_page
from lianzao.web import formats
from lianzao.web.forms import once, page

MOST_MONEY = Decimal(10) ** 12  # beyond it a figure in the address was made up


@require_safe
@signed_in_page
def catalogue(request: AskedBy) -> HttpResponse:
    """The products, and with words to search for their parts too."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    items = catalog.products(request.viewer, words)
    rows = [{"item": row, "options": len(family_of(row.family).features) if row.family else 0} for row in items]
    return page(request, "trade/catalogue.html", {"rows": rows, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def product(request: AskedBy, code: str) -> HttpResponse:
    """A product with its options and its promise; a POST takes the quote that was shown."""
    item = catalog.product(code, request.viewer)
    form = _Form(request, item, request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        try:
            return HttpResponseRedirect(
                once(request, request.viewer.ref, form.take, lambda row: reverse("quote", args=[row.ref]))
            )
        except Refused as refused:
            form.refuse(refused)
    context = form.context()
    answer = page(request, "trade/product.html", context, refused=form.refused)
    if request.headers.get("HX-Request"):
        answer["HX-Replace-Url"] = f"{request.path}?{urlencode(context['fields'])}"
    return answer


class _Form:
    """One request to the page of a product: what was sent, what follows from it, what was refused."""

    def __init__(self, request: AskedBy, item: Item, sent: QueryDict) -> None:
        self.viewer, self.item, self.sent = request.viewer, item, sent
        self.family: Family | None = family_of(item.family) if item.family else None
        self.firm = lookups.own_firm(request.viewer)
        self.typed = Typed.of(sent, self.firm)
        self.refused: Refused | None = None
        self.choices: dict[str, Choice] = {}
        self.questions: list[Question] = []
        self._read()

    def _read(self) -> None:
        if self.family is None:
            return
        try:
            self.choices = read_choices(self.sent, self.family)
            self.questions = questions(self.family, self.choices)
        except Refused as refused:
            self.refuse(refused)
            self.choices = {}
            self.questions = _as_ticked(questions(self.family, {}), self.sent)

    def refuse(self, refused: Refused) -> None:
        """Keep the first refusal, with the options by name."""
        if isinstance(refused, ImpossibleConfiguration) and self.family is not None:
            refused = in_words(refused, self.family)
        self.refused = self.refused or refused

    def take(self) -> Quote:
        if self.refused is not None:
            raise self.refused
        return actions.quote(request=self._request(), viewer=self.viewer)

    def _request(self) -> Request:
        return self.typed.request(self.item.code, self.choices)

    def context(self) -> dict[str, Any]:
        began, now = time.perf_counter(), clock.seconds()
        asked = "quantity" in self.sent and self.refused is None
        promise: PromiseShown | None = None
        effects: Mapping[str, Change] = {}
        too_late = False
        compared = self.sent.get("compare", "")
        if asked:
            try:
                wanted = self._request()
                promise = promised(wanted, self.viewer, now=now)
                effects = changes(wanted, self._variants(compared), promise, self.viewer) if compared else {}
                too_late = wanted.wanted is not None and promise.promised > wanted.wanted
            except Refused as refused:
                self.refuse(refused)
        places = lookups.destinations(self.viewer)
        return {
            "item": self.item,
            "questions": [(row, [(option, effects.get(option.code)) for option in row.rows]) for row in self.questions],
            "compared": compared,
            "chosen": as_sent(self.choices),
            "chosen_names": listed(selected_names(self.family, self.choices)) if self.family else "",
            "typed": self.typed,
            "fields": self.typed.fields(self.choices),
            "countries": _countries({country for country, _ in places} | {self.typed.country} - {""}),
            "places": sorted({place for country, place in places if place and country == self.typed.country}),
            "promise": promise,
            "before": self._before(promise),
            "too_late": too_late,
            "now": now,
            "took": time.perf_counter() - began,
            "ask": "quantity" not in self.sent and self.refused is None,
        }

    def _variants(self, code: str) -> dict[str, dict[str, Choice]]:
        """For each option of a group that could be taken instead: the choices with it."""
        group = self.family.by_code.get(code) if self.family else None
        rows = next((row.rows for row in self.questions if row.code == code), ())
        if group is None:
            return {}
        ticked = [row.code for row in rows if row.selected]
        found: dict[str, dict[str, Choice]] = {}
        for row in rows:
            if row.excluded or row.forced:
                continue
            if getattr(group, "kind", None) is Kind.ALTERNATIVE:
                if not row.selected:
                    found[row.code] = {**self.choices, code: row.code}
            else:
                found[row.code] = {**self.choices, code: sorted({*ticked} ^ {row.code})}
        return found

    def _before(self, promise: PromiseShown | None) -> Change | None:
        """How the promise differs from the one that this form showed before."""
        try:
            was, net = int(self.sent.get("was", "")), Decimal(self.sent.get("was_net", "") or "NaN")
        except (ValueError, InvalidOperation):
            return None
        if promise is None or not 0 <= was <= LAST_MOMENT or (net.is_finite() and abs(net) > MOST_MONEY):
            return None
        same = promise.price is not None and net.is_finite() and self.sent.get("was_in") == promise.price.net.currency
        money = Money(promise.price.net.amount - net, promise.price.net.currency) if same and promise.price else None
        return Change(promise.promised // DAY - was // DAY, money)


def _as_ticked(rows: list[Question], sent: QueryDict) -> list[Question]:
    """The options as they were sent, though they cannot be together."""
    if SENT not in sent:
        return rows
    return [
        replace(
            row,
            rows=tuple(
                replace(each, selected=each.code in sent.getlist(row.field), excluded=False, forced=False, why="")
                for each in row.rows
            ),
        )
        for row in rows
    ]


def _countries(codes: set[str]) -> list[tuple[str, str]]:
    names = formats.locale(language()).territories
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1])
