"""From a draft to the plan that callers see."""

from __future__ import annotations

from decimal import Decimal

from lianzao.engines.plan.chain import binding_chain
from lianzao.engines.plan.draft import Draft
from lianzao.engines.plan.net import OUT, Net, OnResource, travelled
from lianzao.engines.plan.result import Plan, Slot, Trip


def finished(net: Net, draft: Draft, *, exact: bool) -> Plan:
    slots = tuple(_slot(net, draft, number) for number in range(len(net.operations)))
    legs = tuple(
        _trip(net, draft, before, to) for (before, to), carried in sorted(draft.carried.items()) if carried.leg != OUT
    )
    return Plan(slots, legs, draft.ready, draft.arrival, cost_of(net, draft), binding_chain(net, draft), exact)


def cost_of(net: Net, draft: Draft) -> Decimal:
    work = sum((net.options[number][chosen].mode.cost for number, chosen in enumerate(draft.options)), Decimal(0))
    ways = (_trip(net, draft, before, to) for (before, to), carried in draft.carried.items() if carried.leg != OUT)
    return sum((trip.cost for trip in ways), work)


def _slot(net: Net, draft: Draft, number: int) -> Slot:
    option, fit = net.options[number][draft.options[number]], draft.fits[number]
    resource, units = (option.resource.key, option.mode.units) if isinstance(option, OnResource) else (None, 0)
    return Slot(
        operation=net.operations[number].key,
        mode=option.index,
        resource=resource,
        owner=option.owner,
        site=option.site,
        start=fit.start,
        setup_end=fit.setup_end,
        end=fit.end,
        answered=draft.answered[number],
        units=units,
        ready=draft.readies[number],
    )


def _trip(net: Net, draft: Draft, before: int, to: int) -> Trip:
    origin = net.options[before][draft.options[before]].site or ""
    target = (net.problem.destination if to == OUT else net.options[to][draft.options[to]].site) or ""
    carried = draft.carried[before, to]
    leg = net.problem.transports[origin, target][carried.leg]
    start, customs_start, end = travelled(leg, carried.ready)
    return Trip(
        operation=net.operations[before].key,
        to_operation=None if to == OUT else net.operations[to].key,
        mode=leg.mode,
        option=carried.leg,
        from_site=origin,
        to_site=target,
        ready=carried.ready,
        start=start,
        customs_start=customs_start,
        end=end,
        cost=leg.cost,
    )
