"""What the operator may know of the network: how many, never who, what or for how much."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from lianzao.network.models import Site
from lianzao.trade.models import Order, Quote
from lianzao.trust.models import Organisation


@dataclass(frozen=True, slots=True)
class Counts:
    """The funnel, from firms that are members to orders delivered on time; `simulated` of the members are invented."""

    members: int
    simulated: int
    sites: int
    quoted: int
    promised: int
    delivered: int
    on_time: int

    @property
    def kept(self) -> float | None:
        """The share of deliveries on time, None before the first."""
        return self.on_time / self.delivered if self.delivered else None


def counts() -> Counts:
    """The whole network, in four queries; for the operator only."""
    firms = Organisation.objects.aggregate(all=Count("id"), simulated=Count("id", filter=Q(simulated=True)))
    orders = Order.objects.aggregate(
        all=Count("id"),
        delivered=Count("id", filter=Q(delivered_at__isnull=False)),
        kept=Count("id", filter=Q(delivered_at__lte=F("promised"))),
    )
    return Counts(
        members=firms["all"],
        simulated=firms["simulated"],
        sites=Site.objects.count(),
        quoted=Quote.objects.count(),
        promised=orders["all"],
        delivered=orders["delivered"],
        on_time=orders["kept"],
    )
