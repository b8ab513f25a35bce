"""Who asks: a bearer token, or, for reading from a page of the same origin only, the session cookie."""

from starlette.requests import Request

from lianzao.aas.platform import Token, Unauthenticated
from lianzao.base.messages import _


def read_token(request: Request, session_cookie: str) -> Token | None:
    """What the asker showed, None when nothing that counts here.

    The interface is open to all origins, so a cookie counts only where the browser itself says that the page is ours,
    and never for a method that could change something.

    Raises Unauthenticated when the Authorization header is there but is not one bearer token.
    """
    shown = request.headers.getlist("authorization")
    if shown:
        scheme, _space, bearer = shown[0].partition(" ")
        if len(shown) > 1 or scheme.lower() != "bearer" or not bearer.strip():
            raise Unauthenticated(_("The Authorization header must be “Bearer” and one token."), at="Authorization")
        return Token(bearer=bearer.strip())
    session = request.cookies.get(session_cookie)
    ours = request.method in ("GET", "HEAD") and request.headers.get("sec-fetch-site") == "same-origin"
    return Token(session=session) if session and ours else None
