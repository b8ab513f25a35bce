"""What an owner agrees to in advance."""

from __future__ import annotations

from typing import Any

from lianzao.base import clock
from lianzao.base.refusals import Forbidden
from lianzao.ledger.events import append
from lianzao.trade import events
from lianzao.trade.models import ConsentRule
from lianzao.trust.models import Group
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case


@use_case
def agree(*, owner_id: int, group: Group | None, viewer: Viewer, **rule: Any) -> ConsentRule:
    """Set what `owner` agrees to for a group of customers, or for everyone else.

    Raises Forbidden for whoever may not write for the owner.
    """
    if not viewer.may_write_for(owner_id):
        raise Forbidden()
    row, _ = ConsentRule.objects.update_or_create(owner_id=owner_id, group=group, defaults=rule)
    append(events.CONSENT_RULE_CHANGED, subject=row.owner.ref, actor=viewer.ref, at=clock.now(), mode=str(row.mode))
    return row
