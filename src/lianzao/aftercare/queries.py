"""Reads, through the doors."""

from __future__ import annotations

import uuid

from django.db.models import Q

from lianzao.aftercare.accounts import Account, Month, accounts, statements
from lianzao.aftercare.decisions import NoStatement, SeveralProducts
from lianzao.aftercare.models import Need, Product
from lianzao.base import clock
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent
from lianzao.trust.viewer import Viewer

WITH = ("order__quote", "owner", "maker", "contract__provider", "contract__customer")
"""What every page and answer about a product needs beside it."""


def product(ref: str, viewer: Viewer) -> Product:
    """The product of a ref or serial number, or the one that the order of this ref or number delivered.

    Raises Absent for what is not there or not to be seen, SeveralProducts.
    """
    rows = Product.objects.visible_to(viewer.required()).select_related(*WITH)
    called, ordered = Q(serial=ref), Q(order__number=ref)
    if (key := _ref(ref)) is not None:
        called, ordered = Q(ref=key), Q(order__ref=key)
    found = rows.filter(called).first()
    if found is not None:
        return found
    several = list(rows.filter(ordered).order_by("serial")[:21])
    if not several:
        raise Absent(at="product")
    if len(several) > 1:
        raise SeveralProducts(at="product", serials=", ".join(row.serial for row in several[:20]))
    return several[0]


def _ref(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def products(viewer: Viewer, limit: int = 100) -> list[Product]:
    """The products last delivered that the viewer's firms own, made or care for."""
    rows = Product.objects.visible_to(viewer.required()).select_related(*WITH)
    return list(rows.order_by("-delivered_at", "-id")[:limit])


def account(row: Product) -> Account:
    """The account of a product that came through its door: owner, maker and provider see all of it."""
    return accounts([row])[row.id]


def statement(row: Product, month: str) -> tuple[Account, Month]:
    """The statement of a month ("2026-11") of a product that came through its door.

    Raises NoStatement.
    """
    found = account(row)
    known = statements(found, now=clock.seconds())
    for stated in known:
        if stated.month == month:
            return found, stated
    first, last = (known[0].month, known[-1].month) if known else ("-", "-")
    raise NoStatement(at="month", first=first, last=last)


def need(ref: str, viewer: Viewer) -> Need:
    """Raises Absent."""
    rows = Need.objects.visible_to(viewer.required()).select_related("product", "reported_by", "quote")
    found = rows.filter(ref=parse_ref(ref, at="need")).first()
    if found is None:
        raise Absent(at="need")
    return found


def needs(viewer: Viewer, limit: int = 100) -> list[Need]:
    """The needs of the viewer's products, those that wait for an answer first, then the newest."""
    rows = Need.objects.visible_to(viewer.required()).select_related("product", "reported_by", "quote")
    return list(rows.order_by("-state", "-reported_at", "-id")[:limit])


def needs_of(row: Product, limit: int = 50) -> list[Need]:
    """The newest needs of a product that came through its door."""
    found = row.needs.select_related("product", "reported_by", "quote")
    return list(found.order_by("-reported_at", "-id")[:limit])
