"""What can be bought, through the doors."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q

from lianzao.base.messages import _
from lianzao.base.refusals import Absent
from lianzao.catalog.models import Item
from lianzao.trust.viewer import Viewer
from lianzao.vocabulary.tables import LANGUAGES


def products(viewer: Viewer, words: str = "") -> list[Item]:
    """The products of the open catalogue; with `words` whatever has all of them in its code or a name, parts too."""
    rows = Item.objects.visible_to(viewer).filter(site=None).select_related("family")
    if not words.strip():
        rows = rows.filter(used_in=None)
    for word in words.split()[:8]:
        found = Q(code__icontains=word)
        for language in LANGUAGES:
            found |= Q(**{f"name__{language}__icontains": word})
        rows = rows.filter(found)
    return list(rows.order_by(F("family").asc(nulls_last=True), "code"))


def product(code: str, viewer: Viewer) -> Item:
    """An item of the open catalogue.

    Raises Absent.
    """
    rows = Item.objects.visible_to(viewer).filter(code=code.replace("\x00", ""), site=None)
    found = rows.select_related("family").first()
    if found is None:
        raise Absent(_("There is no item “{name}” here."), at="item", accepted=_("an item of the catalogue"), name=code)
    return found


def named(codes: Collection[str], viewer: Viewer) -> dict[str, Item]:
    """The items of the open catalogue with these codes."""
    rows = Item.objects.visible_to(viewer).filter(code__in=codes, site=None).select_related("family")
    return {row.code: row for row in rows}
