"""Who can do a piece of work, in which order, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzao.base.refusals import filled
from lianzao.engines.match import (
    PUBLISHED,
    Criterion,
    MalformedMatch,
    Need,
    Offer,
    Record,
    Taxonomy,
    Tolerance,
    match,
    why_above,
    width_mm,
)

TODAY = date(2026, 3, 2)
TAXONOMY = Taxonomy(
    processes={"hard-turning": "turning", "turning": "cutting", "milling": "cutting", "cutting": "separating"},
    materials={"1.4301": "stainless", "1.4404": "stainless", "stainless": "steel", "EN-AW-6082": "aluminium"},
)
SHAFT = Need(
    "turning",
    material="1.4301",
    envelope=(40, 40, 300),
    mass_kg=3,
    tolerance=Tolerance(grade=7),
    certificates=frozenset({"ISO 9001"}),
    quantity=(20, 50),
)
SHOP = Offer(
    "a",
    processes=frozenset({"turning"}),
    materials=frozenset({"steel"}),
    envelope=(500, 200, 200),
    max_mass_kg=80,
    tolerance=Tolerance(grade=6),
    certificates={"ISO 9001": date(2027, 1, 1)},
    quantity=(1, 500),
    record=Record(45, 50),
    distance_km=120,
)


def can(need: Need, offer: Offer) -> bool:
    return bool(match(need, [offer], today=TODAY, taxonomy=TAXONOMY).candidates)


def why_not(need: Need, offer: Offer) -> Mapping[Criterion, tuple[str, str]]:
    (rejected,) = match(need, [offer], today=TODAY, taxonomy=TAXONOMY).rejected
    for failure in rejected.failures:
        told = filled(failure.text, {"needed": failure.needed, "offered": failure.offered})
        assert "{" not in told
    return {failure.criterion: (failure.needed, failure.offered) for failure in rejected.failures}


def test_an_offer_that_meets_everything_is_a_candidate() -> None:
    assert can(SHAFT, SHOP)


@pytest.mark.parametrize(
    ("needed", "offered", "possible"),
    [
        ("turning", "hard-turning", True),
        ("cutting", "hard-turning", True),
        ("turning", "cutting", False),
        ("turning", "milling", False),
        ("weaving", "weaving", True),
    ],
)
def test_a_kind_of_the_process_satisfies_and_a_wider_one_does_not(needed: str, offered: str, possible: bool) -> None:
    assert can(Need(needed), Offer("a", frozenset({offered}))) is possible


@pytest.mark.parametrize(
    ("needed", "offered", "possible"),
    [
        ("1.4301", {"stainless"}, True),
        ("1.4301", {"steel"}, True),
        ("stainless", {"1.4404"}, True),
        ("1.4301", {"1.4404"}, False),
        ("EN-AW-6082", {"steel"}, False),
        ("EN-AW-6082", set(), True),
    ],
)
def test_a_group_of_materials_stands_for_its_grades(needed: str, offered: set[str], possible: bool) -> None:
    offer = Offer("a", frozenset({"turning"}), materials=frozenset(offered))
    assert can(Need("turning", material=needed), offer) is possible


def test_a_rejection_names_every_criterion_not_met_with_needed_and_offered() -> None:
    poor = replace(
        SHOP,
        processes=frozenset({"milling"}),
        materials=frozenset({"aluminium"}),
        envelope=(250, 200, 200),
        max_mass_kg=2.5,
        tolerance=Tolerance(grade=9),
        certificates={"ISO 9001": date(2026, 3, 1)},
        quantity=(1, 30),
    )
    assert why_not(SHAFT, poor) == {
        Criterion.PROCESS: ("turning", "milling"),
        Criterion.MATERIAL: ("1.4301", "aluminium"),
        Criterion.ENVELOPE: ("40 × 40 × 300 mm", "250 × 200 × 200 mm"),
        Criterion.MASS: ("3 kg", "2.5 kg"),
        Criterion.TOLERANCE: ("IT7", "IT9"),
        Criterion.CERTIFICATE: ("ISO 9001", "2026-03-01"),
        Criterion.QUANTITY: ("20–50", "1–30"),
    }


def test_a_certificate_holds_on_its_last_day() -> None:
    assert can(SHAFT, replace(SHOP, certificates={"ISO 9001": TODAY}))
    assert why_not(SHAFT, replace(SHOP, certificates={}))[Criterion.CERTIFICATE] == ("ISO 9001", "—")


def test_bounds_not_stated_do_not_reject_but_a_tolerance_not_stated_does() -> None:
    assert can(SHAFT, replace(SHOP, envelope=None, max_mass_kg=None, quantity=None))
    assert why_not(SHAFT, replace(SHOP, tolerance=None)) == {Criterion.TOLERANCE: ("IT7", "—")}


@pytest.mark.parametrize("turned", list(permutations((40, 300, 60))))
def test_a_piece_may_be_turned_to_fit(turned: tuple[float, float, float]) -> None:
    assert can(replace(SHAFT, envelope=turned), replace(SHOP, envelope=(300, 60, 40)))
    assert not can(replace(SHAFT, envelope=turned), replace(SHOP, envelope=(299, 299, 299)))


@pytest.mark.parametrize(
    ("grade", "size", "microns"), [(7, 40, 25), (7, 100, 35), (6, 25, 13), (5, 60, 13), (11, 8, 90), (1, 60, 2)]
)
def test_grades_have_the_widths_of_the_standards_table(grade: int, size: float, microns: float) -> None:
    assert width_mm(grade, size) * 1000 == pytest.approx(microns, rel=0.06)


def test_a_width_and_a_grade_are_compared_at_the_nominal_size() -> None:
    need = replace(SHAFT, tolerance=Tolerance(mm=0.025))
    assert can(replace(need, size=40), SHOP)  # IT6 there is 16 µm
    assert not can(replace(need, size=300), SHOP)  # IT6 there is 32 µm
    alone = Need("turning", tolerance=Tolerance(mm=0.025))
    assert why_not(alone, SHOP) == {Criterion.TOLERANCE: ("0.025 mm", "IT6")}


@pytest.mark.parametrize("offered", [Tolerance(grade=7), Tolerance(grade=8), Tolerance(mm=0.02)])
def test_a_tolerance_held_exactly_is_enough(offered: Tolerance) -> None:
    assert can(Need("turning", tolerance=offered), Offer("a", frozenset({"turning"}), tolerance=offered))


def test_the_better_record_stands_above_and_says_so() -> None:
    worse = replace(SHOP, key="b", record=Record(12, 20))
    found = match(SHAFT, [worse, SHOP], today=TODAY, taxonomy=TAXONOMY)
    first, second = found.candidates
    assert (first.key, second.key) == ("a", "b")
    why = why_above(first, second)
    assert why.code == "record"
    assert why.in_english() == "It kept more of its promises: 45/50 against 12/20 (80 points more)."
    with pytest.raises(ValueError, match="does not stand above"):
        why_above(second, first)


def test_a_newcomer_stands_between_those_who_keep_and_those_who_break_their_promises() -> None:
    offers = [
        replace(SHOP, key="good", record=Record(98, 100)),
        replace(SHOP, key="new", record=Record()),
        replace(SHOP, key="bad", record=Record(70, 100)),
    ]
    found = match(SHAFT, offers, today=TODAY, taxonomy=TAXONOMY)
    assert [each.key for each in found.candidates] == ["good", "new", "bad"]


@pytest.mark.parametrize(
    ("better", "code"),
    [
        ({"envelope": (300, 40, 40)}, "envelope"),
        ({"tolerance": Tolerance(grade=5)}, "tolerance"),
        ({"distance_km": 5}, "distance"),
        ({"speed": 2}, "speed"),
        ({"certificates": {"ISO 9001": date(2030, 1, 1)}}, "certificate"),
    ],
)
def test_each_criterion_can_decide_and_is_named(better: dict[str, Any], code: str) -> None:
    found = match(SHAFT, [SHOP, replace(SHOP, key="b", **better)], today=TODAY, taxonomy=TAXONOMY)
    assert [each.key for each in found.candidates] == ["b", "a"]
    assert why_above(*found.candidates).code == code


def test_between_equals_a_lot_decides_and_no_key_always_wins() -> None:
    offers = [replace(SHOP, key=f"key-{i}") for i in range(4)]
    winners = set()
    for pieces in range(20, 50):
        found = match(replace(SHAFT, quantity=(20, pieces)), offers, today=TODAY, taxonomy=TAXONOMY)
        winners.add(found.candidates[0].key)
        assert why_above(*found.candidates[:2]).code == "lot"
    assert winners == {offer.key for offer in offers}


def test_of_several_offers_under_one_key_the_best_counts() -> None:
    worse, unable = replace(SHOP, distance_km=900), replace(SHOP, tolerance=Tolerance(grade=9))
    alone = match(SHAFT, [SHOP], today=TODAY, taxonomy=TAXONOMY)
    for offers in permutations([SHOP, worse, unable]):
        assert match(SHAFT, offers, today=TODAY, taxonomy=TAXONOMY) == alone
    (closest,) = match(SHAFT, [unable, replace(unable, max_mass_kg=1)], today=TODAY, taxonomy=TAXONOMY).rejected
    assert [failure.criterion for failure in closest.failures] == [Criterion.TOLERANCE]


def test_points_add_up_to_a_thousand_at_most() -> None:
    assert sum(PUBLISHED.weights.values()) == 1000


@pytest.mark.parametrize(
    ("make", "at"),
    [
        (lambda: Need("t", envelope=(1, nan, 1)), "need.envelope"),
        (lambda: Need("t", mass_kg=-1), "need.mass"),
        (lambda: Need("t", mass_kg=inf), "need.mass"),
        (lambda: Need("t", tolerance=Tolerance()), "need.tolerance"),
        (lambda: Need("t", tolerance=Tolerance(grade=7, mm=0.1)), "need.tolerance"),
        (lambda: Need("t", tolerance=Tolerance(grade=19)), "need.tolerance"),
        (lambda: Need("t", tolerance=Tolerance(mm=0)), "need.tolerance"),
        (lambda: Need("t", quantity=(0, 5)), "need.quantity"),
        (lambda: Need("t", quantity=(9, 5)), "need.quantity"),
        (lambda: Offer("k", frozenset(), speed=0), "offers.k.speed"),
        (lambda: Offer("k", frozenset(), distance_km=nan), "offers.k.distance"),
        (lambda: Offer("k", frozenset(), record=Record(3, 2)), "offers.k.record"),
        (lambda: match(Need("a"), [], today=TODAY, taxonomy=Taxonomy({"a": "b", "b": "a"})), "processes.a"),
        (lambda: match(Need("a", "x"), [], today=TODAY, taxonomy=Taxonomy({}, {"x": "x"})), "materials.x"),
    ],
)
def test_what_cannot_be_is_refused_with_its_path(make: Any, at: str) -> None:
    with pytest.raises(MalformedMatch) as refused:
        make()
    assert refused.value.at == at


MM = st.integers(1, 1000).map(float)
EDGES = st.tuples(MM, MM, MM)
TOLERANCES = st.one_of(
    st.none(),
    st.integers(1, 18).map(lambda g: Tolerance(grade=g)),
    st.floats(0.001, 1).map(lambda mm: Tolerance(mm=mm)),
)
PROCESSES = st.sampled_from(["turning", "hard-turning", "milling", "cutting"])
PIECES = st.integers(1, 100).flatmap(lambda low: st.tuples(st.just(low), st.integers(low, 200)))
NEEDS = st.builds(
    Need,
    process=PROCESSES,
    material=st.none() | st.sampled_from(["1.4301", "steel"]),
    envelope=st.none() | EDGES,
    mass_kg=st.none() | MM,
    tolerance=TOLERANCES,
    certificates=st.frozensets(st.sampled_from(["ISO 9001", "EN 9100"])),
    quantity=st.none() | PIECES,
)
OFFERS = st.lists(
    st.builds(
        Offer,
        key=st.uuids().map(str),
        processes=st.frozensets(PROCESSES),
        materials=st.frozensets(st.sampled_from(["1.4301", "steel", "aluminium"])),
        envelope=st.none() | EDGES,
        max_mass_kg=st.none() | MM,
        tolerance=TOLERANCES,
        certificates=st.dictionaries(
            st.sampled_from(["ISO 9001", "EN 9100"]), st.integers(-50, 800).map(lambda d: TODAY + timedelta(d))
        ),
        quantity=st.none() | PIECES,
        record=st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda r: Record(r[0], r[0] + r[1])),
        distance_km=st.none() | MM,
    ),
    max_size=8,
    unique_by=lambda offer: offer.key,
)


@given(NEEDS, OFFERS, st.randoms())
def test_every_offer_is_answered_once_and_their_order_does_not_matter(
    need: Need, offers: list[Offer], chance: Any
) -> None:
    found = match(need, offers, today=TODAY, taxonomy=TAXONOMY)
    keys = [each.key for each in found.candidates] + [each.key for each in found.rejected]
    assert sorted(keys) == sorted(offer.key for offer in offers)
    assert all(each.failures for each in found.rejected)
    shuffled = chance.sample(offers, len(offers))
    assert match(need, shuffled, today=TODAY, taxonomy=TAXONOMY) == found


@given(NEEDS, OFFERS)
def test_candidates_stand_by_their_points_and_each_step_down_has_its_reason(need: Need, offers: list[Offer]) -> None:
    found = match(need, offers, today=TODAY, taxonomy=TAXONOMY)
    for above, below in pairwise(found.candidates):
        assert above.total >= below.total
        assert why_above(above, below).in_english()
    for each in found.candidates:
        assert each.total == sum(points.got for points in each.points) <= 1000
        assert all(0 <= points.got <= points.most for points in each.points)


@given(NEEDS, OFFERS)
def test_asking_for_less_never_loses_a_candidate(need: Need, offers: list[Offer]) -> None:
    less = Need(need.process, envelope=need.envelope, tolerance=need.tolerance)
    able = {each.key for each in match(need, offers, today=TODAY, taxonomy=TAXONOMY).candidates}
    assert able <= {each.key for each in match(less, offers, today=TODAY, taxonomy=TAXONOMY).candidates}
