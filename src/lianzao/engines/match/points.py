"""The published rule: points by criterion out of 1000, from facts about the offer and never from who the owner is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from .criteria import NOT_STATED, Criterion, edges
from .need import Need, Offer, Record
from .tolerance import grades_finer


@dataclass(frozen=True)
class Rule:
    """`weights` are the most points by criterion; a criterion not in it counts for nothing.

    A firm starts with the record `prior`, as if it had kept that many promises already, so that newcomers are neither
    first nor last. Full points for a tolerance `full_margin` grades finer than needed (half for just enough) and for
    certificates that hold `full_days` more; half the points for a distance of `half_km`.
    """

    version: str
    weights: Mapping[Criterion, int]
    prior: Record
    full_margin: int
    full_days: int
    half_km: int


PUBLISHED = Rule(
    version="1",
    weights=MappingProxyType(
        {
            Criterion.RECORD: 400,
            Criterion.ENVELOPE: 150,
            Criterion.TOLERANCE: 150,
            Criterion.DISTANCE: 150,
            Criterion.SPEED: 100,
            Criterion.CERTIFICATE: 50,
        }
    ),
    prior=Record(kept=9, total=10),
    full_margin=3,
    full_days=365,
    half_km=500,
)


@dataclass(frozen=True, slots=True)
class Points:
    """`got` of `most` for a criterion; `offered` is the fact that they rest on."""

    criterion: Criterion
    got: int
    most: int
    offered: str


def points(need: Need, offer: Offer, rule: Rule, today: date) -> tuple[Points, ...]:
    """For an offer that meets all criteria. What the need leaves open gives everyone the same."""
    judged = {
        Criterion.RECORD: _record(offer, rule),
        Criterion.ENVELOPE: _envelope(need, offer),
        Criterion.TOLERANCE: _tolerance(need, offer, rule),
        Criterion.DISTANCE: _distance(offer, rule),
        Criterion.SPEED: (offer.speed / (1 + offer.speed), f"×{offer.speed:g}"),
        Criterion.CERTIFICATE: _certificates(need, offer, rule, today),
    }
    return tuple(
        Points(criterion, round(most * judged[criterion][0]), most, judged[criterion][1])
        for criterion, most in rule.weights.items()
        if criterion in judged
    )


def _record(offer: Offer, rule: Rule) -> tuple[float, str]:
    kept, total = offer.record.kept + rule.prior.kept, offer.record.total + rule.prior.total
    return kept / total, f"{offer.record.kept}/{offer.record.total}"


def _envelope(need: Need, offer: Offer) -> tuple[float, str]:
    """How well the piece fills the machine: a large machine for a small piece is a waste."""
    if need.envelope is None:
        return 1, NOT_STATED
    if offer.envelope is None:
        return 0, NOT_STATED
    shares = [edge / room for edge, room in zip(sorted(need.envelope), sorted(offer.envelope), strict=True)]
    return sum(shares) / len(shares), edges(offer.envelope)


def _tolerance(need: Need, offer: Offer, rule: Rule) -> tuple[float, str]:
    if need.tolerance is None or offer.tolerance is None:
        return 1, NOT_STATED
    finer = grades_finer(offer.tolerance, need.tolerance, need.nominal_mm) or 0
    return min(1, 0.5 + finer / (2 * rule.full_margin)), str(offer.tolerance)


def _distance(offer: Offer, rule: Rule) -> tuple[float, str]:
    if offer.distance_km is None:
        return 0, NOT_STATED
    return rule.half_km / (rule.half_km + offer.distance_km), f"{offer.distance_km:.0f} km"


def _certificates(need: Need, offer: Offer, rule: Rule, today: date) -> tuple[float, str]:
    if not need.certificates:
        return 1, NOT_STATED
    until = min(offer.certificates[kind] for kind in need.certificates)
    return min(1, (until - today).days / rule.full_days), until.isoformat()
