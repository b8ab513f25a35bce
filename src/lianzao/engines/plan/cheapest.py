"""The cheapest plan by a deadline, and what more money would buy.

The fronts of `front` give the cheapest choice of options and legs, as if no operation of the plan stood in another's
way. For a chain that is the answer. Else the choice is scheduled exactly; when it is too late then, the choices left
are divided into parts that exclude it, and the cheapest of those is tried next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count

from lianzao.engines.plan.draft import NO_FLOORS, Draft, Floors
from lianzao.engines.plan.earliest import Found, earliest
from lianzao.engines.plan.front import Label, chosen_by, front_of
from lianzao.engines.plan.frugal import frugal, scheduled
from lianzao.engines.plan.net import ANY_LEG, NEVER, OUT, LegChoice, Net
from lianzao.engines.plan.problem import Problem
from lianzao.engines.plan.result import Plan
from lianzao.engines.plan.schedule import cost_of, finished

FRONTS = 4000
"""Fronts of one operation grown before the search is content with what `frugal` finds."""


def cheapest(net: Net, deadline: int | None) -> Found:
    """The draft that costs least. Raises NoTime, NoWay, TooLate."""
    latest = NEVER - 1 if deadline is None else deadline
    order = count()
    heap: list[tuple[Decimal, int, Floors, LegChoice, Label]] = []
    exact, fronts = net.is_tree, 0
    parts: Iterable[tuple[Floors, LegChoice]] = [(NO_FLOORS, ANY_LEG)]
    while fronts * len(net.operations) < FRONTS:
        for floors, legs in parts:
            front = front_of(net, floors, legs, latest)
            fronts, exact = fronts + 1, exact and not front.thinned
            if front.labels:
                heappush(heap, (front.labels[-1].cost, next(order), floors, legs, front.labels[-1]))
        if not heap:
            break
        _cost, _turn, floors, legs, label = heappop(heap)
        options, ways = chosen_by(net, label)
        found = scheduled(net, options, ways)
        if found is not None and found.draft.arrival <= latest:
            return Found(found.draft, exact)
        exact = exact and (found is None or found.exact)
        parts = _parts_without(net, options, ways, floors, legs)
    return Found(frugal(net, latest), exact=False)


def pareto(problem: Problem, limit: int = 6) -> tuple[Plan, ...]:
    """Up to `limit` plans, from the earliest to the cheapest, none beaten by another in both time and cost.

    The problem's objective is not asked. Raises what `plan` raises.
    """
    net = Net(problem)
    fastest = earliest(net)
    front = front_of(net, NO_FLOORS, ANY_LEG, NEVER - 1)
    deadlines = {fastest.draft.arrival} | {label.time for label in _spread(front.labels, limit)}
    kept: list[tuple[Draft, bool]] = []
    for deadline in [*sorted(time for time in deadlines if time >= fastest.draft.arrival), None]:
        found = cheapest(net, deadline)
        if not kept or cost_of(net, found.draft) < cost_of(net, kept[-1][0]):
            kept.append((found.draft, found.exact))
    if len(kept) > limit:
        kept = [kept[0], *kept[len(kept) - limit + 1 :]]
    return tuple(finished(net, draft, exact=exact) for draft, exact in kept)


def _parts_without(
    net: Net, options: Sequence[int], ways: LegChoice, floors: Floors, legs: LegChoice
) -> Iterator[tuple[Floors, LegChoice]]:
    """All other choices, each in exactly one part: the first decisions kept, the next one changed."""
    fixed: dict[tuple[int, int], int] = dict(floors)
    for number, own in enumerate(options):
        yield {**fixed, (number, own): NEVER}, legs
        fixed.update({(number, other): NEVER for other in range(len(net.options[number])) if other != own})
    fixed_legs = dict(legs)
    for (before, to), own in ways.items():
        if (before, to) in legs:
            continue
        target = net.problem.destination if to == OUT else net.options[to][options[to]].site
        for other in range(len(net.legs(net.options[before][options[before]].site, target) or ())):
            if other != own:
                yield fixed, {**fixed_legs, (before, to): other}
        fixed_legs[before, to] = own


def _spread(labels: Sequence[Label], limit: int) -> list[Label]:
    """At most `limit` of them, evenly, the first and the last among them."""
    if len(labels) <= limit:
        return list(labels)
    if limit <= 1:
        return list(labels[-limit:]) if limit else []
    return [labels[place * (len(labels) - 1) // (limit - 1)] for place in range(limit)]
