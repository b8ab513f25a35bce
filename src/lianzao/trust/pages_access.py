"""Pages for people who have signed in; all others are asked to, and come back to where they were going."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lianzao.trust.middleware import AskedBy

P = ParamSpec("P")


def signed_in_page(
    page: Callable[Concatenate[AskedBy, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let `page` be seen by signed-in people only; what was sent by someone whose session ended is not done."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asked = cast(AskedBy, request)
        if asked.viewer.signed_in:
            return page(asked, *args, **kwargs)
        goal = request.get_full_path() if request.method == "GET" else request.path
        sign_in = f"{settings.LOGIN_URL}?{urlencode({'next': goal})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": sign_in})
        return redirect(sign_in)

    update_wrapper(guarded, page)
    return guarded
