"""A need as a demand: the request that it becomes, filled from the product, so that nothing is typed twice."""

from __future__ import annotations

from typing import Any

from lianzao.aftercare.decisions import NotOrderable
from lianzao.aftercare.models import Need, Product
from lianzao.aftercare.terms import maintenance_item
from lianzao.catalog.models import BomLine, Item


def request_of(need: Need) -> dict[str, Any]:
    """The request that a need becomes: what an inquiry or a quote takes as it is.

    Raises NotOrderable where the catalogue has nothing to order; then the provider answers in words.
    """
    if need.request is None:
        raise NotOrderable(at="need")
    return dict(need.request)


def request_for(product: Product, wanted: Item, quantity: int) -> dict[str, Any]:
    """A request for an item of the product's catalogue, to where the product was delivered.

    A part of the product's family is asked for as the product was configured.
    """
    first = product.order.quote.request
    item = item_of(product)
    alike = item is not None and item.family_id is not None and wanted.family_id == item.family_id
    return {
        "item": wanted.code,
        "quantity": quantity,
        **({"options": first["options"]} if alike and first.get("options") else {}),
        **{name: first[name] for name in ("site", "deliver_to") if first.get(name)},
    }


def item_of(product: Product) -> Item | None:
    """The catalogue's item of the product, if it still has it."""
    site = product.order.quote.request.get("site", "")
    rows = Item.objects.filter(code=product.item).select_related("family")
    return (rows.filter(site__name=site) if site else rows.filter(site=None)).order_by("id").first()


def catalogue(product: Product) -> dict[str, Item]:
    """What may be ordered for a product, by code: itself, its parts, maintenance."""
    return offered(item_of(product))


def offered(item: Item | None) -> dict[str, Item]:
    """The same for a product whose item is known."""
    if item is None:
        return {}
    lines = BomLine.objects.select_related("child")
    lines = lines.filter(parent=item) if item.family_id is None else lines.filter(parent__family=item.family_id)
    service = Item.objects.filter(code=maintenance_item(), site=None)
    return {row.code: row for row in [item, *(line.child for line in lines), *service]}


def parts(catalogue: dict[str, Item], product: Product) -> dict[str, Item]:
    """Of what may be ordered for a product its spare parts, by code."""
    other = {product.item, maintenance_item()}
    return {code: catalogue[code] for code in sorted(catalogue) if code not in other}
