"""What a factory agrees to in advance, and what it shows of its calendar to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianzao.base.messages import _
from lianzao.base.refusals import Absent, Forbidden, Refused
from lianzao.trade import actions, lookups
from lianzao.trade.forms import LevelForm, RuleForm
from lianzao.trade.models import ConsentRule
from lianzao.trust import actions as trust
from lianzao.trust.levels import Level
from lianzao.trust.middleware import AskedBy
from lianzao.trust.models import Disclosure, Group
from lianzao.trust.pages_access import signed_in_page
from lianzao.web.forms import once, page

AUDIENCES = (
    (Disclosure.Audience.EVERYONE, _("Everyone"), _("also who is not signed in")),
    (Disclosure.Audience.MEMBERS, _("Members of the network"), _("who has signed in")),
    (Disclosure.Audience.PARTNERS, _("Partners under contract"), _("while the contract runs")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def rules(request: AskedBy) -> HttpResponse:
    """The rules of the firm that the viewer acts for; a POST changes one of them."""
    board = _Board(request)
    if request.method == "POST":
        try:
            if board.act():
                return HttpResponseRedirect(reverse("rules"))
        except Refused as refused:
            return page(request, "trade/rules.html", board.context(), refused=refused)
    return page(request, "trade/rules.html", board.context())


class _Board:
    """All the forms of the page; the one that was sent is kept as sent."""

    def __init__(self, request: AskedBy) -> None:
        self.request, self.viewer = request, request.viewer
        self.owner = request.viewer.organisation or 0
        self.groups = lookups.groups(request.viewer)
        self.processes = lookups.own_processes(request.viewer)
        self.sent: tuple[str, RuleForm] | None = None

    def act(self) -> bool:
        """Do what was sent; False where the form says what is wrong.

        Raises Forbidden, or Absent for a group that is not the firm's.
        """
        if not self.viewer.may_write_for(self.owner):
            raise Forbidden()
        post = self.request.POST
        if post.get("act") == "show":
            return self._show(post.get("audience", ""), post.get("group", ""))
        return self._agree(post.get("group", ""))

    def _agree(self, name: str) -> bool:
        group = self._group(name)
        form = RuleForm(self.request.POST, processes=self.processes, auto_id=self._auto_id(group))
        if not form.is_valid():
            self.sent = name, form
            return False
        self._once(lambda: actions.agree(owner_id=self.owner, group=group, viewer=self.viewer, **form.rule()))
        return True

    def _show(self, audience: str, name: str) -> bool:
        form, firm, group = LevelForm(self.request.POST), lookups.own_firm(self.viewer), self._group(name)
        if not form.is_valid() or firm is None or audience not in {*map(str, Disclosure.Audience)} - {"firm"}:
            raise Absent(at="audience")
        self._once(
            lambda: trust.disclose(owner=firm, audience=audience, level=form.chosen(), actor=self.viewer, group=group)
        )
        return True

    def _group(self, name: str) -> Group | None:
        if not name:
            return None
        found = next((group for group in self.groups if group.name == name), None)
        if found is None:
            raise Absent(at="group")
        return found

    def _once(self, work: Callable[[], object]) -> None:
        once(self.request, self.viewer.ref, work, lambda _result: "saved")
        messages.success(self.request, gettext("Saved. It holds for whatever is asked from now on."))

    def context(self) -> dict[str, Any]:
        if not self.processes:
            return {"makes": False}
        kept, levels = lookups.rules(self.viewer), lookups.shown_levels(self.viewer)
        return {
            "makes": True,
            "may": self.viewer.may_write_for(self.owner),
            "rules": [self._rule(None, kept)] + [self._rule(group, kept) for group in self.groups],
            "audiences": [
                self._audience(audience.value, gettext(name), gettext(note), None, levels)
                for audience, name, note in AUDIENCES
            ]
            + [
                self._audience("group", group.name, gettext("your group of customers"), group, levels)
                for group in self.groups
            ],
        }

    def _auto_id(self, group: Group | None) -> str:
        """Ids that differ among the forms of the page."""
        return f"id_%s_{self.groups.index(group) + 1 if group else 0}"

    def _rule(self, group: Group | None, kept: Mapping[int | None, ConsentRule]) -> dict[str, Any]:
        name, row = (group.name, kept.get(group.id)) if group else ("", kept.get(None))
        form = RuleForm(initial=RuleForm.of(row), processes=self.processes, auto_id=self._auto_id(group))
        if self.sent is not None and self.sent[0] == name:
            form = self.sent[1]
        return {
            "group": name,
            "title": name or gettext("Everyone else") if self.groups else gettext("Everyone"),
            "set": row is not None,
            "form": form,
            "word": gettext(str(ConsentRule.Mode(row.mode).label)) if row else gettext("Ask me"),
            "open": bool(form.errors),
        }

    def _audience(
        self, audience: str, name: str, note: str, group: Group | None, levels: Mapping[tuple[str, int | None], Level]
    ) -> dict[str, Any]:
        level = levels.get((audience, group.id if group else None), Level.NOTHING)
        number = self.groups.index(group) if group else ""
        form = LevelForm(initial={"level": level.value}, auto_id=f"id_%s_{audience}{number}")
        return {"audience": audience, "group": group.name if group else "", "title": name, "note": note, "form": form}
