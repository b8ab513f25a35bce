"""What is known of a shop's orders at a moment, kept up as reports become known one by one."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass

from lianzao.engines.observe import Lead, Report
from lianzao.production.joblog.cells import DAY

ENOUGH, HALF = 0.9, 0.5  # of the ordered pieces: an order is finished; a silent order was delivered short
SILENCE = 21 * DAY  # after which an order that reports nothing is taken as over
SHORTEST_SILENCE = 10 * DAY  # two working weeks: a young log has seen no long pause yet
UNDER_WAY = 7 * DAY  # an order first heard of so soon after a log begins was probably begun before
PACKING = ("packing", "verpack", "包装")
FINAL_INSPECTION = ("final inspection", "endprüfung", "endkontrolle", "终检", "最终检验")


@dataclass(slots=True)
class OrderSoFar:
    """One order as its reports tell it. `released` is its first reported start: a log has no other.

    It is `finished` when packed or finally inspected pieces reach ENOUGH of its quantity.
    """

    order: str
    part: str
    quantity: float
    released: int
    heard: int
    packed: float = 0.0
    inspected: float = 0.0
    delivered: int | None = None
    finished: int | None = None

    def add(self, report: Report) -> None:
        self.released = min(self.released, report.began)
        self.heard = report.known
        activity = report.activity.casefold()
        packs, inspects = _names(activity, PACKING), _names(activity, FINAL_INSPECTION)
        if not report.good or not (packs or inspects):
            return
        self.delivered = report.known
        self.packed += report.good * packs
        self.inspected += report.good * inspects
        if self.finished is None and self.share >= ENOUGH:
            self.finished = report.known

    @property
    def share(self) -> float:
        return max(self.packed, self.inspected) / self.quantity

    @property
    def short(self) -> bool:
        """Whether, should nothing more be heard, this was a delivery with pieces missing."""
        return self.delivered is not None and self.share >= HALF


def _names(activity: str, words: Iterable[str]) -> bool:
    return any(word in activity for word in words)


def as_known(report: Report) -> tuple[int | float | str, ...]:
    """The order in which reports become known; no two different ones share a place, so none hangs on a file's order."""
    return (
        report.known, report.began, report.ended, report.order, report.activity, report.resource, report.part,
        report.kind, report.order_quantity, report.good, report.rejected, report.timed, report.rework,
        -1.0 if report.minutes is None else report.minutes,
    )  # fmt: skip


class KnownLog:
    """The orders of a log as known so far. Reports are added in the order of `as_known`."""

    def __init__(self) -> None:
        self.orders: dict[str, OrderSoFar] = {}
        self.began: int | None = None
        self._gaps: list[int] = []

    @classmethod
    def as_of(cls, reports: Iterable[Report], moment: int) -> KnownLog:
        """What `reports`, standing in any order, tell until `moment` included, and nothing later."""
        known = cls()
        for report in sorted((each for each in reports if each.known <= moment), key=as_known):
            known.add(report)
        return known

    def add(self, report: Report) -> None:
        self.began = report.began if self.began is None else min(self.began, report.began)
        order = self.orders.get(report.order)
        if order is None:
            order = OrderSoFar(report.order, report.part, report.order_quantity, report.began, report.known)
            self.orders[report.order] = order
        else:
            insort(self._gaps, report.known - order.heard)
        order.add(report)

    @property
    def patience(self) -> int:
        """Seconds of silence that mean the end: 99 in 100 pauses between reports of an order here were shorter."""
        if not self._gaps:
            return SILENCE
        return min(max(self._gaps[len(self._gaps) * 99 // 100], SHORTEST_SILENCE), SILENCE)

    def leads(self, now: int) -> list[Lead]:
        """Lead times to learn from: silent orders count as delivered short, or as vanished and not at all."""
        leads, patience = [], self.patience
        for order in self.orders.values():
            end = order.finished
            if end is None and now - order.heard >= patience:
                if not order.short:
                    continue
                end = order.delivered
            leads.append(_lead(order, end, now))
        return leads

    def plain_leads(self, now: int) -> list[Lead]:
        """Lead times of all orders, whatever is not finished being open."""
        return [_lead(order, order.finished, now) for order in self.orders.values()]


def _lead(order: OrderSoFar, end: int | None, now: int) -> Lead:
    seconds = (now if end is None else end) - order.released
    return Lead(order.part, order.quantity, max(seconds, 0) / DAY, end is not None)
