"""The solvers kept per family: one in which all rules hold, one in which each can be switched off to find a reason.

Whatever is answered follows from the meaning of the family alone, never from what a solver learnt on the way:
models are used as witnesses only, and a result is always pinned down by yes-or-no questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from weakref import WeakKeyDictionary

from pysat.card import CardEnc, EncType
from pysat.solvers import Solver

from .family import Family, Group, Kind
from .formula import clauses
from .reasons import Reason, Rule, smallest_conflict
from .wishes import Wishes

ENGINE = "glucose4"


class Session:
    """Not for two threads at once: enter it by `session(family)`."""

    def __init__(self, family: Family) -> None:
        self._top = 0
        self.variable = {feature.code: self._fresh() for feature in family.features}
        self._rules: dict[int, Rule] = {}  # switch → rule
        self._switched = Solver(name=ENGINE)
        hard: list[list[int]] = []
        for rule, demands in self._read(family):
            switch = self._fresh()
            self._rules[switch] = rule
            self._switched.append_formula([[-switch, *clause] for clause in demands])
            hard.extend(demands)
        self._solver = Solver(name=ENGINE, bootstrap_with=hard)
        self.wishes = Wishes(ENGINE, hard, family.groups, self.variable, self._top)

    def _fresh(self) -> int:
        self._top += 1
        return self._top

    def _read(self, family: Family) -> Iterator[tuple[Rule, list[list[int]]]]:
        for group in family.groups:
            yield Rule(group.code, group.names, "group"), list(self._group_clauses(group))
        for constraint in family.constraints:
            demands = clauses(constraint.formula, self.variable.__getitem__, self._fresh)
            yield Rule(constraint.code, constraint.texts, "constraint"), demands

    def _group_clauses(self, group: Group) -> Iterator[list[int]]:
        members = [self.variable[feature] for feature in group.features]
        unless = [] if group.under is None else [-self.variable[group.under]]
        match group.kind:
            case Kind.MANDATORY:
                yield from ([*unless, member] for member in members)
            case Kind.ALTERNATIVE | Kind.OR:
                yield [*unless, *members]
            case Kind.OPTIONAL:
                pass
        if group.kind is Kind.ALTERNATIVE and len(members) > 1:
            at_most = CardEnc.atmost(members, 1, top_id=self._top, encoding=EncType.ladder)
            self._top = max(self._top, at_most.nv)
            yield from at_most.clauses
        if group.under is not None:
            yield from ([-member, self.variable[group.under]] for member in members)

    def consistent(self, literals: Iterable[int]) -> bool:
        """Whether `literals` go with all rules."""
        return bool(self._solver.solve(assumptions=list(literals)))

    def model(self) -> set[int]:
        """The literals that were true when `consistent` last said yes."""
        return set(self._solver.get_model())

    def reason(self, choices: Sequence[tuple[str, Sequence[int]]], target: Sequence[int] = ()) -> Reason:
        """Why `target` cannot hold with these choices (key, literals): few choices first, then few rules."""

        def with_all_rules(chosen: Sequence[tuple[str, Sequence[int]]]) -> bool:
            return self.consistent([*target, *(literal for _, literals in chosen for literal in literals)])

        few = smallest_conflict(choices, with_all_rules)
        fixed = [*target, *(literal for _, literals in few for literal in literals)]
        rules = smallest_conflict(
            list(self._rules), lambda switches: bool(self._switched.solve(assumptions=[*switches, *fixed]))
        )
        return Reason(tuple(key for key, _ in few), tuple(self._rules[switch] for switch in sorted(rules)))


_sessions: WeakKeyDictionary[Family, tuple[Session, RLock]] = WeakKeyDictionary()
_opening = RLock()


@contextmanager
def session(family: Family) -> Iterator[Session]:
    """The session of `family`, for this thread alone."""
    with _opening:
        if family not in _sessions:
            _sessions[family] = (Session(family), RLock())
        found, lock = _sessions[family]
    with lock:
        yield found
