"""The flow: promise, quote, answer, accept, orders, report, replan, cancel."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.node.cli.common import As, Json, read, refusing, say, viewer
from lianzao.production import actions as production
from lianzao.production.answers import job_json, order_with_jobs, orders_json
from lianzao.production.decisions import Report
from lianzao.production.inquiries import inquire
from lianzao.trade import actions as trade
from lianzao.trade.actions.answer import Reply
from lianzao.trade.answers import accepted_json, cancelled_json, quote_json
from lianzao.trade.api import read_price
from lianzao.trade.requests import moment, read_request

REF = Annotated[str, typer.Argument(help="The reference it was given.", metavar="REF")]
REQUEST = Annotated[Path, typer.Argument(help="A JSON file with the request; - reads standard input.")]


@refusing
def promise(request: REQUEST, as_: As = "", json: Json = False) -> None:
    """Price and earliest date for the request; reserves nothing.  Example: lianzao promise axis.json --json"""
    who = viewer(as_)
    say(inquire(read(request), who, time.perf_counter()), as_json=json, words=promise_words)


@refusing
def quote(request: REQUEST, as_: As = "", json: Json = False) -> None:
    """A promise with its time reserved until it expires.  Example: lianzao quote axis.json --as buyer --json"""
    who = viewer(as_)
    row = trade.quote(request=read_request(read(request)), viewer=who)
    say(quote_json(row, who), as_json=json, words=_quote_words)


@refusing
def answer(
    ref: REF,
    can: Annotated[bool | None, typer.Option("--can/--cannot", help="Whether you can.")] = None,
    price: Annotated[str, typer.Option(help="Your new net price, in your currency.")] = "",
    date: Annotated[str, typer.Option(help="The day on which you hand over.")] = "",
    as_: As = "",
    json: Json = False,
) -> None:
    """The owner's reply to a question.  Example: lianzao answer REF --can --price 420 --as factory-asked"""
    who = viewer(as_)
    if can is None and not price and not date:
        raise Refused(_("Say whether you can."), at="can", accepted="--can, --cannot, --price P, --date D")
    reply = Reply(can=can is not False, price=read_price(price), date=moment(date or None, "date"))
    say(quote_json(trade.answer(ref=ref, reply=reply, viewer=who), who), as_json=json)


@refusing
def accept(
    ref: REF,
    number: Annotated[str, typer.Option(help="Your own order number.")] = "",
    as_: As = "",
    json: Json = False,
) -> None:
    """Accept a quote: the binding order.  Example: lianzao accept REF --as buyer"""
    who = viewer(as_)
    say(accepted_json(trade.accept(ref=ref, viewer=who, buyer_number=number)), as_json=json)


@refusing
def orders(as_: As = "", json: Json = False) -> None:
    """Your orders, each with its jobs.  Example: lianzao orders --as buyer --json"""

    say(orders_json(viewer(as_)), as_json=json, words=_orders_words)


@refusing
def report(
    job: Annotated[str, typer.Argument(help="The job's reference.", metavar="JOB")],
    event: Annotated[str, typer.Option(help="start, pause, finish, ship or receive.")],
    good: Annotated[int, typer.Option(help="Good pieces since the last report.")] = 0,
    scrap: Annotated[int, typer.Option(help="Scrapped pieces since the last report.")] = 0,
    reason: Annotated[str, typer.Option(help="Why scrapped or paused.")] = "",
    as_: As = "",
    json: Json = False,
) -> None:
    """Report on a job.  Example: lianzao report JOB --event finish --good 4 --as machinist"""
    who = viewer(as_)
    done = production.report(ref=job, report=Report(event, good, scrap, reason), viewer=who)
    say(job_json(done), as_json=json)


@refusing
def replan(ref: REF, as_: As = "", json: Json = False) -> None:
    """Plan the rest of an order again on today's calendars.  Example: lianzao replan ORDER --as factory"""
    who = viewer(as_)
    say(order_with_jobs(production.replan(ref=ref, viewer=who), who), as_json=json)


@refusing
def cancel(ref: REF, as_: As = "", json: Json = False) -> None:
    """Cancel an order under its terms; its time is free at once.  Example: lianzao cancel ORDER --as buyer"""

    say(cancelled_json(*trade.cancel(ref=ref, viewer=viewer(as_))), as_json=json)


def promise_words(answer: dict[str, Any]) -> Iterator[str]:
    price = answer.get("price")
    if price:
        for line in price["lines"]:
            yield f"  {line['kind']:<16} {line['amount']:>12} {price['currency']}"
        yield f"  {'net':<16} {price['net']:>12} {price['currency']}   (tax {price['tax']})"
        yield f"  {price['incoterm']} {price['place']}, {price['payment']}"
    yield f"  ex works {answer['ready']}   arrives: likely {answer['p50']}, safe {answer['p90']}"
    yield f"  promised {answer['promised']}" + (
        f"   assumed: {', '.join(answer['assumed'])}" if answer["assumed"] else ""
    )
    for step in answer["reason"]:
        who = " · ".join(step[key] for key in ("operation", "owner", "resource") if key in step)
        yield f"    {step['because']:<10} {step.get('from', ''):<21} {step.get('to', ''):<21} {who}"
    if "took_ms" in answer:
        yield f"  computed in {answer['took_ms']:.0f} ms"


def _quote_words(answer: dict[str, Any]) -> Iterator[str]:
    yield f"quote {answer['ref']}: {answer['state']}, until {answer['expires_at']}"
    yield f"  seller {answer['seller']['name']}, {answer['seller']['address']}, {answer['seller']['tax_id']}"
    yield from promise_words(answer)


def _orders_words(answer: list[dict[str, Any]]) -> Iterator[str]:
    if not answer:
        yield "No orders yet. `lianzao quote REQUEST.json`, then `lianzao accept REF`, makes one."
    for order in answer:
        what = f"{order['item']} × {order['quantity']}"
        yield f"{order['number']}  {order['state']:<10} {what}  promised {order['promised']}"
        for job in order["jobs"]:
            yield f"    {job['ref']}  {job['state']:<9} {job.get('starts', ''):<21} {job['operation']}"
