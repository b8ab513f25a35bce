"""The timeline of an order: what happened, where it hangs now, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from django.utils.translation import gettext

from lianzao.base import clock
from lianzao.ledger.events import Happened
from lianzao.production.models import JobOrder
from lianzao.production.presenting import title, where, zone_of_job
from lianzao.production.wording import cause_in_words
from lianzao.trade.models import Order
from lianzao.trade.wording import language, listed
from lianzao.web import formats
from lianzao.web.parts import Course, Event


def timeline(order: Order, jobs: Sequence[JobOrder], moves: Sequence[Happened], *, zone: tzinfo) -> list[Event]:
    """From what the viewer may see: his jobs, and each move of the forecast with its cause."""
    ordered = Event(gettext("Ordered"), order.accepted_at, order.seller.name, zone=zone)
    happened = [ordered, *(event for move in moves if (event := _moved(move, zone)))]
    happened += [_done(job) for job in jobs if job.finished_at is not None]
    hangs = _hangs_on(order, jobs)
    coming = [
        _coming(job, order, now=job is hangs) for job in jobs if job.finished_at is None and job.state != "cancelled"
    ]
    place = (order.quote.request.get("deliver_to") or {}).get("place") or order.buyer.place
    arrives = gettext("Arrives in {place}").format(place=place)
    if order.state == Order.State.DELIVERED and order.delivered_at is not None:
        happened.append(Event(gettext("Delivered"), order.delivered_at, place, zone=zone))
    elif order.state == Order.State.OPEN:
        detail = gettext("Delivered is the receipt; on time is counted on it.")
        coming.append(Event(arrives, order.forecast, detail, Course.NEXT, timed=False, zone=zone))
    happened.sort(key=lambda event: event.at)
    return happened + sorted(coming, key=lambda event: (event.course is not Course.NOW, event.at))


def _hangs_on(order: Order, jobs: Sequence[JobOrder]) -> JobOrder | None:
    """The step that the forecast names as its cause, else the one that comes next."""
    waiting = [job for job in jobs if job.finished_at is None]
    key = (order.cause or {}).get("key")
    return next((job for job in waiting if job.key == key), waiting[0] if waiting else None)


def _done(job: JobOrder) -> Event:
    what = title(job)
    if job.kind == JobOrder.Kind.SHIP:
        what = gettext("Received: {name}").format(name=what)
    elif job.kind == JobOrder.Kind.WORK:
        counts = gettext("{good} good, {scrap} scrap").format(good=job.good, scrap=job.scrap)
        what = f"{what}：{counts}" if language() == "zh" else f"{what}: {counts}"
    planned = formats.day(
        formats.local(job.ends, zone_of_job(job)).date(),
        language(),
        today=formats.local(clock.seconds(), zone_of_job(job)).date(),
    )
    detail = listed([part for part in (where(job), gettext("planned {day}").format(day=planned)) if part])
    assert job.finished_at is not None  # noqa: S101 - asked before
    return Event(what, job.finished_at, detail, zone=zone_of_job(job))


def _coming(job: JobOrder, order: Order, *, now: bool) -> Event:
    begins = job.started_at or job.starts
    last = job.kind == JobOrder.Kind.SHIP and job.goes_to_id is None
    return Event(
        title(job),
        begins,
        where(job),
        Course.NOW if now else Course.NEXT,
        until=max(order.forecast if last else job.ends, begins),
        timed=False,
        zone=zone_of_job(job),
    )


def _moved(move: Happened, zone: tzinfo) -> Event | None:
    """Nothing for a move within a day: nobody plans by it."""
    before, after, promised = (clock.from_iso(move.facts[name]) for name in ("before", "forecast", "promised"))
    today = formats.local(clock.seconds(), zone).date()
    old, new = (formats.day(formats.local(at, zone).date(), language(), today=today) for at in (before, after))
    if old == new:
        return None
    moved = gettext("Forecast moved from {before} to {after}").format(before=old, after=new)
    course = Course.LATE if after > promised else Course.DONE
    return Event(moved, clock.from_iso(move.at), cause_in_words(move.facts["cause"]), course, zone=zone)
