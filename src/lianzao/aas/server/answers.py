"""From a synchronous reading to a response: run in a thread, tagged by its content, never kept by shared caches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from lianzao.aas.documents.render import Json

HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie, Sec-Fetch-Site"}


async def answer(request: Request, read: Callable[[], Json]) -> Response:
    """What `read` gives, as JSON; 304 when the asker has just that already."""
    body = await run_in_threadpool(lambda: json.dumps(read(), ensure_ascii=False, separators=(",", ":")).encode())
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {**HEADERS, "ETag": etag}
    if _has_already(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _has_already(if_none_match: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or tags == ["*"]
