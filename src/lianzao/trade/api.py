"""The flow over HTTP: the same JSON as the command line."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest
from ninja import Router

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed, storable
from lianzao.trade import actions, queries
from lianzao.trade.actions.answer import Reply, WrongReply
from lianzao.trade.answers import accepted_json, cancelled_json, quote_json
from lianzao.trade.requests import moment, read_request
from lianzao.trade.schemas import EXAMPLE_REQUEST, Accepted, Cancelled, QuoteAnswer
from lianzao.trust.api import signed_in
from lianzao.web.api import answers, idempotent, with_body

router = Router(tags=["flow"])
REQUEST = with_body(EXAMPLE_REQUEST, "What is wanted: item, quantity, options, place, date.")


@router.post("/quote", response=answers(QuoteAnswer), exclude_none=True, openapi_extra=REQUEST, summary="Take a quote")
def quote(request: HttpRequest) -> Any:
    """A promise with its time reserved until it expires."""
    viewer = signed_in(request)
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.quote(request=read_request(request.body), viewer=viewer),
        lambda row: quote_json(row, viewer),
    )


@router.get("/quotes", response=answers(list[QuoteAnswer]), exclude_none=True, summary="Your quotes")
def quotes(request: HttpRequest) -> list[dict[str, Any]]:
    viewer = signed_in(request)
    return [quote_json(row, viewer) for row in queries.quotes(viewer)]


@router.get("/quotes/{ref}", response=answers(QuoteAnswer), exclude_none=True, summary="A quote")
def one_quote(request: HttpRequest, ref: str) -> dict[str, Any]:
    viewer = signed_in(request)
    return quote_json(queries.quote(ref, viewer), viewer)


@router.post(
    "/answer/{ref}",
    response=answers(QuoteAnswer),
    exclude_none=True,
    openapi_extra=with_body({"can": True, "price": "420.00", "date": "2026-12-08"}, "The owner's reply."),
    summary="Answer as owner",
)
def answer(request: HttpRequest, ref: str) -> Any:
    """Can do, cannot, or can do at another net price or hand-over date."""
    viewer = signed_in(request)
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.answer(ref=ref, reply=read_reply(request.body), viewer=viewer),
        lambda row: quote_json(row, viewer),
    )


@router.post(
    "/accept/{ref}",
    response=answers(Accepted),
    openapi_extra=with_body({"buyer_number": "4500012345"}, "Your own order number, if you have one."),
    summary="Accept a quote",
)
def accept(request: HttpRequest, ref: str) -> Any:
    """The binding order with the one seller named in the quote."""
    viewer = signed_in(request)
    number = read_object(request.body).get("buyer_number", "")
    if not isinstance(number, str) or len(number) > 60:
        raise Malformed(at="buyer_number", accepted=_("a text of at most 60 characters"))
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.accept(ref=ref, viewer=viewer, buyer_number=number),
        accepted_json,
    )


@router.post(
    "/cancel/{ref}", response=answers(Cancelled), openapi_extra=with_body({}, "Empty."), summary="Cancel an order"
)
def cancel(request: HttpRequest, ref: str) -> Any:
    """Cancel an order under the stated terms; its time is free at once."""
    viewer = signed_in(request)
    return idempotent(
        request, viewer.ref, lambda: actions.cancel(ref=ref, viewer=viewer), lambda pair: cancelled_json(*pair)
    )


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`; nothing is an empty one.

    Raises Malformed.
    """
    try:
        value = json.loads(body, parse_constant=_refused) if body.strip() else {}
        if not storable(json.dumps(value, ensure_ascii=False)) or "\\u0000" in json.dumps(value):
            raise ValueError
    except (ValueError, RecursionError):
        raise Malformed(_("This is not JSON."), at="body", accepted=_("one JSON object")) from None
    if not isinstance(value, dict):
        raise Malformed(_("This is not a JSON object."), at="body", accepted=_("one JSON object"))
    return value


def _refused(name: str) -> float:
    raise ValueError(name)


def read_reply(body: bytes) -> Reply:
    """Raises Malformed or WrongReply."""
    value = read_object(body)
    if not isinstance(value.get("can"), bool):
        raise WrongReply(_("Say whether you can."), at="can", accepted=_("true or false"))
    return Reply(can=value["can"], price=read_price(value.get("price")), date=moment(value.get("date"), "date"))


def read_price(given: object) -> Decimal | None:
    """Raises WrongReply for what is no amount of money."""
    if given is None or given == "":
        return None
    try:
        price = Decimal(str(given)[:30])
        if not price.is_finite() or price < 0:
            raise InvalidOperation
        return price.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise WrongReply(_("This price cannot be."), at="price", accepted=_("an amount, as in 420.00")) from None
