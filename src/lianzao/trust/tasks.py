"""What is tidied up: answers kept for repeated requests, tokens and sessions that are over."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session

from lianzao.base import clock
from lianzao.ledger.following import every
from lianzao.trust.models import Token
from lianzao.web.models import StoredAnswer

KEPT = timedelta(hours=72)


@every(3600)
def forget_what_is_over() -> None:
    """Nothing here is a change of state that anybody relies on: all of it has ended already."""
    now = clock.now()
    StoredAnswer.objects.filter(at__lt=now - KEPT).delete()
    Token.objects.filter(expires_at__lt=now).delete()
    Session.objects.filter(expire_date__lt=now).delete()
