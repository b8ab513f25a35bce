"""What every API operation shares: problem details, idempotency, documented answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed, Refused
from lianzao.web.problems import problem_response
from lianzao.web.transactions import Key, Replayed, hash_of, stored, under

R = TypeVar("R")
LONGEST_KEY = 200


class Problem(Schema):
    """Problem details (RFC 9457) with a stable code, the place of what was wrong, and what would be accepted."""

    type: str
    title: str
    status: int
    code: str
    at: str
    accepted: str


def answers(schema: Any) -> dict[Any, Any]:
    """The documented answers of an operation: its own and every refusal."""
    return {200: schema, frozenset({400, 401, 403, 404, 409, 413, 415, 422}): Problem}


def with_body(example: dict[str, Any], description: str) -> dict[str, Any]:
    """OpenAPI for an operation that reads its JSON body strictly itself."""
    content = {"application/json": {"schema": {"type": "object"}, "example": example}}
    return {
        "requestBody": {"required": True, "description": description, "content": content},
        "parameters": [
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "schema": {"type": "string", "maxLength": LONGEST_KEY},
                "description": "A key of yours; the same request under it has one effect and one answer.",
            }
        ],
    }


def create_api(version: str, *, auth: Callable[[HttpRequest], Any], kind: type[NinjaAPI] = NinjaAPI) -> NinjaAPI:
    """An API (of a `kind`) whose operations `auth` opens, before anything that was sent is read."""
    api = kind(title="Lianzao", version=version, docs_url=None, openapi_url="/openapi.json", auth=auth)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(error)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        first = error.errors[0] if error.errors else {}
        at = ".".join(str(part) for part in first.get("loc", ())[1:])
        return problem_response(Malformed(at=at, accepted=str(first.get("msg", ""))[:200].replace("{", "(")))

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(Malformed(at="body"))

    return api


def idempotent(
    request: HttpRequest,
    principal: UUID,
    work: Callable[[], R],
    answer: Callable[[R], Any],
    *,
    body: bytes | None = None,
) -> Any:
    """What `answer` makes of `work`'s result, once for each Idempotency-Key of a principal and route.

    Rights are the caller's to ask again before this, also on replay. `body` is what was asked, where that is not the
    request's body alone; a form gives it with its key in a hidden field.
    """
    text = request.headers.get("Idempotency-Key", "")
    if not text and body is not None:
        text = request.POST.get("idempotency_key", "")
    if not text:
        return answer(work())
    if len(text) > LONGEST_KEY or not text.isprintable():
        raise Malformed(
            _("This idempotency key cannot be used."), at="Idempotency-Key", accepted=_("1 to 200 printable characters")
        )
    route = f"{request.method} {request.path}"[:200]
    key = Key(principal, route, text, hash_of(request.body if body is None else body), answer)
    if (known := stored(key)) is not None:
        return known
    try:
        with under(key):
            result = work()
    except Replayed as replayed:
        return replayed.answer
    return answer(result)
