"""Keeps as many of a family's defaults as the choices allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pysat.card import ITotalizer
from pysat.solvers import Solver

from .family import Group, Kind

FULL = 200_000  # variables spent on counters, after which they are thrown away with the solver


@dataclass(frozen=True, slots=True)
class Wish:
    """A default as one literal: true where it is kept for `feature`."""

    literal: int
    feature: str


class Wishes:
    """A solver of its own, since the counters that weigh the defaults would slow down every other question."""

    def __init__(
        self, engine: str, rules: Sequence[list[int]], groups: Sequence[Group], variable: Mapping[str, int], top: int
    ) -> None:
        self._engine, self._rules, self._groups, self._variable = engine, rules, groups, variable
        self._first = top
        self._start()

    def _start(self) -> None:
        self._solver = Solver(name=self._engine, bootstrap_with=self._rules)
        self._top = self._first
        self._counters: dict[tuple[int, ...], list[int]] = {}
        self._wishes = [wish for group in self._groups for wish in self._of(group)]

    def _of(self, group: Group) -> Iterator[Wish]:
        for feature in group.features:
            member = self._variable[feature]
            if group.kind is Kind.MANDATORY or (group.kind is Kind.ALTERNATIVE and feature not in group.default):
                continue
            if feature not in group.default:
                yield Wish(-member, feature)
            elif group.under is None:
                yield Wish(member, feature)
            else:
                self._top += 1
                kept, parent = self._top, self._variable[group.under]
                self._solver.append_formula([[-kept, -parent, member], [kept, parent], [kept, -member]])
                yield Wish(kept, feature)

    def settle(self, fixed: Sequence[int]) -> tuple[set[int], list[str]]:
        """The literals of the one best model with `fixed`, which must be possible; and where defaults gave way."""
        if self._top > self._first + FULL:
            self._start()
        model = self._settle_alternatives(self._settle_wishes(fixed))
        return model, [wish.feature for wish in self._wishes if wish.literal not in model]

    def _settle_wishes(self, fixed: Sequence[int]) -> list[int]:
        """`fixed`, and each default kept or given up.

        Core-guided (MSU3, Marques-Silva and Planes 2007): `doubtful` wishes are those that took part in some conflict;
        every best model keeps all the others, so that only the doubtful ones are gone through one by one. They are
        counted only when no further conflict is found without.
        """
        wishes = [wish.literal for wish in self._wishes]
        doubtful: dict[int, None] = {}
        departures = 0
        counting = False
        while True:
            kept = [wish for wish in wishes if wish not in doubtful]
            bound = self._at_most(departures, [-wish for wish in doubtful]) if counting else []
            settled = [*fixed, *kept, *bound]
            if not self._solver.solve(assumptions=settled):
                core = set(self._solver.get_core())
                doubtful.update(dict.fromkeys(wish for wish in kept if wish in core))
                departures += 1
            elif counting:
                break
            else:
                counting = True
        model = set(self._solver.get_model())
        for wish in (wish for wish in wishes if wish in doubtful):
            model = self._preferring(wish, settled, model)
        return settled

    def _settle_alternatives(self, settled: list[int]) -> set[int]:
        """The one model left when of each alternative the earliest possible feature is taken."""
        self._solver.solve(assumptions=settled)
        model = set(self._solver.get_model())
        for group in self._groups:
            if group.kind is Kind.ALTERNATIVE and not any(
                self._variable[feature] in model for feature in group.default
            ):
                for feature in group.features:
                    model = self._preferring(self._variable[feature], settled, model)
                    if self._variable[feature] in model:
                        break
        return model

    def _preferring(self, literal: int, settled: list[int], model: set[int]) -> set[int]:
        """A model with `literal` if there is one beside what is settled, else `model`; settles it either way."""
        if literal not in model and self._solver.solve(assumptions=[*settled, literal]):
            model = set(self._solver.get_model())
        settled.append(literal if literal in model else -literal)
        return model

    def _at_most(self, count: int, literals: Sequence[int]) -> list[int]:
        """An assumption under which at most `count` of `literals` are true."""
        if count >= len(literals):
            return []
        key = (count, *literals)
        if key not in self._counters:
            with ITotalizer(lits=list(literals), ubound=count, top_id=self._top) as counter:
                self._solver.append_formula(counter.cnf.clauses)
                self._top = max(self._top, counter.top_id)
                self._counters[key] = [-counter.rhs[count]]
        return self._counters[key]
