"""The ledger orders itself after the commit, and any later change of it is found."""

from __future__ import annotations

import pytest

from lianzao.ledger import receipts
from lianzao.ledger.events import append
from lianzao.ledger.kinds import Kind
from lianzao.ledger.models import Event, Head, Seal
from lianzao.ledger.sealing import seal
from lianzao.ledger.verification import verify
from lianzao.trust import actions
from lianzao.trust.queries import NOBODY


@pytest.fixture
def some_events(db: None) -> int:
    for number in range(5):
        actions.create_organisation(name=f"firm {number}", country="DE", actor=NOBODY)
    return 5


def test_committed_events_are_sealed_in_order_once(some_events: int) -> None:
    assert seal() == some_events
    assert seal() == 0
    assert list(Seal.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]
    assert verify().errors == []


def test_a_changed_event_is_found(some_events: int) -> None:
    seal()
    row = Event.objects.order_by("id")[2]
    Event.objects.filter(id=row.id).update(body=bytes(row.body).replace(b'"DE"', b'"CN"'))
    assert any(str(row.ref) in error for error in verify().errors)


def test_a_head_kept_outside_finds_a_rewritten_chain(some_events: int) -> None:
    seal()
    kept = verify().head
    assert verify(kept).errors == []
    Seal.objects.all().delete()
    Event.objects.order_by("id")[0].delete()
    Head.objects.all().delete()
    seal()
    assert verify().errors == []  # nobody outside kept a head: a full rewrite is not found
    assert verify(kept).errors == ["the outside head is not in this chain"]


def test_the_unsealed_tail_is_counted(some_events: int) -> None:
    assert verify().unsealed == some_events


def test_a_fact_that_its_kind_does_not_declare_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="does not declare"):
        append(Kind("test.kind", frozenset({"known"})), subject=NOBODY.ref, actor=None, at=0, secret="x")


def test_a_receipt_is_ours_or_not(some_events: int) -> None:
    text = receipts.receipt(Event.objects.order_by("id")[0])
    assert receipts.is_ours(text)
    assert not receipts.is_ours(text.replace(text[:4], "ffff", 1))
