"""The cheapest plan by a deadline, and what more money would buy.

The fronts of `front` give the cheapest choice of options and legs, as if no operation of the plan stood in another's
way. For a chain that is the answer. Else the choice is scheduled exactly; when it is too late then, the choices left
are divided into parts that exclude it, and the cheapest of those is tried next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count

from lianzao.base.clock import iso
from lianzao.engines.plan.draft import NO_FLOORS, Draft, Floors, drafted, first_overload
from lianzao.engines.plan.earliest import Found, earliest
from lianzao.engines.plan.front import Label, chosen_by, front_of
from lianzao.engines.plan.net import ANY_LEG, NEVER, OUT, LegChoice, Net
from lianzao.engines.plan.problem import Problem
from lianzao.engines.plan.refusals import NoPlan, TooLate
from lianzao.engines.plan.result import Plan
from lianzao.engines.plan.schedule import cost_of, finished

CHOICES = 40
"""Choices scheduled before the search is content with the cheapest of those that arrive in time."""
NODES_PER_CHOICE = 60


def cheapest(net: Net, deadline: int | None) -> Found:
    """The draft that costs least. Raises NoTime, NoWay, TooLate."""
    latest = NEVER - 1 if deadline is None else deadline
    order = count()
    heap: list[tuple[Decimal, int, Floors, LegChoice, Label]] = []
    exact = net.is_tree

    def look(floors: Floors, legs: LegChoice) -> None:
        nonlocal exact
        front = front_of(net, floors, legs, latest)
        exact = exact and not front.thinned
        if front.labels:
            heappush(heap, (front.labels[-1].cost, next(order), floors, legs, front.labels[-1]))

    look(NO_FLOORS, ANY_LEG)
    for _attempt in range(CHOICES):
        if not heap:
            break
        _cost, _turn, floors, legs, label = heappop(heap)
        options, ways = chosen_by(net, label)
        found = _scheduled(net, options, ways)
        if found is not None and found.draft.arrival <= latest:
            return Found(found.draft, exact)
        exact = exact and (found is None or found.exact)
        for part_floors, part_legs in _parts_without(net, options, ways, floors, legs):
            look(part_floors, part_legs)
    fastest = earliest(net)
    if fastest.draft.arrival > latest:
        raise TooLate(at="deadline", earliest=iso(fastest.draft.arrival))
    return Found(fastest.draft, exact=False)


def pareto(problem: Problem, limit: int = 6) -> tuple[Plan, ...]:
    """Up to `limit` plans, from the earliest to the cheapest, none beaten by another in both time and cost.

    The problem's objective is not asked. Raises what `plan` raises.
    """
    net = Net(problem)
    fastest = earliest(net)
    front = front_of(net, NO_FLOORS, ANY_LEG, NEVER - 1)
    deadlines = {fastest.draft.arrival} | {label.time for label in _spread(front.labels, limit)}
    kept: list[tuple[Draft, bool]] = []
    for deadline in sorted(time for time in deadlines if time >= fastest.draft.arrival):
        found = cheapest(net, deadline)
        if not kept or cost_of(net, found.draft) < cost_of(net, kept[-1][0]):
            kept.append((found.draft, found.exact))
    if len(kept) > limit:
        kept = [kept[0], *kept[len(kept) - limit + 1 :]]
    return tuple(finished(net, draft, exact=exact) for draft, exact in kept)


def _scheduled(net: Net, options: Sequence[int], legs: LegChoice) -> Found | None:
    """These options and legs as early as they can be; None when there is no time for them."""
    draft = drafted(net, options, NO_FLOORS, legs)
    if draft is None:
        return None
    if first_overload(net, draft) is None:
        return Found(draft, exact=True)
    others = {
        (number, chosen): NEVER
        for number, own in enumerate(options)
        for chosen in range(len(net.options[number]))
        if chosen != own
    }
    try:
        return earliest(net, others, legs, NODES_PER_CHOICE)
    except NoPlan:
        return None


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
