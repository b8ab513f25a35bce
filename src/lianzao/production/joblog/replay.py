"""Walk through a log as if live: promise each order at its release from what was known, and see what came of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NotRequired, TypedDict

from lianzao.base.clock import iso
from lianzao.engines.observe import Report
from lianzao.production.joblog.cells import DAY
from lianzao.production.joblog.orders import SILENCE, UNDER_WAY, KnownLog, OrderSoFar, as_known
from lianzao.production.joblog.promising import PromiseFn, Quantiles, promise_by_reference, promise_from_log
from lianzao.production.joblog.scoring import CUT, Figures, Outcome, score

PROMISED_AT = "0.9"  # the platform's general rule for the date it stands by


class State(StrEnum):
    FINISHED = "finished"
    SHORT = "short"
    VANISHED = "vanished"
    OPEN = "open"


class PromisedOrder(TypedDict):
    """One order's promise and fate. `why` says why it is not scored: under way | vanished | recent."""

    order: str
    released: str
    promised: str
    quantiles: dict[str, str]
    finished: NotRequired[str]
    state: str
    scored: bool
    why: NotRequired[str]


class Total(Figures):
    reference: Figures
    skill: float | None
    states: dict[str, int]


class Replay(TypedDict):
    orders: list[PromisedOrder]
    total: Total
    took_s: float


@dataclass(frozen=True, slots=True)
class _Walked:
    order: OrderSoFar
    promised: Quantiles
    by_reference: Quantiles


def replay(
    reports: Sequence[Report],
    start: int | None = None,
    end: int | None = None,
    promise_fn: PromiseFn = promise_from_log,
) -> Replay:
    """Promise every order released from `start` to `end` (seconds, inclusive; the whole log without them).

    What lies before `start` is learnt from, what lies after `end` only tells how the promises turned out.
    """
    clock = time.perf_counter()
    reports = sorted(reports, key=as_known)
    final = KnownLog.as_of(reports, reports[-1].known) if reports else KnownLog()
    last = reports[-1].known if reports else 0
    walked = _walk(reports, _released(final, start, end), promise_fn)
    scored = [each for each in walked if not _unscored(each.order, final, last)]
    ours = score([_outcome(each.order, each.promised, last) for each in scored])
    theirs = score([_outcome(each.order, each.by_reference, last) for each in scored])
    total = Total(
        **ours,
        reference=theirs,
        skill=_skill(ours, theirs),
        states=dict(Counter(state_of(each.order, last).value for each in walked)),
    )
    orders = [_told(each, _unscored(each.order, final, last), last) for each in walked]
    return Replay(orders=orders, total=total, took_s=round(time.perf_counter() - clock, 3))


def state_of(order: OrderSoFar, last: int) -> State:
    """What became of `order`, `last` being the end of the log."""
    if order.finished is not None:
        return State.FINISHED
    if last - order.heard < SILENCE:
        return State.OPEN
    return State.SHORT if order.short else State.VANISHED


def _released(final: KnownLog, start: int | None, end: int | None) -> list[OrderSoFar]:
    """The orders to promise, in the order of their release."""
    chosen = [
        order
        for order in final.orders.values()
        if (start is None or order.released >= start) and (end is None or order.released <= end)
    ]
    return sorted(chosen, key=lambda order: (order.released, order.order))


def _walk(reports: Sequence[Report], orders: Sequence[OrderSoFar], promise_fn: PromiseFn) -> list[_Walked]:
    """Each order's promises, asked at its release knowing the reports known by then."""
    known, position, walked = KnownLog(), 0, []
    for order in orders:
        now = order.released
        while position < len(reports) and reports[position].known <= now:
            known.add(reports[position])
            position += 1
        asked = (known, order.part, order.quantity, now)
        walked.append(_Walked(order, promise_fn(*asked), promise_by_reference(*asked)))
    return walked


def _ended(order: OrderSoFar, last: int) -> int | None:
    """When `order` was finished; one delivered short, with its last delivery."""
    return order.delivered if state_of(order, last) is State.SHORT else order.finished


def _unscored(order: OrderSoFar, final: KnownLog, last: int) -> str:
    """Why `order` is not scored, or nothing."""
    if final.began is not None and order.released < final.began + UNDER_WAY:
        return "under way"
    if state_of(order, last) is State.VANISHED:
        return "vanished"
    return "recent" if order.released > last - CUT * DAY else ""


def _outcome(order: OrderSoFar, promised: Quantiles, last: int) -> Outcome:
    end = _ended(order, last)
    lead = None if end is None else (end - order.released) / DAY
    return Outcome(order.released, promised, lead, (last - order.released) / DAY)


def _skill(ours: Figures, theirs: Figures) -> float | None:
    if ours["crps30"] is None or not theirs["crps30"]:
        return None
    return round(1 - ours["crps30"] / theirs["crps30"], 4)


def _told(walked: _Walked, why: str, last: int) -> PromisedOrder:
    order, end = walked.order, _ended(walked.order, last)
    told = PromisedOrder(
        order=order.order,
        released=iso(order.released),
        promised=iso(walked.promised[PROMISED_AT]),
        quantiles={share: iso(moment) for share, moment in walked.promised.items()},
        state=state_of(order, last).value,
        scored=not why,
    )
    if end is not None:
        told["finished"] = iso(end)
    if why:
        told["why"] = why
    return told
