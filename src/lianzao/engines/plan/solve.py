"""One question, one answer: the plan of a problem under its objective."""

from __future__ import annotations

from lianzao.engines.plan.cheapest import cheapest
from lianzao.engines.plan.earliest import earliest
from lianzao.engines.plan.net import Net
from lianzao.engines.plan.problem import Cheapest, Problem
from lianzao.engines.plan.result import Plan
from lianzao.engines.plan.schedule import finished


def plan(problem: Problem) -> Plan:
    """The best plan of `problem`; deterministic.

    Raises NoMode, NoTime, NoWay, TooLate (which says the earliest arrival) and, for a problem that contradicts itself,
    BadProblem.
    """
    net, objective = Net(problem), problem.objective
    found = cheapest(net, objective.deadline) if isinstance(objective, Cheapest) else earliest(net)
    return finished(net, found.draft, exact=found.exact)
