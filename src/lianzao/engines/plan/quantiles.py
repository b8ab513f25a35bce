"""How sure a date is: the spread of the work pushed through precedence, working time and transport.

Each operation's work is multiplied by a lognormal factor of mean 1 with the mode's relative standard deviation (legs
likewise). Nothing starts before its planned start, since its time is booked; what is late goes on in the resource's
working time, whatever else is booked there: it pushes, it does not queue anew. What is booked before it on the same
resource spreads likewise, as if made of pieces of the same length, and its overrun is made up for in idle time only.

Every draw is rounded as its owner rounds. Of an owner with a grain only the answer is used: the work is taken to end
in the middle of the working time that the answer covers, the wait before it to be booked, and nothing to be ready
before the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt

import numpy as np

from lianzao.engines.plan.problem import Leg, Mode, Problem, Resource
from lianzao.engines.plan.result import Plan, Slot, Trip
from lianzao.engines.plan.timeline import Times

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
DRAWS = 1000
QUEUE = 12
"""Full times before a start whose overrun is followed up; idle time makes up for what lies further back."""


def promise_quantiles(problem: Problem, plan: Plan, seed: int, draws: int = DRAWS) -> dict[float, int]:
    """The arrival of `plan` that is kept with the probability of each of LEVELS; the same seed gives the same."""
    chance = np.random.default_rng(seed)
    operations = {operation.key: operation for operation in problem.operations}
    trips = {(trip.operation, trip.to_operation): trip for trip in plan.legs}
    ends: dict[str, Times] = {}

    def carried(before: str, to: str | None, lag: int) -> Times:
        ready = ends[before] + lag
        trip = trips.get((before, to))
        return ready if trip is None else _under_way(problem, trip, ready, chance)

    for slot in plan.slots:
        operation = operations[slot.operation]
        there = np.full(draws, float(problem.release))
        for arc in operation.after:
            there = np.maximum(there, carried(arc.operation, slot.operation, arc.lag))
        mode = operation.modes[slot.mode]
        if isinstance(mode, Mode):
            ends[slot.operation] = _answered(problem, mode, slot, there, chance)
        else:
            delay = mode.seconds * _factors(mode.spread, draws, chance)
            ends[slot.operation] = _next_departures(mode.departures, np.maximum(there, slot.start)) + delay
    before_another = {arc.operation for operation in problem.operations for arc in operation.after}
    arrivals = [carried(key, None, 0) for key in ends if key not in before_another]
    return _levels(np.max(arrivals, axis=0))


def _levels(arrivals: Times) -> dict[float, int]:
    found = np.quantile(arrivals, LEVELS)
    return {level: int(np.ceil(moment)) for level, moment in zip(LEVELS, found, strict=True)}


def _answered(problem: Problem, mode: Mode, slot: Slot, there: Times, chance: np.random.Generator) -> Times:
    """When the owner has it ready, if what it needs is `there`."""
    resource = problem.resources[mode.resource]
    if mode.grain:
        wanted = max(slot.ready, mode.release)
        start = max(wanted, _likely_start(resource, mode, slot.answered))
        queue = [(wanted, start)]
    else:
        start, now = slot.start, problem.release
        before = resource.timeline(mode.units).full_before(start, QUEUE)
        queue = [(max(begins, now), ends) for begins, ends in before if ends > now]
    planned = np.full(len(there), float(start))
    overrun = _overrun(resource, mode, queue, start, len(there), chance)
    begun = np.maximum(there, _in_working_time(resource, planned, overrun))
    end = _in_working_time(resource, begun, mode.work * _factors(mode.spread, len(there), chance))
    ready = end + mode.rest
    if not mode.grain:
        return ready
    ready = np.ceil((ready - mode.grain_offset) / mode.grain) * mode.grain + mode.grain_offset
    return np.maximum(ready, slot.answered)


def _likely_start(resource: Resource, mode: Mode, answered: int) -> int:
    """Where the work would begin that ends amid the working time of the grain that the answer closes."""
    latest = answered - mode.rest
    opens, _closes, worked_before = resource.working_time
    within = resource.empty.worked(latest - mode.grain, latest)
    done = max(0, resource.empty.worked(int(opens[0]), latest) - within // 2 - mode.work)
    place = int(np.searchsorted(worked_before, done, side="right")) - 1
    return int(opens[place] + done - worked_before[place])


def _overrun(
    resource: Resource,
    mode: Mode,
    full: Sequence[tuple[int, int]],
    start: int,
    draws: int,
    chance: np.random.Generator,
) -> Times:
    """Seconds of working time by which what is booked before `start`, the `full` times, runs over it."""
    late = np.zeros(draws)
    if mode.spread == 0:
        return late
    timeline = resource.empty
    followed_by = [*(begins for begins, _ in full), start][1:]
    for (begins, ends), following in zip(full, followed_by, strict=True):
        work = timeline.worked(begins, ends)
        deviation = mode.spread * sqrt(work * min(work, mode.work) / resource.capacity)
        late = np.maximum(late + deviation * chance.standard_normal(draws), 0.0)
        late = np.maximum(late - timeline.worked(ends, following), 0.0)
    return late


def _under_way(problem: Problem, trip: Trip, ready: Times, chance: np.random.Generator) -> Times:
    leg: Leg = problem.transports[trip.from_site, trip.to_site][trip.option]
    time = (leg.seconds + leg.customs) * _factors(leg.spread, len(ready), chance)
    return _next_departures(leg.departures, np.maximum(ready, trip.start)) + time


def _factors(spread: float, draws: int, chance: np.random.Generator) -> Times:
    """Lognormal, mean 1, standard deviation `spread`."""
    normal = chance.standard_normal(draws)  # drawn even without spread: one operation's never shifts another's
    variance = log(1 + spread * spread)
    return np.exp(sqrt(variance) * normal - variance / 2)


def _in_working_time(resource: Resource, start: Times, work: Times) -> Times:
    """When `work` is done, its pauses included."""
    opens, closes, worked_before = resource.working_time
    place = np.searchsorted(closes, start, side="right")
    inside = np.clip(start - opens[place], 0.0, closes[place] - opens[place])
    done = worked_before[place] + inside + work
    last = np.maximum(place, np.searchsorted(worked_before, done, side="left") - 1)
    return np.maximum(start, opens[last] + done - worked_before[last])


def _next_departures(departures: Sequence[int] | None, ready: Times) -> Times:
    """After the last one known, departures go on at the mean distance of those known."""
    if not departures:
        return ready
    known = np.asarray(departures, dtype=np.float64)
    usual = (known[-1] - known[0]) / (len(known) - 1) if len(known) > 1 else 0.0
    place = np.searchsorted(known, ready, side="left")
    late = place == len(known)
    beyond = known[-1] + np.ceil((ready - known[-1]) / usual) * usual if usual else ready
    return np.where(late, beyond, known[np.minimum(place, len(known) - 1)])
