"""Every error as the standard's Result: `{"messages": [{code, correlationId, messageType, text, timestamp}]}`."""

from __future__ import annotations

import http
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lianzao.base.refs import new_ref
from lianzao.base.refusals import Refused, filled

Now = Callable[[], datetime]
UNREADABLE = 422  # refusals say so; the AAS API knows only 400 for it
CODE_LENGTH = 32


class Results:
    """Makes Results; `now` is the clock."""

    def __init__(self, now: Now) -> None:
        self._now = now

    def refused(self, _request: Request, refusal: Exception) -> Response:
        if not isinstance(refusal, Refused):
            raise TypeError from refusal
        status = 400 if refusal.status == UNREADABLE else refusal.status
        headers = {"WWW-Authenticate": "Bearer"} if status == http.HTTPStatus.UNAUTHORIZED else {}
        accepted = f" ({filled(refusal.accepted, refusal.facts)})" if refusal.accepted else ""
        return self._result(status, refusal.code, refusal.in_english() + accepted, headers)

    def http_error(self, _request: Request, error: Exception) -> Response:
        """What the router answers: no such path, or a method that is not offered."""
        if not isinstance(error, HTTPException):
            raise TypeError from error
        code = http.HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
        return self._result(error.status_code, code, error.detail, error.headers or {})

    def broken(self, _request: Request, _error: Exception) -> Response:
        """A fault of ours: says nothing of its cause, which is in the log."""
        return self._result(500, "internal-server-error", "The server failed to answer.", {}, "Exception")

    def _result(
        self, status: int, code: str, text: str, headers: Mapping[str, str], message_type: str = "Error"
    ) -> Response:
        message = {
            "code": code[:CODE_LENGTH],
            "correlationId": str(new_ref()),
            "messageType": message_type,
            "text": text,
            "timestamp": self._now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        return JSONResponse({"messages": [message]}, status, {"Cache-Control": "no-store", **headers})
