"""Needs: reported from a passport, answered in words or by a quote."""

from __future__ import annotations

from dataclasses import dataclass

from lianzao.aftercare import events
from lianzao.aftercare.decisions import NotOrderable, WrongNeed, may_answer
from lianzao.aftercare.models import Need, Product, ServiceContract
from lianzao.aftercare.needs import catalogue, parts, request_for
from lianzao.aftercare.terms import maintenance_item
from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refs import parse_ref
from lianzao.base.refusals import Absent, Forbidden
from lianzao.catalog.models import Item
from lianzao.ledger.events import append
from lianzao.trade.models import Quote
from lianzao.trade.requests import MOST_PIECES
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user needs, in its own words; `item` the code of a part, `name` whom to ask back."""

    text: str
    kind: str = Need.Kind.MAINTENANCE
    item: str = ""
    quantity: int = 1
    name: str = ""


@use_case
def report_need(*, product: Product, wanted: Wanted, viewer: Viewer) -> Need:
    """Report what the product's user needs.

    Raises Forbidden for who does not work for its owner, WrongNeed.
    """
    if viewer.roles.get(product.owner_id, "reader") == "reader":
        raise Forbidden(at="product")
    item = _wanted(wanted, product)
    now = clock.seconds()
    need = Need.objects.create(
        product=product,
        kind=wanted.kind,
        item=item.code if item else "",
        quantity=wanted.quantity,
        request=request_for(product, item, wanted.quantity) if item else None,
        text=wanted.text.strip(),
        name=wanted.name.strip(),
        reported_by_id=product.owner_id,
        reported_at=now,
    )
    append(
        events.NEED_REPORTED,
        subject=need.ref,
        actor=viewer.ref,
        at=now,
        product=str(product.ref),
        need=wanted.kind,
        item=need.item,
        quantity=wanted.quantity,
    )
    return need


def _wanted(wanted: Wanted, product: Product) -> Item | None:
    """What would be ordered; none where the catalogue does not offer it, or no longer.

    Raises WrongNeed.
    """
    if not 1 <= len(wanted.text.strip()) <= LONGEST or "\x00" in wanted.text:
        raise WrongNeed(
            _("Say in words what is needed."), at="text", accepted=_("1 to {most} characters"), most=LONGEST
        )
    if len(wanted.name) > 100 or "\x00" in wanted.name:
        raise WrongNeed(_("The name cannot be used."), at="name", accepted=_("a text of at most 100 characters"))
    if wanted.kind not in Need.Kind.values:
        raise WrongNeed(_("This kind of need is not known."), at="kind", accepted=", ".join(Need.Kind.values))
    if not 1 <= wanted.quantity <= MOST_PIECES:
        raise WrongNeed(
            _("The quantity must be a whole number of pieces."),
            at="quantity",
            accepted=_("1 to {most}"),
            most=MOST_PIECES,
        )
    offered = catalogue(product)
    if wanted.kind == Need.Kind.MAINTENANCE:
        return offered.get(maintenance_item())
    if wanted.kind == Need.Kind.REPLACEMENT:
        return offered.get(product.item)
    spare = parts(offered, product)
    if wanted.item not in spare:
        raise WrongNeed(_("This product has no such part."), at="item", accepted=", ".join(list(spare)[:40]) or "-")
    return spare[wanted.item]


@use_case
def answer_need(*, ref: str, viewer: Viewer, text: str = "", quote: str = "") -> Need:
    """Answer a need: who cares for the product in words, either side with the quote that was taken for it.

    Raises Absent, Forbidden, NeedAnswered, NotOrderable, WrongNeed.
    """
    viewer.required()
    found = Need.objects.visible_to(viewer).filter(ref=parse_ref(ref, at="need")).first()
    if found is None:
        raise Absent(at="need")
    product = found.product
    carers = ServiceContract.objects.filter(product=product).values_list("provider_id", flat=True)
    sides = {product.maker_id, *carers, *([product.owner_id] if quote else [])}
    if not any(viewer.may_write_for(side) for side in sides):
        raise Forbidden(at="need")
    if not quote and not 1 <= len(text.strip()) <= LONGEST:
        raise WrongNeed(
            _("Answer in words, or name a quote."), at="text", accepted=_("1 to {most} characters"), most=LONGEST
        )
    need = Need.objects.select_for_update().get(id=found.id)
    may_answer(need.state)
    now = clock.seconds()
    need.state, need.answered_at, need.answer = Need.State.ANSWERED, now, text.strip()[:LONGEST]
    need.quote = _quote(quote, need, viewer) if quote else None
    need.save(update_fields=["state", "answered_at", "answer", "quote"])
    append(
        events.NEED_ANSWERED,
        subject=need.ref,
        actor=viewer.ref,
        at=now,
        product=str(product.ref),
        quote=str(need.quote.ref) if need.quote else None,
    )
    return need


def _quote(ref: str, need: Need, viewer: Viewer) -> Quote:
    if not need.item:
        raise NotOrderable(at="need")
    quote = Quote.objects.visible_to(viewer).filter(ref=parse_ref(ref, at="quote")).first()
    if quote is None:
        raise Absent(at="quote")
    if quote.buyer_id != need.product.owner_id or quote.request["item"] != need.item:
        raise WrongNeed(
            _("This quote is for something else."),
            at="quote",
            accepted=_("a quote of the product's owner for {item}"),
            item=need.item,
        )
    return quote
