"""Candidates in order, and the rest with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .criteria import Failure, Judge
from .need import Need, Offer
from .points import PUBLISHED, Points, Rule, points
from .taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Candidate:
    """`lot` orders candidates of equal `total`."""

    key: str
    points: tuple[Points, ...]
    total: int
    lot: str

    @property
    def order(self) -> tuple[int, str, str]:
        """Sorts the first candidate first."""
        return -self.total, self.lot, self.key


@dataclass(frozen=True, slots=True)
class Rejected:
    key: str
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """`candidates` from the first down, `rejected` from few failures to many; `rule` is the version that ranked."""

    candidates: tuple[Candidate, ...]
    rejected: tuple[Rejected, ...]
    rule: str


def match(need: Need, offers: Iterable[Offer], *, today: date, taxonomy: Taxonomy, rule: Rule = PUBLISHED) -> Matches:
    """Who can do `need` on `today`. The order of `offers` does not matter."""
    judge = Judge(need, taxonomy, today)
    candidates: list[Candidate] = []
    rejected: list[Rejected] = []
    for offer in offers:
        if failures := judge.failures(offer):
            rejected.append(Rejected(offer.key, failures))
        else:
            scored = points(need, offer, rule, today)
            candidates.append(Candidate(offer.key, scored, sum(each.got for each in scored), need.lot(offer.key)))
    candidates.sort(key=lambda each: each.order)
    rejected.sort(key=lambda each: (len(each.failures), each.key))
    return Matches(tuple(candidates), tuple(rejected), rule.version)
