"""Stored answers are kept for 72 hours, tokens until they end."""

from __future__ import annotations

import uuid
from datetime import timedelta

from lianzao.base import clock
from lianzao.trust.actions import give_token
from lianzao.trust.models import Token
from lianzao.trust.queries import NOBODY
from lianzao.trust.tasks import forget_what_is_over
from lianzao.web.models import StoredAnswer
from tests.cast import Cast


def test_what_is_over_is_forgotten_and_what_runs_is_kept(cast: Cast) -> None:
    for hours, key in ((71, "young"), (73, "old")):
        row = StoredAnswer.objects.create(
            principal=uuid.uuid4(), route="POST /x", key=key, body_hash=b"", at=clock.now() - timedelta(hours=hours)
        )
        assert row.id
    give_token(user=cast.people["buyer"], hours=1, actor=NOBODY)
    give_token(user=cast.people["buyer"], hours=-1, actor=NOBODY)
    forget_what_is_over()
    assert list(StoredAnswer.objects.values_list("key", flat=True)) == ["young"]
    assert Token.objects.count() == 1
