"""The page at the root: people go on to their work, the operator gets counts, strangers learn what this is."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianzao.node.counts import counts
from lianzao.node.shell import shell
from lianzao.trust.middleware import AskedBy


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    viewer = cast(AskedBy, request).viewer
    if not viewer.signed_in:
        return render(request, "node/home.html", {"asks_to_sign_in": True})
    if viewer.is_operator and not viewer.roles:
        return render(request, "node/operator.html", {"counts": counts()})
    return HttpResponseRedirect(shell(request)["menu"][0]["url"])
