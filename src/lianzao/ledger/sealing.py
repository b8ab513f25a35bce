"""Sealing: committed events get their place in the chain, by whoever holds the lock inside the transaction."""

from __future__ import annotations

import hashlib

from django.db import connection, transaction

from lianzao.base import clock
from lianzao.ledger.models import Event, Head, Seal

LOCK = 0x1EDCE4  # any fixed number: the advisory lock of sealing on PostgreSQL
BATCH = 1000


def seal() -> int:
    """Seal what is committed and not yet sealed, at most BATCH events; the number sealed.

    On SQLite the transaction begins IMMEDIATE, so there is one sealer. On PostgreSQL the advisory lock belongs to the
    transaction, not the session (two sessions of one pool would both hold a session's lock).
    """
    if not Event.objects.filter(seal=None).exists():
        return 0
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    return 0
        head, _ = Head.objects.select_for_update().get_or_create(id=1)
        seals, now = [], clock.now()
        seq, chain = head.seq, bytes(head.hash)
        for event in Event.objects.filter(seal=None).only("id", "leaf").order_by("id")[:BATCH]:
            seq, chain = seq + 1, link(chain, bytes(event.leaf))
            seals.append(Seal(seq=seq, event=event, hash=chain, at=now))
        Seal.objects.bulk_create(seals)
        head.seq, head.hash = seq, chain
        head.save()
    return len(seals)


def link(previous: bytes, leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + previous + leaf).digest()
