"""Pages of results: how many, and from where on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.datastructures import QueryParams

from lianzao.aas.documents.render import Json
from lianzao.aas.server.encoding import BadRequest, decode, encode
from lianzao.base.messages import _

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some results, and the plain cursor behind which the next ones stand (None: these were the last)."""

    items: Sequence[Item]
    next: str | None = None

    def shown(self, result: Sequence[Json]) -> Json:
        """The page as JSON, with `result` in place of its items."""
        metadata: dict[str, Json] = {} if self.next is None else {"cursor": encode(self.next)}
        return {"paging_metadata": metadata, "result": result}


def read_limit(query: QueryParams) -> int:
    text = query.get("limit")
    if text is None:
        return DEFAULT_LIMIT
    limit = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MAX_LIMIT)) else 0
    if not 1 <= limit <= MAX_LIMIT:
        raise BadRequest(
            _("“limit” must be a whole number from 1 to {most}."), at="limit", accepted=f"1…{MAX_LIMIT}", most=MAX_LIMIT
        )
    return limit


def read_cursor(query: QueryParams) -> str | None:
    """The plain cursor that the asker got with the page before, None for the first page."""
    text = query.get("cursor")
    return None if text is None else decode(text, at="cursor")


def bad_cursor() -> BadRequest:
    return BadRequest(
        _("“cursor” was not given out by this list."), at="cursor", accepted=_("the cursor of the page before, or none")
    )


def numbered(items: Sequence[Item], query: QueryParams) -> Page[Item]:
    """A page of a list that is at hand as a whole; its cursor is a number."""
    limit, cursor = read_limit(query), read_cursor(query)
    start = 0
    if cursor is not None:
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10 and int(cursor) < len(items)):
            raise bad_cursor()
        start = int(cursor)
    end = start + limit
    return Page(items[start:end], str(end) if end < len(items) else None)
