"""Orders and jobs as pages show them: what stands in each row and figure. Texts are in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from lianzao.base.money import Money
from lianzao.base.places import zone_of
from lianzao.production.models import JobOrder
from lianzao.production.queries import Task
from lianzao.production.wording import JOB_STATES, ORDER_STATES, SHIP_STATES
from lianzao.trade.models import Order, SubOrder
from lianzao.trade.wording import language, listed, said
from lianzao.web import formats
from lianzao.web.parts import Joint

DAY = 86_400


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A job in a list: its state in a word, and what may be tapped."""

    ref: str
    name: str
    number: str
    pieces: int
    joint: Joint
    word: str
    late: bool
    where: str
    when: int
    begins: bool  # `when` is the beginning, else the end
    zone: tzinfo
    waits_for: str
    good: int
    scrap: int


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list, as its buyer, its seller or a maker of a part sees it."""

    ref: str
    number: str
    item: str
    quantity: int
    joint: Joint
    word: str
    late: bool
    is_open: bool
    other: str
    role: str
    arrives: int
    zone: tzinfo
    net: Money


def task_row(task: Task, *, now: int) -> TaskRow:
    job = task.job
    late = job.ends < now
    joint, word = task_state(task, now=now)
    begins = job.state == JobOrder.State.WAITING
    return TaskRow(
        ref=str(job.ref),
        name=title(job),
        number=job.order.number,
        pieces=job.pieces,
        joint=joint,
        word=word,
        late=late,
        where=where(job),
        when=job.starts if begins else job.ends,
        begins=begins,
        zone=zone_of_job(job),
        waits_for=names(task.waits_for),
        good=job.good,
        scrap=job.scrap,
    )


def task_state(task: Task, *, now: int) -> tuple[Joint, str]:
    """What is late says by how much; what has not begun though it should is at risk."""
    job = task.job
    states = SHIP_STATES if job.kind == JobOrder.Kind.SHIP else JOB_STATES
    joint, word = states[job.state]
    if job.state in (JobOrder.State.FINISHED, JobOrder.State.CANCELLED):
        return joint, gettext(word)
    if job.ends < now:
        return Joint.LATE, gettext("{time} late").format(time=about(now - job.ends))
    waits_for_others = job.kind in (JobOrder.Kind.MATERIAL, JobOrder.Kind.OUTSIDE)
    if job.state == JobOrder.State.WAITING and job.starts < now and not waits_for_others:
        return Joint.RISK, gettext("should have begun")
    return joint, gettext(word)


def about(seconds: int) -> str:
    """A duration in its largest unit: by days from a day on, by hours from an hour on."""
    unit = DAY if seconds >= DAY else 3_600 if seconds >= 3_600 else 60
    return formats.duration(max(60, seconds // unit * unit), language())


def title(job: JobOrder) -> str:
    """What is to be done; a shipment is told from others by where it goes."""
    if job.kind != JobOrder.Kind.SHIP:
        return said(job.name, job.key)
    place = job.goes_to.place if job.goes_to else (job.order.quote.request.get("deliver_to") or {}).get("place")
    return gettext("Shipment to {place}").format(place=place) if place else gettext("Shipment to the buyer")


def where(job: JobOrder) -> str:
    return job.resource.name if job.resource else (job.site.name if job.site else "")


def zone_of_job(job: JobOrder) -> tzinfo:
    site = job.site or job.goes_to
    return ZoneInfo(site.zone) if site else ZoneInfo("UTC")


def names(texts: Sequence[dict[str, str]]) -> str:
    return listed(list(dict.fromkeys(said(text) for text in texts)))


def order_zone(order: Order) -> tzinfo:
    """The clocks of the place of arrival, else of the buyer's country."""
    to = order.quote.request.get("deliver_to")
    return zone_of(to["country"] if to else order.buyer.country)


def order_state(order: Order, *, now: int) -> tuple[Joint, str]:
    """On time is counted on the arrival: as foreseen, then as it was."""
    if order.state == Order.State.DELIVERED and order.delivered_at is not None:
        if order.delivered_at <= order.promised:
            return Joint.OK, gettext("Delivered on time")
        return Joint.LATE, gettext("Delivered {time} late").format(time=about(order.delivered_at - order.promised))
    if order.state != Order.State.OPEN:
        joint, word = ORDER_STATES[order.state]
        return joint, gettext(word)
    if order.forecast > order.promised:
        return Joint.LATE, gettext("{time} late").format(time=about(order.forecast - order.promised))
    return Joint.OK, gettext("On time")


def order_row(order: Order, item: str, roles: dict[int, str], *, now: int) -> OrderRow:
    joint, word = order_state(order, now=now)
    sells = order.seller_id in roles
    return OrderRow(
        ref=str(order.ref),
        number=order.number,
        item=item,
        quantity=order.quote.request["quantity"],
        joint=joint,
        word=word,
        late=joint is Joint.LATE and order.state == Order.State.OPEN,
        is_open=order.state == Order.State.OPEN,
        other=order.buyer.name if sells else order.seller.name,
        role=gettext("you sell") if sells else gettext("you buy"),
        arrives=order.delivered_at or order.forecast,
        zone=order_zone(order),
        net=Money(order.net, order.currency),
    )


def part_row(part: SubOrder, item: str, *, now: int) -> OrderRow:
    joint, word = ORDER_STATES[part.state]
    late = part.state == SubOrder.State.OPEN and part.hand_over < now
    return OrderRow(
        ref=str(part.ref),
        number=part.order.number,
        item=item,
        quantity=part.order.quote.request["quantity"],
        joint=Joint.LATE if late else joint,
        word=gettext("{time} late").format(time=about(now - part.hand_over)) if late else gettext(word),
        late=late,
        is_open=part.state == SubOrder.State.OPEN,
        other=part.order.seller.name,
        role=gettext("you make a part"),
        arrives=part.hand_over,
        zone=zone_of(part.supplier.country),
        net=Money(part.net, part.currency),
    )


def headline(late: int, total: int, questions: int) -> list[str]:
    """The day in a sentence, its parts to be kept whole where lines break."""
    if not total and not questions:
        return [gettext("Nothing to do today.")]
    parts = [ngettext("{count} job ahead", "{count} jobs ahead", total).format(count=total)]
    if late:
        parts.append(ngettext("{count} is late", "{count} are late", late).format(count=late))
    if questions:
        text = ngettext("{count} question waits for you", "{count} questions wait for you", questions)
        parts.append(text.format(count=questions))
    comma, stop = ("，", "。") if language() == "zh" else (",", ".")
    return [*(f"{part}{comma}" for part in parts[:-1]), f"{parts[-1]}{stop}"]
