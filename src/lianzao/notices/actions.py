"""Telling organisations what happened, once each; marking it read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from lianzao.base import clock
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden
from lianzao.ledger.events import Happened, append
from lianzao.notices import events
from lianzao.notices.models import Notice
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case


@dataclass(frozen=True, slots=True)
class Told:
    """`text` is an English template whose fields `facts` fill (see `notices.wording`); `about` is "order <ref>"."""

    text: str
    about: str
    facts: Mapping[str, Any]


@use_case
def tell(*, organisations: Collection[int], event: Happened, told: Told) -> None:
    """Put one notice of `event` into the inbox of each organisation; those who have it already keep the one."""
    wanted = set(organisations)
    wanted -= set(
        Notice.objects.filter(event=event.ref, organisation__in=wanted).values_list("organisation", flat=True)
    )
    unread = Notice.objects.filter(organisation__in=wanted, kind=event.kind, about=told.about, read_at=None)
    same = unread.filter(text=told.text, facts=dict(told.facts))  # the same words once more would be noise
    wanted -= set(same.values_list("organisation", flat=True))
    if not wanted:
        return
    now = clock.seconds()
    Notice.objects.bulk_create(
        Notice(
            organisation_id=organisation,
            kind=event.kind,
            event=event.ref,
            about=told.about,
            text=told.text,
            facts=dict(told.facts),
            at=now,
        )
        for organisation in sorted(wanted)
    )
    refs = Organisation.objects.filter(id__in=wanted).order_by("id").values_list("ref", flat=True)
    append(
        events.TOLD,
        subject=event.subject,
        actor=None,
        at=now,
        about=event.kind,
        event=str(event.ref),
        organisations=[str(ref) for ref in refs],
    )


@use_case
def mark_read(*, viewer: Viewer, ref: str = "") -> int:
    """Mark one notice read, or without `ref` all of the viewer's; how many were new.

    Raises Absent for a notice that is not there or not to be seen, Forbidden for who belongs to no organisation.
    """
    if not viewer.required().organisations:
        raise Forbidden()
    rows = Notice.objects.visible_to(viewer)
    if ref:
        rows = rows.filter(ref=parse_ref(ref, at="notice"))
        if not rows.exists():
            raise Absent(at="notice")
    now = clock.seconds()
    count = rows.filter(read_at=None).update(read_at=now)
    if count:
        append(events.READ, subject=viewer.ref, actor=viewer.ref, at=now, notices=count)
    return count
