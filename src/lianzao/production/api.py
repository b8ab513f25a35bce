"""Inquiries, orders with their jobs, and reports over HTTP."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from lianzao.base.messages import _
from lianzao.production import actions
from lianzao.production.answers import job_json, one_order, order_with_jobs, orders_json
from lianzao.production.decisions import Report, WrongReport
from lianzao.production.inquiries import inquire
from lianzao.production.joblog import Replay
from lianzao.production.replays import replay_file
from lianzao.production.schemas import ImportAnswer, JobAnswer, OrderAnswer, UndoneAnswer
from lianzao.trade.api import REQUEST, read_object
from lianzao.trade.schemas import Promise
from lianzao.trust.api import signed_in
from lianzao.web.api import answers, idempotent, with_body
from lianzao.web.uploads import a_file, read_file

router = Router(tags=["flow"])
EXAMPLE = {"event": "finish", "good": 4, "scrap": 0, "reason": ""}


@router.post("/promise", response=answers(Promise), exclude_none=True, openapi_extra=REQUEST, summary="Inquire")
def promise(request: HttpRequest) -> dict[str, Any]:
    """Price and dates for a request, computed now over all owners' calendars. Reserves nothing and binds nobody."""
    began = time.perf_counter()
    return inquire(request.body, signed_in(request), began)


@router.get("/orders", response=answers(list[OrderAnswer]), exclude_none=True, summary="Your orders")
def orders(request: HttpRequest) -> list[dict[str, Any]]:
    """Your orders as buyer, seller or maker, each with the jobs you may see."""
    return orders_json(signed_in(request))


@router.get("/orders/{ref}", response=answers(OrderAnswer), exclude_none=True, summary="An order")
def order(request: HttpRequest, ref: str) -> dict[str, Any]:
    return one_order(ref, signed_in(request))


@router.post(
    "/report/{job}",
    response=answers(JobAnswer),
    exclude_none=True,
    openapi_extra=with_body(EXAMPLE, "What happened: start, pause, finish, ship or receive."),
    summary="Report on a job",
)
def report(request: HttpRequest, job: str) -> Any:
    viewer = signed_in(request)
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.report(ref=job, report=read_report(request.body), viewer=viewer),
        job_json,
    )


@router.post(
    "/replan/{ref}",
    response=answers(OrderAnswer),
    exclude_none=True,
    openapi_extra=with_body({}, "Empty."),
    summary="Plan the rest of an order again",
)
def replan(request: HttpRequest, ref: str) -> Any:
    viewer = signed_in(request)
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.replan(ref=ref, viewer=viewer),
        lambda row: order_with_jobs(row, viewer),
    )


LOG = a_file("text/csv", "A shop's production log: a CSV file of at most 64 MiB, one row per report.")


@router.post("/import/joblog", response=answers(ImportAnswer), openapi_extra=LOG, summary="Import a production log")
def import_joblog(request: HttpRequest, site: str) -> Any:
    """A site named `site` of your firm, learnt from the log in the body. The same file again changes nothing."""
    viewer = signed_in(request)
    viewer.writing()
    data = read_file(request)
    return idempotent(
        request,
        viewer.ref,
        lambda: actions.import_log(data, site, viewer),
        dict,
        body=site.encode() + b"\0" + data,
    )


@router.post(
    "/import/{ref}/undo",
    response=answers(UndoneAnswer),
    openapi_extra=with_body({}, "Empty."),
    summary="Take an import back",
)
def undo_import(request: HttpRequest, ref: str) -> Any:
    """Take back whole what an import made, or refuse and name what rests on it."""
    viewer = signed_in(request)
    return idempotent(request, viewer.ref, lambda: actions.undo(ref, viewer), dict)


@router.post("/replay/joblog", response=answers(dict[str, Any]), openapi_extra=LOG, summary="Replay a production log")
def replay_joblog(
    request: HttpRequest, first: str = Query("", alias="from"), last: str = Query("", alias="to")
) -> Replay:
    """Walk through the log in the body as if live, and score the promise of each order. Changes nothing."""
    signed_in(request)
    return replay_file(read_file(request), first, last)


def read_report(body: bytes) -> Report:
    """Raises Malformed, WrongReport."""
    value = read_object(body)
    for name in ("good", "scrap"):
        if isinstance(value.get(name, 0), bool) or not isinstance(value.get(name, 0), int):
            raise WrongReport(_("The number of pieces cannot be."), at=name, accepted=_("a whole number"))
    for name in ("event", "reason"):
        if not isinstance(value.get(name, ""), str):
            raise WrongReport(at=name, accepted=_("a text"))
    return Report(value.get("event", ""), value.get("good", 0), value.get("scrap", 0), value.get("reason", ""))
