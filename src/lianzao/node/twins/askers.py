"""Who asks for a twin, and the database connection of the thread that answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from lianzao.aas import Token, Unauthenticated
from lianzao.trust.models import User
from lianzao.trust.queries import NOBODY, viewer_by_token, viewer_of
from lianzao.trust.viewer import Viewer

P = ParamSpec("P")
R = TypeVar("R")


def viewer_showing(token: Token | None) -> Viewer:
    """The viewer who shows `token`; nobody without one, or with the session of a visitor who has not signed in.

    Raises Unauthenticated for a bearer token that nobody holds.
    """
    if token is None:
        return NOBODY
    if token.bearer is None:
        return _of_session(token.session or "")
    viewer = viewer_by_token(token.bearer)
    if not viewer.signed_in:
        raise Unauthenticated(at="Authorization")
    return viewer


def connected(read: Callable[P, R]) -> Callable[P, R]:
    """`read` on a live connection, given back afterwards: the server's threads know no requests of Django."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        close_old_connections()
        try:
            return read(*args, **kwargs)
        finally:
            close_old_connections()

    return reading


def _of_session(key: str) -> Viewer:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    return viewer_of(user) if isinstance(user, User) else NOBODY
