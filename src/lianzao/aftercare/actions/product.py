"""Delivery makes the products, and the service contract where the order chose one."""

from __future__ import annotations

from collections.abc import Mapping

from lianzao.aftercare import events
from lianzao.aftercare.billing import after_months, month_of
from lianzao.aftercare.decisions import Choice, chosen, serials
from lianzao.aftercare.models import Product, ServiceContract
from lianzao.aftercare.terms import ServiceTerms, service_terms
from lianzao.catalog.models import Family, Item
from lianzao.ledger.events import append
from lianzao.trade.models import Order
from lianzao.web.transactions import use_case


@use_case
def make_products(order: Order, *, now: int) -> None:
    """Fills `production.ports.ports.delivered`: the order's products from now on in use.

    What is configured gets a serial number a piece, and a service contract where a chosen feature has that effect;
    other parts are one lot. Done twice, it finds its own work.
    """
    if Product.objects.filter(order=order).exists():
        return
    request = order.quote.request
    item = _item(request["item"], request.get("site", ""))
    family = item.family if item else None
    terms = _terms(family, request.get("options", {})) if family else None
    single = family is not None
    pieces = int(request["quantity"])
    numbers = serials(order.number, pieces) if single else [order.number]
    products = Product.objects.bulk_create(
        Product(
            order=order,
            serial=number,
            item=request["item"],
            name=item.name if item else {},
            pieces=1 if single else pieces,
            owner_id=order.buyer_id,
            maker_id=order.seller_id,
            delivered_at=now,
        )
        for number in numbers
    )
    if terms:
        _contracts(products, terms, order.currency, now)
    append(
        events.PRODUCTS_MADE,
        subject=order.ref,
        actor=None,
        at=now,
        products=len(products),
        item=request["item"],
        pieces=pieces,
        contracts=len(products) if terms else 0,
    )


def _item(code: str, site: str) -> Item | None:
    rows = Item.objects.filter(code=code).select_related("family")
    return (rows.filter(site__name=site) if site else rows.filter(site=None)).order_by("id").first()


def _terms(family: Family, options: Mapping[str, Choice]) -> ServiceTerms | None:
    """The terms that come with what was chosen of the family; none where nothing with such an effect was."""
    offered = service_terms()
    effects = {
        feature["code"]: effect
        for feature in family.model["features"]
        for effect in feature.get("effects", ())
        if effect in offered
    }
    feature = chosen(options, effects)
    return offered[effects[feature]] if feature else None


def _contracts(products: list[Product], terms: ServiceTerms, currency: str, now: int) -> None:
    rate, currency = terms.rate(currency)
    ServiceContract.objects.bulk_create(
        ServiceContract(
            product=product,
            provider_id=product.maker_id,
            customer_id=product.owner_id,
            rate=rate,
            currency=currency,
            threshold_hours=terms.threshold_hours,
            maintenance_process=terms.process,
            maintenance_minutes=terms.minutes,
            source=terms.source,
            starts=now,
            ends=after_months(now, terms.months),
            next_month=month_of(now),
        )
        for product in products
    )
