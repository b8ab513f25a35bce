"""Who asks: the viewer of each request, from its bearer token or its session, and his language."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from lianzao.base.places import zone_of
from lianzao.trust.models import User
from lianzao.trust.queries import NOBODY, viewer_by_token, viewer_of
from lianzao.trust.viewer import Viewer


class AskedBy(HttpRequest):
    """A request that knows its viewer."""

    viewer: Viewer


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        asked = cast(AskedBy, request)
        if scheme.lower() == "bearer":
            asked.viewer = viewer_by_token(token.strip())
            # A token is never sent by a browser on its own, so there is nothing to forge.
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        else:
            asked.viewer = cast(Viewer, SimpleLazyObject(lambda: _of_session(request)))
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


def _of_session(request: HttpRequest) -> Viewer:
    """The person signed in; pages speak in the clocks of his country from here on."""
    viewer = viewer_of(request.user) if isinstance(request.user, User) else NOBODY
    if viewer.country:
        timezone.activate(zone_of(viewer.country))
    return viewer
