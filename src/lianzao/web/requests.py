"""The edge of every request: one address for pages, no tricks in paths, and the structured log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

log = logging.getLogger("lianzao.request")


class RequestLog:
    """What was asked, how it ended, how long it took. No personal data: the route's pattern, not the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": match.route if match else "unknown",
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response


ANY_ADDRESS = ("/api/", "/aas/", "/healthz")


def one_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send pages from 127.0.0.1 to localhost, where passkeys and cookies live; refuse paths that mean another."""

    def answer(request: HttpRequest) -> HttpResponse:
        path = request.path
        if "//" in path or "\x00" in path or {".", ".."} & set(path.split("/")):
            return HttpResponse(status=400)
        host, _, port = request.get_host().partition(":")
        if host == "127.0.0.1" and request.method in {"GET", "HEAD"} and not path.startswith(ANY_ADDRESS):
            return HttpResponseRedirect(f"http://localhost:{port}{request.get_full_path()}")
        return get_response(request)

    return answer
