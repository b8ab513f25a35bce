"""An inquiry about a site that brought its log: judged by what the log told until a moment, and nothing later."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refusals import Absent
from lianzao.network.models import Site
from lianzao.production.history import LONGEST_PART, fitted, told
from lianzao.production.joblog import promise_from_log
from lianzao.production.joblog.chain import Span, chain, usual_routing
from lianzao.production.models import LogImport
from lianzao.trade.lanes import Lanes, Place, place_of
from lianzao.trade.planning import BUYER
from lianzao.trade.requests import Request, WrongRequest

LIKELY, SAFE = "0.5", "0.9"
NAMED = 20  # parts named in a refusal
LATEST = clock.from_iso("2200-01-01T00:00:00Z")


def promise(log: LogImport, request: Request) -> dict[str, Any]:
    """The answer to an inquiry without its price; the same for the same moment, whatever became known after it.

    Raises Absent for a part that the log had not told of by then, WrongRequest for what a log cannot answer.
    """
    if request.options:
        raise WrongRequest(_("This item has no options."), at="options", accepted=_("no options"))
    now = clock.seconds() if request.as_of is None else request.as_of
    if now > LATEST:
        raise WrongRequest(at="as_of", accepted=_("a moment before {latest}"), latest=clock.iso(LATEST))
    site, known = log.site, told(log, now)
    part = fitted(request.item, LONGEST_PART)
    if known.shop is None or part not in known.parts:
        names = sorted(known.parts)
        raise Absent(
            _("The log of “{site}” tells of no part “{name}” until {moment}."),
            at="item",
            accepted=_("a part of the log: {parts}"),
            site=site.name,
            name=request.item,
            moment=clock.iso(now),
            parts=", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "") or "–",
        )
    moments = promise_from_log(known.orders, part, float(request.quantity), now)
    way = _way(site, request, now)
    later = sum(seconds for _because, seconds in way)
    promised = min(moments, key=lambda share: abs(float(share) - settings.NODE["PROMISE_QUANTILE"]))
    routing = usual_routing(known.shop, part)
    spans = chain(known.shop, routing, request.quantity, now, moments[LIKELY])
    return {
        "kind": "inquiry",
        "ready": clock.iso(moments[LIKELY]),
        "promised": clock.iso(moments[promised] + later),
        "p50": clock.iso(moments[LIKELY] + later),
        "p90": clock.iso(moments[SAFE] + later),
        "assumed": [],
        "reason": [*(_told(site, span) for span in spans), *_trips(way, moments[LIKELY])],
        "operations": [
            {
                "operation": each.operation.name,
                "owner": site.organisation.name,
                "site": site.name,
                "resource": each.mode.resource,
            }
            for each in routing
        ],
    }


def _told(site: Site, span: Span) -> dict[str, str]:
    found = {"because": span.because, "owner": site.organisation.name, "site": site.name}
    if span.operation:
        found |= {"operation": span.operation, "resource": span.resource}
    return found | {"from": clock.iso(span.start), "to": clock.iso(span.end)}


def _way(site: Site, request: Request, now: int) -> list[tuple[str, int]]:
    """Transport and customs to the buyer by the quickest published lane, in seconds; nothing without a place."""
    if request.deliver_to is None:
        return []
    here, there = place_of(site), Place(BUYER, request.deliver_to.country, request.deliver_to.place)
    lanes = Lanes([here, there], now=now, until=now).between(here, there)
    if not lanes:
        raise WrongRequest(
            _("No way leads from “{site}” to this place."),
            at="deliver_to",
            accepted=_("no place: ex works"),
            site=site.name,
        )
    quickest = min(lanes, key=lambda lane: (lane.seconds + lane.customs_seconds, lane.mode))
    return [("transport", quickest.seconds), ("customs", quickest.customs_seconds)]


def _trips(way: list[tuple[str, int]], ready: int) -> list[dict[str, str]]:
    found = []
    for because, seconds in way:
        if seconds:
            found.append({"because": because, "from": clock.iso(ready), "to": clock.iso(ready + seconds)})
            ready += seconds
    return found
