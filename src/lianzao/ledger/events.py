"""Appending events and reading them back."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from django.db import connection

from lianzao.base.clock import iso
from lianzao.base.refs import new_ref
from lianzao.ledger.kinds import Kind
from lianzao.ledger.models import Event
from lianzao.ledger.receipts import note

Fact = str | int | bool | None | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Happened:
    """A sealed event as a follower gets it."""

    seq: int
    ref: uuid.UUID
    kind: str
    subject: uuid.UUID
    actor: uuid.UUID | None
    at: str
    facts: Mapping[str, Any]


def append(kind: Kind, *, subject: uuid.UUID, actor: uuid.UUID | None, at: datetime | int, **facts: Fact) -> Event:
    """Write one event in the transaction of its use case: its last statement but the stored answer.

    Raises ValueError for facts that the kind does not declare, and outside a transaction.
    """
    if unknown := set(facts) - kind.plain:
        raise ValueError(f"{kind.name} does not declare {sorted(unknown)}")
    if not connection.in_atomic_block:
        raise ValueError(f"{kind.name} was appended outside its use case")
    ref = new_ref()
    body = rfc8785.dumps(
        {
            "ref": str(ref),
            "kind": kind.name,
            "subject": str(subject),
            "actor": str(actor) if actor else None,
            "at": iso(at),
            "facts": facts,
        }
    )
    event = Event.objects.create(ref=ref, kind=kind.name, subject=subject, body=body, leaf=leaf_of(body))
    note(event)
    return event


def leaf_of(body: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + body).digest()


def happened(event: Event, seq: int) -> Happened:
    read = json.loads(bytes(event.body))
    return Happened(
        seq=seq,
        ref=event.ref,
        kind=event.kind,
        subject=event.subject,
        actor=uuid.UUID(read["actor"]) if read["actor"] else None,
        at=read["at"],
        facts=read["facts"],
    )
