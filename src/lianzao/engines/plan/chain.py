"""Why the plan arrives when it does: from the arrival backwards, at each point what had to be waited for."""

from __future__ import annotations

from lianzao.engines.plan.draft import Draft
from lianzao.engines.plan.net import NEVER, OUT, Net, OnResource, travelled
from lianzao.engines.plan.problem import Because
from lianzao.engines.plan.result import Step

LONG_PAUSE = 86400
"""Nights within interruptible work belong to it; a longer pause is a reason of its own."""


def binding_chain(net: Net, draft: Draft) -> tuple[Step, ...]:
    """Steps that fill the time from the problem's release to the draft's arrival, in order."""
    steps = _Steps()
    last = max(net.lasts, key=lambda number: draft.carried[number, OUT].arrival)
    _travel(net, draft, last, OUT, steps)
    number: int | None = last
    while number is not None:
        _work(net, draft, number, steps)
        number = _before(net, draft, number, steps)
    return tuple(reversed(steps.found))


class _Steps:
    """Steps from the last to the first; empty ones are left out."""

    def __init__(self) -> None:
        self.found: list[Step] = []

    def add(
        self,
        because: Because,
        start: int,
        end: int,
        operation: str | None = None,
        resource: str | None = None,
        owner: str | None = None,
        site: str | None = None,
    ) -> None:
        if start < end:
            self.found.append(Step(because, start, end, operation, resource, owner, site))


def _travel(net: Net, draft: Draft, before: int, to: int, steps: _Steps) -> None:
    """The way of what `before` made, after it rested."""
    key, origin = net.operations[before].key, net.options[before][draft.options[before]]
    target = net.problem.destination if to == OUT else net.options[to][draft.options[to]].site
    carried, legs = draft.carried[before, to], net.legs(origin.site, target)
    if legs is not None and carried.leg != OUT:
        _start, customs, arrival = travelled(legs[carried.leg], carried.ready)
        steps.add("customs", customs, arrival, key, site=target)
        steps.add("transport", carried.ready, customs, key, site=target)
    steps.add("work", draft.answered[before], carried.ready, key, owner=origin.owner, site=origin.site)


def _work(net: Net, draft: Draft, number: int, steps: _Steps) -> None:
    """The operation in its place, and what it waited for once all it needs was there and its owner would begin.

    Of an owner who rounds it tells whole grains.
    """
    operation, option, fit = net.operations[number], net.options[number][draft.options[number]], draft.fits[number]
    wanted = max(draft.readies[number], option.mode.release)
    if not isinstance(option, OnResource):
        steps.add(option.mode.because, wanted, draft.answered[number], operation.key, None, option.owner, option.site)
        return
    resource, mode = option.resource, option.mode
    about = (operation.key, resource.key, resource.owner, resource.site)
    start, end = max(wanted, mode.begins(fit.start)), draft.answered[number]
    if mode.grain:
        steps.add("work", start, end, *about)
    else:
        for closed, opens in reversed(resource.empty.pauses(fit.setup_end, fit.end, LONG_PAUSE)):
            steps.add("work", opens, end, *about)
            steps.add("calendar", closed, opens, *about)
            end = closed
        steps.add("work", fit.setup_end, end, *about)
        steps.add("set-up", start, fit.setup_end, *about)
    alone = resource.empty.fit(wanted, mode.setup, mode.run, interruptible=operation.interruptible)
    could_start = start if alone is None else min(max(wanted, mode.begins(alone.start)), start)
    steps.add("queue", could_start, start, *about)
    steps.add("calendar", wanted, could_start, *about)


def _before(net: Net, draft: Draft, number: int, steps: _Steps) -> int | None:
    """The operation waited for last; None when a fixed date was waited for, which then fills the time since release."""
    operation, option = net.operations[number], net.options[number][draft.options[number]]
    about = (operation.key, option.resource.key if isinstance(option, OnResource) else None, option.owner, option.site)
    start, ready = net.problem.release, draft.readies[number]
    if option.mode.release > ready:
        steps.add("consent", start, option.mode.release, *about)
        return None
    arrivals = {before: draft.carried[before, number].arrival for before, _lag in net.arcs[number]}
    waited_for = max(arrivals, key=lambda before: arrivals[before], default=OUT)
    if arrivals.get(waited_for, -NEVER) < ready or ready == start:
        steps.add(operation.because_of_release, start, ready, *about)
        return None
    _travel(net, draft, waited_for, number, steps)
    return waited_for
