"""The inbox, through its door."""

from __future__ import annotations

from django.db.models import F

from lianzao.notices.models import Notice, Notices
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer


def home(viewer: Viewer) -> str:
    """The country of the firm that the viewer acts for; empty for none."""
    rows = Organisation.objects.visible_to(viewer).filter(id=viewer.organisation or 0)
    return rows.values_list("country", flat=True).first() or ""


def inbox(viewer: Viewer) -> Notices:
    """The viewer's notices: unread first, the newest first in both."""
    rows = Notice.objects.visible_to(viewer.required())
    return rows.order_by(F("read_at").asc(nulls_first=True), "-at", "-id")
