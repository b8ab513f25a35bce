"""Forms whose double submission has one effect, and refusals shown where they arose."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianzao.base.refusals import Refused
from lianzao.web.api import idempotent
from lianzao.web.problems import problem

R = TypeVar("R")


def fresh_key() -> str:
    """A new idempotency key: in a template `{{ fresh_key }}` is another one for each form."""
    return str(uuid.uuid4())


def once(request: HttpRequest, principal: uuid.UUID, work: Callable[[], R], answer: Callable[[R], str]) -> str:
    """What `answer` makes of `work`'s result, once for each hidden `idempotency_key` of a form."""
    sent = [(name, values) for name, values in sorted(request.POST.lists()) if name != "csrfmiddlewaretoken"]
    done: str = idempotent(request, principal, work, answer, body=json.dumps(sent).encode())
    return done


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, refused: Refused | None = None
) -> HttpResponse:
    """`template` with keys for its forms and, where something was refused, the problem in place."""
    shown = {**context, "fresh_key": fresh_key}
    if refused is None:
        return render(request, template, shown)
    # htmx leaves the page as it is on an error status, and the refusal would not be seen.
    status = 200 if request.headers.get("HX-Request") else refused.status
    return render(request, template, {"problem": problem(refused), **shown}, status=status)
