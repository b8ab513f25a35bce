"""Refusals as people and programs get them: problem details (RFC 9457) on the API, a page elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from lianzao.base.messages import _
from lianzao.base.refusals import Absent, Refused, filled


def problem(refused: Refused) -> dict[str, Any]:
    """The problem object of a refusal, in the language now active."""
    facts = {
        name: gettext(value) if isinstance(value, str) and value else value for name, value in refused.facts.items()
    }
    known = {
        "type": f"/problems/{refused.code}",
        "title": filled(gettext(refused.message), facts),
        "status": refused.status,
        "code": refused.code,
        "at": refused.at,
        "accepted": filled(gettext(refused.accepted), facts) if refused.accepted else "",
    }
    return {**facts, **known}


def problem_response(refused: Refused) -> HttpResponse:
    body = json.dumps(problem(refused), ensure_ascii=False)
    return HttpResponse(
        body.encode("utf-8", "replace"), status=refused.status, content_type="application/problem+json; charset=utf-8"
    )


class TooLarge(Refused):
    code = "too-large"
    status = 413
    text = _("This is too much to send at once.")
    hint = _("at most 1 MiB")


class WrongMethod(Refused):
    code = "wrong-method"
    status = 405
    text = _("This address does not take such requests.")
    hint = _("the operations of /api/docs")


NOT_HERE: dict[int, type[Refused]] = {404: Absent, 405: WrongMethod}


class RefusalMiddleware:
    """A refusal that a page did not show itself becomes a page of its own; what an API view raised, a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        known = response["Content-Type"].startswith(("application/json", "application/problem+json"))
        if request.path.startswith("/api/") and not known and response.status_code in NOT_HERE:
            return problem_response(NOT_HERE[response.status_code]())
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RequestDataTooBig):
            error = TooLarge()
        if not isinstance(error, Refused):
            return None
        if request.path.startswith("/api/"):
            return problem_response(error)
        return render(request, "web/problem.html", {"problem": problem(error)}, status=error.status)
