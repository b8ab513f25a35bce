"""The site that a log tells of."""

from __future__ import annotations

from collections.abc import Sequence

from lianzao.engines.observe import LearnedSite, Report, learn
from lianzao.production.joblog.orders import UNDER_WAY, KnownLog


def site_from_log(reports: Sequence[Report]) -> LearnedSite:
    """What `reports`, at least one, tell of the shop, routings from orders that lie in the log from end to end."""
    known = KnownLog.as_of(reports, max(report.known for report in reports))
    began = known.began or 0
    whole = [
        order.order
        for order in known.orders.values()
        if order.delivered is not None and order.released >= began + UNDER_WAY
    ]
    return learn(reports, whole)
