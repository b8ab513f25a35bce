"""Signed receipts: whoever acted can show that an event was promised a place in the chain."""

from __future__ import annotations

import base64
import contextvars
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lianzao.ledger.models import Event

HEADER = "Lianzao-Receipt"
MOST = 8  # events of one request that a header names; the outermost action's own is the last

_written: contextvars.ContextVar[list[Event] | None] = contextvars.ContextVar("events_written", default=None)


@contextmanager
def collecting() -> Iterator[list[Event]]:
    """Gather the events that are appended within."""
    events: list[Event] = []
    token = _written.set(events)
    try:
        yield events
    finally:
        _written.reset(token)


def note(event: Event) -> None:
    events = _written.get()
    if events is not None:
        events.append(event)


def receipt(event: Event) -> str:
    """`ref.leaf.signature`: the node's signature (Ed25519) over the first two."""
    text = f"{event.ref}.{bytes(event.leaf).hex()}"
    return f"{text}.{base64.urlsafe_b64encode(_key().sign(text.encode())).decode().rstrip('=')}"


def is_ours(text: str) -> bool:
    """Whether this node signed the receipt `text`."""
    signed, _, signature = text.rpartition(".")
    try:
        raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        _key().public_key().verify(raw, signed.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _key() -> Any:
    return settings.KEYS.signing("sign")


class ReceiptMiddleware:
    """Gives the receipts of what a request did, in a header of its answer, once all of it is committed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with collecting() as events:
            response = self.get_response(request)
        if events and response.status_code < 400:
            response[HEADER] = ", ".join(receipt(event) for event in events[-MOST:])
        return response
