"""A cheap plan by a deadline without a proof, for trees too large to try every choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianzao.base.clock import iso
from lianzao.engines.plan.draft import NO_FLOORS, Draft, Floors, drafted, first_overload
from lianzao.engines.plan.earliest import Found, earliest
from lianzao.engines.plan.front import chosen_by, front_of
from lianzao.engines.plan.net import ANY_LEG, NEVER, OUT, LegChoice, Net
from lianzao.engines.plan.refusals import NoPlan, TooLate
from lianzao.engines.plan.schedule import cost_of
from lianzao.engines.plan.series import in_series

NODES_PER_CHOICE = 60


def scheduled(net: Net, options: Sequence[int], legs: LegChoice) -> Found | None:
    """These options and legs as early as they can be; None when there is no time for them."""
    draft = drafted(net, options, NO_FLOORS, legs)
    if draft is None:
        return None
    if first_overload(net, draft) is None:
        return Found(draft, exact=True)
    try:
        return earliest(net, _only(net, options), legs, NODES_PER_CHOICE)
    except NoPlan:
        return None


def frugal(net: Net, latest: int) -> Draft:
    """The cheapest of the front that arrives in time when scheduled, or the earliest plan, made cheaper bit by bit.

    Raises NoTime, NoWay, TooLate.
    """
    draft = earliest(net).draft
    if draft.arrival > latest:
        raise TooLate(at="deadline", earliest=iso(draft.arrival))
    labels = front_of(net, NO_FLOORS, ANY_LEG, latest).labels
    low, high = 0, len(labels)  # labels before `low` arrive in time, those from `high` on do not, as far as tried
    while low < high:
        middle = (low + high) // 2
        found = scheduled(net, *chosen_by(net, labels[middle]))
        if found is None or found.draft.arrival > latest:
            high = middle
            continue
        low = middle + 1
        if cost_of(net, found.draft) < cost_of(net, draft):
            draft = found.draft
    return _cheapened(net, draft, latest)


def _cheapened(net: Net, draft: Draft, latest: int) -> Draft:
    """One change of option or leg after the other, as long as it saves and still arrives in time."""
    cost, best = cost_of(net, draft), draft
    for number in [*range(len(net.operations))] * 2:
        turns = sorted(range(len(net.operations)), key=lambda n: (best.fits[n].start, n))
        for change in _changes(net, best, number):
            tried = in_series(net, *change, turns)
            if tried is not None and tried.arrival <= latest and cost_of(net, tried) < cost:
                cost, best = cost_of(net, tried), tried
                break
    return best


def _changes(net: Net, draft: Draft, number: int) -> Iterator[tuple[Sequence[int], Floors, LegChoice]]:
    """The draft with a cheaper option for the operation, legs about it free; then with a cheaper leg after it."""
    legs = {arc: carried.leg for arc, carried in draft.carried.items() if carried.leg != OUT}
    for cheaper in range(draft.options[number]):
        options = [*draft.options[:number], cheaper, *draft.options[number + 1 :]]
        yield options, _only(net, options), {arc: leg for arc, leg in legs.items() if number not in arc}
    for (before, to), leg in legs.items():
        if before == number:
            target = net.problem.destination if to == OUT else net.options[to][draft.options[to]].site
            ways = net.legs(net.options[before][draft.options[before]].site, target) or ()
            for other, way in enumerate(ways):
                if way.cost < ways[leg].cost:
                    yield draft.options, _only(net, draft.options), {**legs, (before, to): other}


def _only(net: Net, options: Sequence[int]) -> Floors:
    """Forbids all other options."""
    return {
        (number, chosen): NEVER
        for number, own in enumerate(options)
        for chosen in range(len(net.options[number]))
        if chosen != own
    }
