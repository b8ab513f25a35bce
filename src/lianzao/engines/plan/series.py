"""A good plan without search: operations placed one after another, each around those placed before it."""

from __future__ import annotations

from collections.abc import Sequence

from lianzao.engines.plan.draft import Draft, Floors, drafted, overload
from lianzao.engines.plan.net import NEVER, OUT, LegChoice, Net, OnResource
from lianzao.engines.plan.timeline import Fit


def in_series(
    net: Net, hint: Sequence[int], floors: Floors, legs: LegChoice, turns: Sequence[int] | None = None
) -> Draft | None:
    """Operations in their `turns`, else as `hint`, one option each, would start them; None when one finds no place.

    Each takes the option whose result is soonest where its first follower is expected to be.
    """
    if turns is None:
        wished = drafted(net, hint, floors, legs)
        numbers = range(len(hint))
        turns = numbers if wished is None else sorted(numbers, key=lambda n: (wished.fits[n].start, n))
    placing = _Placing(net, hint, dict(floors), legs)
    if not all(placing.place(number) for number in turns):
        return None
    return drafted(net, placing.options, placing.floors, legs)


def longest_after_first(net: Net) -> list[int]:
    """Turns in which the operation goes first after which most work remains, on the way that is longest."""
    remains = [0] * len(net.operations)
    for number in reversed(range(len(remains))):
        work = min(option.mode.work for option in net.options[number])
        remains[number] = work + max((remains[follower] for follower in net.followers[number]), default=0)
    return sorted(range(len(remains)), key=lambda number: (-remains[number], number))


class _Placing:
    def __init__(self, net: Net, hint: Sequence[int], floors: dict[tuple[int, int], int], legs: LegChoice) -> None:
        self.net, self.hint, self.floors, self.legs = net, hint, floors, legs
        self.options = [OUT] * len(hint)
        self.fits: dict[int, Fit] = {}
        self.taken: dict[str, list[tuple[int, Fit, int]]] = {}

    def place(self, number: int) -> bool:
        """Whether the operation found a place, beside those that have theirs."""
        best: tuple[int, int, Fit] | None = None
        follower = next(iter(self.net.followers[number]), OUT)
        target = self.net.problem.destination if follower == OUT else self._site(follower, self.hint[follower])
        for chosen, option in enumerate(self.net.options[number]):
            fit = self._free_place(number, chosen)
            if fit is None:
                continue
            ready = option.mode.answered(fit.end)
            arrival, _leg = self.net.arrival(option.site, target, ready, self.legs.get((number, follower)))
            if arrival < NEVER and (best is None or arrival < best[0]):
                best = (arrival, chosen, fit)
        if best is None:
            return False
        _arrival, chosen, fit = best
        self.options[number], self.fits[number] = chosen, fit
        self.floors[number, chosen] = fit.start
        option = self.net.options[number][chosen]
        if isinstance(option, OnResource):
            self.taken.setdefault(option.resource.key, []).append((number, fit, option.mode.units))
        return True

    def _free_place(self, number: int, chosen: int) -> Fit | None:
        option = self.net.options[number][chosen]
        earliest = max(self._ready(number, option.site), self.floors.get((number, chosen), 0))
        while earliest < NEVER:
            fit = self.net.place(number, chosen, earliest)
            if fit is None or not isinstance(option, OnResource):
                return fit
            others = self.taken.get(option.resource.key, [])
            clash = overload(option.resource, [*others, (number, fit, option.mode.units)]) if others else None
            if clash is None:
                return fit
            earliest = max(clash.until, fit.start + 1)
        return None

    def _ready(self, number: int, site: str | None) -> int:
        ready = self.net.release(number)
        for before, lag in self.net.arcs[number]:
            origin, leg = self._site(before, self.options[before]), self.legs.get((before, number))
            answered = self.net.answered(before, self.options[before], self.fits[before].end)
            ready = max(ready, self.net.arrival(origin, site, answered + lag, leg)[0])
        return ready

    def _site(self, number: int, chosen: int) -> str | None:
        return self.net.options[number][chosen].site
