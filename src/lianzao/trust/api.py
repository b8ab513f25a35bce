"""Who may call the API: a bearer token, or a session with its CSRF token for what changes state."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja.utils import check_csrf

from lianzao.base.messages import _
from lianzao.base.refusals import Forbidden
from lianzao.trust.middleware import AskedBy
from lianzao.trust.viewer import Viewer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def signed_in(request: HttpRequest) -> Viewer:
    """Who asks, for every API operation.

    Raises SignIn, or Forbidden when a browser's session comes without its CSRF token.
    """
    viewer = cast(AskedBy, request).viewer.required()
    forgeable = request.method not in SAFE and not getattr(request, "_dont_enforce_csrf_checks", False)
    if forgeable and check_csrf(request) is not None:
        raise Forbidden(_("The page is too old to act from."), at="X-CSRFToken", accepted=_("a fresh page"))
    return viewer
