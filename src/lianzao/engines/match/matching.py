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
    def order(self) -> tuple[int, str, tuple[int, ...]]:
        """Sorts the first candidate first."""
        return -self.total, self.lot, tuple(-each.got for each in self.points)


@dataclass(frozen=True, slots=True)
class Rejected:
    key: str
    failures: tuple[Failure, ...]

    @property
    def order(self) -> tuple[int, str, tuple[tuple[str, str], ...]]:
        """Sorts who came closest first."""
        return len(self.failures), self.key, tuple((each.criterion, each.offered) for each in self.failures)


@dataclass(frozen=True, slots=True)
class Matches:
    """`candidates` from the first down, `rejected` from few failures to many; `rule` is the version that ranked."""

    candidates: tuple[Candidate, ...]
    rejected: tuple[Rejected, ...]
    rule: str


def match(need: Need, offers: Iterable[Offer], *, today: date, taxonomy: Taxonomy, rule: Rule = PUBLISHED) -> Matches:
    """Who can do `need` on `today`. The order of `offers` does not matter; of several under one key the best counts."""
    judge = Judge(need, taxonomy, today)
    able: dict[str, Candidate] = {}
    unable: dict[str, Rejected] = {}
    for offer in offers:
        if failures := judge.failures(offer):
            rejected = Rejected(offer.key, failures)
            unable[offer.key] = min(unable.get(offer.key, rejected), rejected, key=lambda each: each.order)
        else:
            got = points(need, offer, rule, today)
            candidate = Candidate(offer.key, got, sum(each.got for each in got), need.lot(offer.key))
            able[offer.key] = min(able.get(offer.key, candidate), candidate, key=lambda each: each.order)
    return Matches(
        candidates=tuple(sorted(able.values(), key=lambda each: each.order)),
        rejected=tuple(sorted((unable[key] for key in unable.keys() - able.keys()), key=lambda each: each.order)),
        rule=rule.version,
    )
