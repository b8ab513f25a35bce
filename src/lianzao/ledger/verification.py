"""Is the ledger whole? Every leaf and seal is computed again from the stored bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from lianzao.ledger.events import leaf_of
from lianzao.ledger.models import Event, Head, Seal
from lianzao.ledger.sealing import link


@dataclass(slots=True)
class Verified:
    """`head` is the chain's last hash; `against` says which outside head it was compared with, if any."""

    sealed: int = 0
    unsealed: int = 0
    head: str = ""
    against: str | None = None
    errors: list[str] = field(default_factory=list)


def verify(outside: str | None = None) -> Verified:
    """Check the chain, and that `outside` (a head in hex kept elsewhere) is in it."""
    found = Verified(unsealed=Event.objects.filter(seal=None).count(), against=outside)
    chain, seen = bytes(32), outside is None
    for row in Seal.objects.select_related("event").order_by("seq").iterator(chunk_size=2000):
        found.sealed += 1
        body = bytes(row.event.body)
        if row.seq != found.sealed:
            found.errors.append(f"sequence {row.seq} stands where {found.sealed} should")
        if leaf_of(body) != bytes(row.event.leaf) or (json.loads(body)["ref"], json.loads(body)["kind"]) != (
            str(row.event.ref),
            row.event.kind,
        ):
            found.errors.append(f"event {row.event.ref} was changed")
        chain = link(chain, bytes(row.event.leaf))
        if chain != bytes(row.hash):
            found.errors.append(f"seal {row.seq} does not follow from the one before")
        seen = seen or chain.hex() == outside
    head = Head.objects.filter(id=1).first()
    if head and (head.seq != found.sealed or bytes(head.hash) != chain):
        found.errors.append("the head does not match the chain")
    if not seen:
        found.errors.append("the outside head is not in this chain")
    found.head = chain.hex()
    return found
