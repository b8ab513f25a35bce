"""Tells the demo's stories through the same actions as everybody: quote, answer, accept, report, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lianzao.base import clock
from lianzao.base.refusals import Refused
from lianzao.ledger.events import append
from lianzao.node.demo import events
from lianzao.node.demo.done import counts_of
from lianzao.node.demo.stories import STORIES, Story
from lianzao.production.actions import report
from lianzao.production.decisions import Report
from lianzao.production.models import JobOrder
from lianzao.trade.actions import accept, answer, cancel, quote, release
from lianzao.trade.actions.answer import Reply
from lianzao.trade.models import Consent, Order, Quote
from lianzao.trade.requests import as_json, as_request
from lianzao.trust.models import Membership
from lianzao.trust.queries import viewer_by_login, viewer_of
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

DEARER = Decimal("1.06")
Kind = JobOrder.Kind


def orders() -> dict[str, int]:
    """Tell each story once; the numbers of quotes and orders then made.

    What this network cannot make is left out; a story that was begun is not told again.
    """
    if (there := counts_of(events.ORDERED)) is not None:
        return there
    for story in STORIES:
        buyer = viewer_by_login(story.buyer)
        request = as_request(story.request)
        if Quote.objects.filter(buyer=buyer.organisation, request=as_json(request)).exists():
            continue
        try:
            row = quote(request=request, viewer=buyer)
        except Refused:
            continue
        _tell(story, row, buyer)
    return _done()


@use_case
def _done() -> dict[str, int]:
    counts = {
        "quotes": Quote.objects.filter(buyer__simulated=True).count(),
        "orders": Order.objects.filter(buyer__simulated=True).count(),
    }
    append(events.ORDERED, subject=events.DEMO, actor=None, at=clock.now(), counts=counts)
    return counts


@use_case
def _tell(story: Story, row: Quote, buyer: Viewer) -> None:
    if story.asked == "silent":
        return
    for consent in row.consents.filter(state=Consent.State.ASKED).order_by("id"):
        price = (consent.share * DEARER).quantize(Decimal("0.01")) if story.asked == "dearer" else None
        row = answer(
            ref=str(consent.ref),
            reply=Reply(can=story.asked != "no", price=price),
            viewer=_person_of(consent.owner_id),
        )
        if row.state == Quote.State.REFUSED:
            return
    if story.end == "released":
        release(ref=str(row.ref), viewer=buyer)
    if story.end != "accepted":
        return
    order = accept(ref=str(row.ref), viewer=buyer, buyer_number=f"PO-{story.item}-{story.quantity}")
    _work(story, order, buyer)
    if story.cancelled:
        cancel(ref=str(order.ref), viewer=buyer)


def _work(story: Story, order: Order, buyer: Viewer) -> None:
    jobs = _in_order(list(JobOrder.objects.filter(order=order).select_related("goes_to")))
    wanted = Kind.SHIP if story.then == "ship" else Kind.WORK
    finished = round(len(jobs) * story.done)
    if story.then:
        finished = next(i for i, job in enumerate(jobs) if i >= finished and job.kind == wanted)
    lost = story.scrap
    for job in jobs[:finished]:
        lost -= _finish(job, buyer, lost if job.kind == Kind.WORK else 0)
    if not story.then:
        return
    begun = jobs[finished]
    maker, ref = _person_of(begun.owner_id), str(begun.ref)
    report(ref=ref, report=Report("ship" if story.then == "ship" else "start"), viewer=maker)
    if story.then == "pause":
        report(ref=ref, report=Report("pause", good=begun.pieces // 4, reason="machine"), viewer=maker)


def _finish(job: JobOrder, buyer: Viewer, lost: int) -> int:
    """Report the job from its beginning to its end; the pieces that were lost in it."""
    maker, ref = _person_of(job.owner_id), str(job.ref)
    if job.kind == Kind.SHIP:
        receiver = buyer if job.goes_to is None else _person_of(job.goes_to.organisation_id)
        report(ref=ref, report=Report("ship"), viewer=maker)
        report(ref=ref, report=Report("receive", good=job.pieces), viewer=receiver)
        return 0
    if job.kind == Kind.WORK:
        report(ref=ref, report=Report("start"), viewer=maker)
    report(ref=ref, report=Report("finish", job.pieces - lost, lost, "tool" if lost else ""), viewer=maker)
    return lost


def _in_order(jobs: Sequence[JobOrder]) -> list[JobOrder]:
    """By planned start, but none before those that it waits for."""
    waiting, ordered, there = sorted(jobs, key=lambda job: (job.starts, job.id)), [], set[str]()
    while waiting:
        job = next(each for each in waiting if there.issuperset(each.after))
        waiting.remove(job)
        ordered.append(job)
        there.add(job.key)
    return ordered


def _person_of(organisation: int) -> Viewer:
    rows = Membership.objects.filter(organisation=organisation, role=Membership.Role.ADMIN).select_related("user")
    return viewer_of(rows.order_by("id")[0].user)
