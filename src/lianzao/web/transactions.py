"""One transaction a use case: state, then its ledger event, then the stored answer of an idempotency key.

An action is a function decorated with `use_case`. Actions nest; the outermost owns the transaction, is tried again when
the database reports a lost race, and, when the request came under an idempotency key, makes that key's row the first
statement and the answer the last.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.web.models import StoredAnswer

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 5
LOST_RACES = ("40P01", "40001")  # PostgreSQL: deadlock detected, serialization failure


class AnotherBody(Refused):
    code = "idempotency-key-reused"
    text = _("This idempotency key was used with another request.")
    hint = _("a new key for a new request")


class Replayed(Exception):  # noqa: N818 - not an error: the answer is known
    """Raised inside a use case whose key already has its answer; the edge gives `answer` again."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        super().__init__("replayed")


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key in force: who, where, which, the hash of the body, and how a result becomes an answer."""

    principal: uuid.UUID
    route: str
    key: str
    body_hash: bytes
    answer: Callable[[Any], Any]


_key: ContextVar[Key | None] = ContextVar("idempotency_key", default=None)


@contextmanager
def under(key: Key | None) -> Iterator[None]:
    """Let the next outermost use case run under `key`."""
    token = _key.set(key)
    try:
        yield
    finally:
        _key.reset(token)


def hash_of(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()


def stored(key: Key) -> Any:
    """The answer stored under `key`, or None.

    Raises AnotherBody when the key was used with another body.
    """
    row = StoredAnswer.objects.filter(principal=key.principal, route=key.route, key=key.key).first()
    if row is None:
        return None
    if bytes(row.body_hash) != key.body_hash:
        raise AnotherBody(at="Idempotency-Key")
    return row.answer


def use_case(action: Callable[P, R]) -> Callable[P, R]:
    """Run `action` in one transaction (see the module)."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block and getattr(connection, "_in_use_case", False):
            return action(*args, **kwargs)
        for attempt in range(TRIES):
            try:
                return _outermost(lambda: action(*args, **kwargs))
            except OperationalError as error:
                if attempt == TRIES - 1 or not _lost_race(error):
                    raise
                time.sleep(0.01 * 2**attempt)
        raise AssertionError("unreachable")

    run.is_use_case = True  # type: ignore[attr-defined]  # a test walks all actions by it
    return run


def _outermost(work: Callable[[], R]) -> R:
    key = _key.get()
    with transaction.atomic():
        connection._in_use_case = True  # type: ignore[attr-defined]
        try:
            row = _claim(key) if key else None
            result = work()
            if key and row:
                row.answer = key.answer(result)
                row.save(update_fields=["answer"])
            return result
        finally:
            connection._in_use_case = False  # type: ignore[attr-defined]


def _claim(key: Key) -> StoredAnswer:
    """Insert the key's row; whoever comes second waits for the first to commit, then gets its answer."""
    fields = {"principal": key.principal, "route": key.route, "key": key.key}
    StoredAnswer.objects.bulk_create([StoredAnswer(**fields, body_hash=key.body_hash)], ignore_conflicts=True)
    row = StoredAnswer.objects.get(**fields)
    if bytes(row.body_hash) != key.body_hash:
        raise AnotherBody(at="Idempotency-Key")
    if row.answer is not None:
        raise Replayed(row.answer)
    return row


def _lost_race(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in LOST_RACES or "database is locked" in str(error)
