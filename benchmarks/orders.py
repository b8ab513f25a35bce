"""Inside the node's database: orders of which all is done but the last shipment, days before its time.

`main` runs in the settings of the node that is measured and prints the shipments as JSON, each with its maker's token.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from lianzao.node.cli.common import viewer
from lianzao.production.actions import report
from lianzao.production.decisions import Report
from lianzao.production.models import JobOrder
from lianzao.trade.actions import accept, answer, quote
from lianzao.trade.actions.answer import Reply
from lianzao.trade.models import Consent
from lianzao.trade.requests import as_request
from lianzao.trust.actions import give_token
from lianzao.trust.models import Membership, User
from lianzao.trust.queries import viewer_of
from lianzao.trust.viewer import Viewer

ITEMS = ("BRACKET-120", "SHAFT-30", "GEAR-M2-40", "COVER-600")
STUTTGART = {"country": "DE", "place": "Stuttgart"}


def main(count: int) -> None:
    print(json.dumps([_nearly_done(ITEMS[number % len(ITEMS)]) for number in range(count)]))


def _nearly_done(item: str) -> dict[str, str]:
    buyer = viewer("buyer")
    taken = quote(request=as_request({"item": item, "quantity": 10, "deliver_to": STUTTGART}), viewer=buyer)
    for consent in taken.consents.filter(state=Consent.State.ASKED):
        answer(ref=str(consent.ref), reply=Reply(can=True), viewer=viewer_of(_person(consent.owner_id)))
    order = accept(ref=str(taken.ref), viewer=buyer)
    rows = JobOrder.objects.filter(order=order).select_related("goes_to").order_by("starts")
    jobs = list(_in_order(list(rows)))
    for job in jobs[:-1]:
        _finish(job)
    token, _expires = give_token(user=_person(jobs[-1].owner_id), hours=1, actor=Viewer())
    return {"order": str(order.ref), "job": str(jobs[-1].ref), "token": token}


def _in_order(jobs: Sequence[JobOrder]) -> Iterator[JobOrder]:
    """Each after those that it waits for."""
    there: set[str] = set()
    while waiting := [job for job in jobs if job.key not in there]:
        job = next(each for each in waiting if there.issuperset(each.after))
        there.add(job.key)
        yield job


def _finish(job: JobOrder) -> None:
    maker, ref = viewer_of(_person(job.owner_id)), str(job.ref)
    if job.kind == JobOrder.Kind.SHIP:
        assert job.goes_to is not None, "only the last shipment goes to the buyer"
        report(ref=ref, report=Report("ship"), viewer=maker)
        receiver = viewer_of(_person(job.goes_to.organisation_id))
        report(ref=ref, report=Report("receive", good=job.pieces), viewer=receiver)
        return
    if job.kind == JobOrder.Kind.WORK:
        report(ref=ref, report=Report("start"), viewer=maker)
    report(ref=ref, report=Report("finish", good=job.pieces), viewer=maker)


def _person(organisation: int) -> User:
    rows = Membership.objects.filter(organisation=organisation, role=Membership.Role.ADMIN)
    return rows.select_related("user").order_by("id")[0].user
