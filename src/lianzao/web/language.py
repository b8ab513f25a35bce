"""A link with `?lang=de` chooses the language for all that follows, and keeps the page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from lianzao.web import formats

YEAR = 365 * 24 * 3_600
CODES = {"zh": "zh-hans", "de": "de", "en": "en"}

Answer = Callable[[HttpRequest], HttpResponseBase]


def language_links(get_response: Answer) -> Answer:
    """Middleware, before Django's LocaleMiddleware: keeps the choice in its cookie, drops it from the address."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        wanted = request.GET.get("lang", "") if request.method in ("GET", "HEAD") else ""
        if not wanted or request.path.startswith(("/api/", "/aas/")):
            return get_response(request)
        return _chosen(request, CODES[formats.base(wanted)])

    return middleware


def _chosen(request: HttpRequest, code: str) -> HttpResponse:
    rest = request.GET.copy()
    del rest["lang"]
    path = "/" + request.path.lstrip("/")  # two slashes would lead to another host
    answer = HttpResponseRedirect(f"{path}?{rest.urlencode()}" if rest else path)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        path="/",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
