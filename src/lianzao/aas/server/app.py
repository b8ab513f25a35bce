"""The AAS server: the reading part of the AAS HTTP/REST API V3.1 as one ASGI application, mounted or run alone."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from lianzao.aas.documents import Names
from lianzao.aas.platform import Platform
from lianzao.aas.server.endpoints import Endpoints
from lianzao.aas.server.results import Now, Results
from lianzao.base.refusals import Refused


def create_app(platform: Platform, *, names: Names, now: Now, session_cookie: str = "sessionid") -> Starlette:
    """The application over `platform`.

    `names` says under which base address this node's identifiers stand, `now` is the clock (aware times),
    `session_cookie` the name of the cookie that is passed on as `Token.session`.
    """
    results = Results(now)
    # Readers of all origins are welcome; without credentials a foreign page cannot lend itself the cookie.
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Authorization", "Content-Type", "If-None-Match"],
        expose_headers=["ETag"],
        allow_credentials=False,
        max_age=600,
    )
    app = Starlette(
        routes=Endpoints(platform, names, session_cookie).routes(),
        middleware=[cors],
        exception_handlers={
            Refused: results.refused,
            HTTPException: results.http_error,
            Exception: results.broken,
        },
    )
    # A redirect would name the host of a header that anyone may set.
    app.router.redirect_slashes = False
    return app
