"""Small random problems, and an exhaustive search of every mode, leg and start second, written without the engine."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from lianzao.engines.plan import Arc, Delay, Leg, Mode, Operation, Plan, Problem, Resource

HORIZON = 22


def random_problem(seed: int, *, shape: str, operations: int = 4) -> Problem:
    """Two or three resources on two sites within HORIZON seconds; `shape` is chain, tree or net."""
    dice = Random(seed)
    sites = ["here", "there"]
    resources = {
        key: Resource(
            key,
            f"owner of {key}",
            dice.choice(sites),
            dice.choice([1, 1, 2]),
            _open(dice),
            _busy(dice, dice.randint(0, 2)),
        )
        for key in ["a", "b", "c"][: dice.randint(2, 3)]
    }
    resources = {key: _within_capacity(resource) for key, resource in resources.items()}
    names = [f"op{n}" for n in range(operations)]
    return Problem(
        operations=[
            Operation(
                name,
                [_mode(dice, resources) for _ in range(dice.randint(1, 2))],
                _after(dice, names, n, shape),
                interruptible=dice.random() < 0.5,
                release=dice.choice([0, 0, 0, 3]),
            )
            for n, name in enumerate(names)
        ],
        resources=resources,
        transports={
            pair: [Leg("road", dice.randint(1, 3), Decimal(dice.randint(0, 3)), dice.choice([0, 1]), _departures(dice))]
            + [Leg("air", 1, Decimal(5))] * dice.randint(0, 1)
            for pair in [("here", "there"), ("there", "here")]
        },
        release=dice.choice([0, 1]),
        destination=dice.choice([None, "here"]),
    )


def rounded(problem: Problem, seed: int) -> Problem:
    """The same work of owners who add a rest or round, each mode for itself; about a third answer exactly."""
    dice = Random(seed)

    def answers(mode: Mode | Delay) -> Mode | Delay:
        if isinstance(mode, Delay) or dice.random() < 0.3:
            return mode
        return replace(mode, rest=dice.choice([0, 0, 1, 2]), grain=dice.randint(0, 5), grain_offset=dice.randint(0, 4))

    operations = [replace(each, modes=[answers(mode) for mode in each.modes]) for each in problem.operations]
    return replace(problem, operations=operations)


def answer_to(mode: Mode | Delay, end: int) -> int:
    """The first moment the owner may name."""
    if isinstance(mode, Delay):
        return end
    moment = end + mode.rest
    while mode.grain and (moment - mode.grain_offset) % mode.grain:
        moment += 1
    return moment


def _after(dice: Random, names: list[str], n: int, shape: str) -> list[Arc]:
    """A tree has a branch of two and others of one, joined by the last; in a net anything follows anything earlier."""
    if shape == "net":
        return [Arc(name) for name in names[:n] if dice.random() < 0.5]
    if shape == "chain":
        return [Arc(names[n - 1], dice.choice([0, 0, 1]))] if n else []
    long_branch = len(names) > 3
    if n == len(names) - 1:
        return [Arc(name) for name in names[long_branch:-1]]
    return [Arc("op0")] if n == 1 and long_branch else []


def _mode(dice: Random, resources: dict[str, Resource]) -> Mode | Delay:
    cost = Decimal(dice.randint(0, 9))
    if dice.random() < 0.15:
        return Delay(
            dice.randint(1, 3), "outside", dice.choice(["here", None]), cost=cost, departures=_departures(dice)
        )
    key = dice.choice(list(resources))
    units = dice.randint(1, resources[key].capacity)
    return Mode(key, dice.randint(0, 1), dice.randint(1, 3), 0.2, cost, dice.choice([0, 0, 2]), units)


def _open(dice: Random) -> list[tuple[int, int]]:
    return [(0, HORIZON)] if dice.random() < 0.3 else [(0, dice.randint(3, 7)), (dice.randint(8, 10), HORIZON)]


def _busy(dice: Random, count: int) -> list[tuple[int, int, int]]:
    starts = [dice.randint(0, HORIZON - 4) for _ in range(count)]
    return [(start, start + dice.randint(1, 4), 1) for start in starts]


def _within_capacity(resource: Resource) -> Resource:
    kept: list[tuple[int, int, int]] = []
    for booking in resource.busy:
        if max(load([*kept, booking], second) for second in range(HORIZON)) <= resource.capacity:
            kept.append(booking)
    return replace(resource, busy=kept)


def _departures(dice: Random) -> list[int] | None:
    return sorted(dice.sample(range(HORIZON + 6), 8)) if dice.random() < 0.3 else None


def load(bookings: list[tuple[int, int, int]], second: int) -> int:
    return sum(units for start, end, units in bookings if start <= second < end)


def exhaustive(problem: Problem, deadline: int | None = None) -> tuple[int, Decimal] | None:
    """The earliest arrival with any cost, or with a deadline the least cost: (arrival, cost); None if there is none."""
    return _Exhaustive(problem, deadline).best


class _Exhaustive:
    def __init__(self, problem: Problem, deadline: int | None) -> None:
        self.problem, self.deadline = problem, deadline
        self.best: tuple[int, Decimal] | None = None
        self.own: dict[str, list[tuple[int, int, int]]] = {key: [] for key in problem.resources}
        self.done: dict[str, tuple[str | None, int]] = {}
        self.followed = {arc.operation for operation in problem.operations for arc in operation.after}
        self._next(0, Decimal(0))

    def _next(self, number: int, cost: Decimal) -> None:
        if self._hopeless(cost):
            return
        if number == len(self.problem.operations):
            ends = [key for key in self.done if key not in self.followed]
            for arrival, extra in self._all_there(ends, [0] * len(ends), self.problem.destination):
                self._consider(arrival, cost + extra)
            return
        operation = self.problem.operations[number]
        for mode in operation.modes:
            site = self.problem.resources[mode.resource].site if isinstance(mode, Mode) else mode.site
            lags = [arc.lag for arc in operation.after]
            for there, extra in self._all_there([arc.operation for arc in operation.after], lags, site):
                ready = max(there, self.problem.release, operation.release, mode.release)
                for start, end in self._places(operation, mode, ready):
                    answered = answer_to(mode, end)
                    if self.best is not None and self.deadline is None and answered >= self.best[0]:
                        continue
                    if isinstance(mode, Mode):
                        self.own[mode.resource].append((start, end, mode.units))
                    self.done[operation.key] = (site, answered)
                    self._next(number + 1, cost + extra + mode.cost)
                    del self.done[operation.key]
                    if isinstance(mode, Mode):
                        self.own[mode.resource].pop()

    def _hopeless(self, cost: Decimal) -> bool:
        return self.deadline is not None and self.best is not None and cost >= self.best[1]

    def _consider(self, arrival: int, cost: Decimal) -> None:
        if self.deadline is None:
            if self.best is None or arrival < self.best[0]:
                self.best = (arrival, cost)
        elif arrival <= self.deadline and (self.best is None or cost < self.best[1]):
            self.best = (arrival, cost)

    def _all_there(self, keys: list[str], lags: list[int], site: str | None) -> list[tuple[int, Decimal]]:
        ways = [(0, Decimal(0))]
        for key, lag in zip(keys, lags, strict=True):
            origin, end = self.done[key]
            ways = [
                (max(time, arrival), cost + extra)
                for time, cost in ways
                for arrival, extra in self._ways(origin, site, end + lag)
            ]
        return ways

    def _ways(self, origin: str | None, site: str | None, ready: int) -> list[tuple[int, Decimal]]:
        if origin is None or site is None or origin == site:
            return [(ready, Decimal(0))]
        found = []
        for leg in self.problem.transports[origin, site]:
            leaving = [ready] if leg.departures is None else [at for at in leg.departures if at >= ready][:1]
            found += [(at + leg.seconds + leg.customs, leg.cost) for at in leaving]
        return found

    def _places(self, operation: Operation, mode: Mode | Delay, ready: int) -> list[tuple[int, int]]:
        if isinstance(mode, Delay):
            if mode.departures is None:
                return [(ready, ready + mode.seconds)]
            return [(at, at + mode.seconds) for at in mode.departures if at >= ready]
        resource = self.problem.resources[mode.resource]
        bookings = [*resource.busy, *self.own[mode.resource]]
        found = []
        for start in range(ready, HORIZON):
            end = _end(resource, start, mode.setup + mode.run, operation.interruptible)
            room = resource.capacity - mode.units
            if end is not None and all(load(bookings, second) <= room for second in range(start, end)):
                found.append((start, end))
        return found


def is_open(resource: Resource, second: int) -> bool:
    return any(start <= second < end for start, end in resource.open)


def _end(resource: Resource, start: int, work: int, interruptible: bool) -> int | None:
    if not is_open(resource, start):
        return None
    second = start
    while work:
        if second >= HORIZON:
            return None
        if is_open(resource, second):
            work -= 1
        elif not interruptible:
            return None
        second += 1
    return second


def check(problem: Problem, plan: Plan) -> None:
    """Never in the past, precedence, calendars, capacity, transport, and a chain that tiles the time."""
    operations = {operation.key: operation for operation in problem.operations}
    slots = {slot.operation: slot for slot in plan.slots}
    assert set(slots) == set(operations)
    for key, slot in slots.items():
        operation, mode = operations[key], operations[key].modes[slot.mode]
        assert slot.start >= max(problem.release, operation.release, mode.release, slot.ready)
        assert slot.start <= slot.setup_end <= slot.end <= slot.answered == answer_to(mode, slot.end)
        if isinstance(mode, Mode):
            resource = problem.resources[mode.resource]
            assert slot.resource == resource.key
            worked = _overlap(resource, slot.start, slot.end)
            assert worked == mode.setup + mode.run
            assert _overlap(resource, slot.start, slot.setup_end) == mode.setup
            assert operation.interruptible or slot.end - slot.start == worked
        else:
            assert slot.end - slot.start == mode.seconds
            assert mode.departures is None or slot.start in mode.departures
        for arc in operation.after:
            _check_arrival(plan, slots[arc.operation].answered + arc.lag, arc.operation, key, slot.start)
    for key, resource in problem.resources.items():
        own = [(slot.start, slot.end, slot.units) for slot in plan.slots if slot.resource == key]
        bookings = [*resource.busy, *own]
        for start, _, _ in own:
            assert load(bookings, start) <= resource.capacity
        for start, _, _ in resource.busy:
            inside = [booking for booking in own if booking[0] <= start < booking[1]]
            assert not inside or load(bookings, start) <= resource.capacity
    assert plan.ready == max(slot.answered for slot in plan.slots)
    assert plan.cost == sum(
        (operations[slot.operation].modes[slot.mode].cost for slot in plan.slots), Decimal(0)
    ) + sum((trip.cost for trip in plan.legs), Decimal(0))
    check_chain(problem, plan)


def check_chain(problem: Problem, plan: Plan) -> None:
    """The steps fill the time from release to arrival, in order, each longer than nothing."""
    if plan.arrival == problem.release:
        assert plan.chain == ()
        return
    assert plan.chain[0].start == problem.release
    assert plan.chain[-1].end == plan.arrival
    assert all(step.start < step.end for step in plan.chain)
    assert all(one.end == next_one.start for one, next_one in pairwise(plan.chain))


def _check_arrival(plan: Plan, ready: int, before: str, to: str, start: int) -> None:
    trips = [trip for trip in plan.legs if (trip.operation, trip.to_operation) == (before, to)]
    if not trips:
        assert start >= ready
    for trip in trips:
        assert ready == trip.ready <= trip.start <= trip.customs_start <= trip.end <= start


def _overlap(resource: Resource, start: int, end: int) -> int:
    return sum(max(0, min(end, closes) - max(start, opens)) for opens, closes in resource.open)
