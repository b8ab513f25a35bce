"""What the pages of trade look up, through the doors."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent
from lianzao.network.models import Capability, Lane
from lianzao.trade.models import Consent, ConsentRule, Quote
from lianzao.trust.levels import Level
from lianzao.trust.models import Disclosure, Group, Organisation
from lianzao.trust.viewer import Viewer
from lianzao.vocabulary.models import Process

ANSWERED = 8  # earlier answers shown below the questions


def destinations(viewer: Viewer) -> list[tuple[str, str]]:
    """Where published tariffs lead: country and place, the place empty for a country as a whole."""
    names = Lane.objects.visible_to(viewer).values_list("destination", flat=True).distinct()
    return sorted((name.partition("/")[0], name.partition("/")[2]) for name in names)


def own_firm(viewer: Viewer) -> Organisation | None:
    """The firm that the viewer acts for."""
    if viewer.organisation is None:
        return None
    return Organisation.objects.visible_to(viewer).filter(id=viewer.organisation).first()


def quote(ref: str, viewer: Viewer) -> Quote:
    """A quote with its seller and the order it became.

    Raises Absent for what is not there or not to be seen.
    """
    rows = Quote.objects.visible_to(viewer.required()).select_related("seller", "buyer", "order")
    found = rows.filter(ref=parse_ref(ref, at="quote")).first()
    if found is None:
        raise Absent(at="quote")
    return found


def consents(row: Quote, viewer: Viewer) -> list[Consent]:
    """Each owner's stand to a quote, in the order in which they were asked."""
    return list(Consent.objects.visible_to(viewer).filter(quote=row).select_related("owner").order_by("id"))


def answered(viewer: Viewer) -> list[Consent]:
    """The latest questions that the viewer's firms answered, or let pass."""
    rows = Consent.objects.visible_to(viewer).filter(owner__in=viewer.organisations, answered_at__isnull=False)
    return list(rows.select_related("quote").order_by("-answered_at", "-id")[:ANSWERED])


def groups(viewer: Viewer) -> list[Group]:
    """The customer groups of the firm that the viewer acts for."""
    return list(Group.objects.visible_to(viewer).filter(owner=viewer.organisation).order_by("name"))


def rules(viewer: Viewer) -> dict[int | None, ConsentRule]:
    """By group (None for everyone else): what the firm agrees to in advance."""
    rows = ConsentRule.objects.visible_to(viewer).filter(owner=viewer.organisation)
    return {row.group_id: row for row in rows}


def shown_levels(viewer: Viewer) -> dict[tuple[str, int | None], Level]:
    """By audience and group: what the firm shows; single firms are not among them."""
    rows = Disclosure.objects.visible_to(viewer).filter(owner=viewer.organisation, firm=None)
    return {(row.audience, row.group_id): Level(row.level) for row in rows}


def own_processes(viewer: Viewer) -> list[tuple[str, dict[str, str] | None]]:
    """The processes that the firm's work centres can do: their codes, with names where the vocabulary has them."""
    offered = Capability.objects.visible_to(viewer).filter(work_centre__site__organisation=viewer.organisation)
    names = Process.objects.filter(code=OuterRef("process")).values("name")[:1]
    return list(offered.annotate(named=Subquery(names)).values_list("process", "named").order_by("process").distinct())
