"""Products in use over HTTP: the same JSON as the command line."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from lianzao.aftercare import actions, queries
from lianzao.aftercare.actions.need import Wanted
from lianzao.aftercare.answers import maintenance_json, meter_json, need_json, product_json, statement_json
from lianzao.aftercare.meter_file import read_meter
from lianzao.aftercare.models import Need
from lianzao.aftercare.needs import request_of
from lianzao.aftercare.passport import passport_json
from lianzao.aftercare.schemas import (
    EXAMPLE_METER,
    EXAMPLE_NEED,
    Maintenance,
    MeterAnswer,
    NeedAnswer,
    PassportAnswer,
    ProductAnswer,
    StatementAnswer,
)
from lianzao.base.messages import _
from lianzao.base.refusals import Malformed
from lianzao.trade.api import read_object
from lianzao.trust.api import signed_in
from lianzao.web.api import answers, idempotent, with_body

router = Router(tags=["aftercare"])
METER = with_body({}, "Readings as CSV: serial (or product), at, hours.")
METER["requestBody"]["content"] = {"text/csv": {"schema": {"type": "string"}, "example": EXAMPLE_METER}}


@router.get("/products", response=answers(list[ProductAnswer]), summary="Your products in use")
def products(request: HttpRequest) -> list[dict[str, Any]]:
    return [product_json(row) for row in queries.products(signed_in(request))]


@router.get("/passport/{ref}", response=answers(PassportAnswer), exclude_none=True, summary="A product's passport")
def passport(request: HttpRequest, ref: str) -> dict[str, Any]:
    """By the product's ref or serial number, or by the order that delivered it alone."""
    viewer = signed_in(request)
    return passport_json(queries.product(ref, viewer), viewer)


@router.post(
    "/meter", response=answers(MeterAnswer), exclude_none=True, openapi_extra=METER, summary="Send meter readings"
)
def meter(request: HttpRequest) -> Any:
    """Each reading counts once, whatever order it comes in; hours that pass a threshold promise a maintenance."""
    viewer = signed_in(request)
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.meter(file=read_meter(request.body), viewer=viewer),
        lambda metered: meter_json(metered, viewer),
    )


@router.get(
    "/products/{ref}/statements/{month}",
    response=answers(StatementAnswer),
    exclude_none=True,
    summary="A month's statement",
)
def statement(request: HttpRequest, ref: str, month: str) -> dict[str, Any]:
    """Its lines, and the readings and the rate that they are computed from."""
    account, stated = queries.statement(queries.product(ref, signed_in(request)), month)
    return statement_json(stated, account)


@router.post(
    "/products/{ref}/needs",
    response=answers(NeedAnswer),
    exclude_none=True,
    openapi_extra=with_body(EXAMPLE_NEED, "What is needed: text, kind, item, quantity, name to ask back."),
    summary="Report a need",
)
def report_need(request: HttpRequest, ref: str) -> Any:
    """A need is a demand again: the answer holds the request that it becomes."""
    viewer = signed_in(request)
    product = queries.product(ref, viewer)
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.report_need(product=product, wanted=read_wanted(request.body), viewer=viewer),
        need_json,
    )


@router.get("/needs", response=answers(list[NeedAnswer]), exclude_none=True, summary="Needs of your products")
def needs(request: HttpRequest) -> list[dict[str, Any]]:
    return [need_json(row) for row in queries.needs(signed_in(request))]


@router.get("/needs/{ref}/request", response=answers(dict[str, Any]), summary="The request that a need becomes")
def need_request(request: HttpRequest, ref: str) -> dict[str, Any]:
    """Filled from the product: what an inquiry or a quote takes as it is."""
    return request_of(queries.need(ref, signed_in(request)))


@router.post(
    "/needs/{ref}/answer",
    response=answers(NeedAnswer),
    exclude_none=True,
    openapi_extra=with_body({"text": "We come on Friday."}, "Words of the provider, or the ref of a quote."),
    summary="Answer a need",
)
def answer_need(request: HttpRequest, ref: str) -> Any:
    """In words, by who cares for the product; by a quote that was taken for it, by either side."""
    viewer = signed_in(request)
    body = read_object(request.body)
    text, quote = _text(body, "text"), _text(body, "quote")
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.answer_need(ref=ref, viewer=viewer, text=text, quote=quote),
        need_json,
    )


@router.post(
    "/maintenance/{ref}/done",
    response=answers(Maintenance),
    exclude_none=True,
    openapi_extra=with_body({}, "Empty."),
    summary="Report maintenance done",
)
def maintenance_done(request: HttpRequest, ref: str) -> Any:
    viewer = signed_in(request)
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.done(ref=ref, viewer=viewer),
        lambda job: maintenance_json([job], viewer)[0],
    )


def read_wanted(body: bytes) -> Wanted:
    """Raises Malformed."""
    value = read_object(body)
    quantity = value.get("quantity", 1)
    if isinstance(quantity, bool) or not isinstance(quantity, int):
        raise Malformed(at="quantity", accepted=_("a whole number"))
    return Wanted(
        text=_text(value, "text"),
        kind=_text(value, "kind") or Need.Kind.MAINTENANCE,
        item=_text(value, "item"),
        quantity=quantity,
        name=_text(value, "name"),
    )


def _text(value: dict[str, Any], name: str) -> str:
    given = value.get(name, "")
    if not isinstance(given, str):
        raise Malformed(at=name, accepted=_("a text"))
    return given
