"""Other sizes of the demo, and what cannot be made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzao.base.refusals import Refused
from lianzao.capacity import availability
from lianzao.capacity.models import Booking
from lianzao.node.demo import load
from lianzao.node.demo.factories import factories
from lianzao.trust.models import Organisation


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    availability._made.clear()  # sites of tests that were taken back had the same numbers


def test_a_network_of_five_loads_and_leaves_out_what_it_cannot_make(db: None) -> None:
    report = load(factories=5, operations=300)
    assert report.counts["factories"] == 5
    assert 290 <= report.counts["operations"] <= 310
    assert report.counts["quotes"] < 16


@pytest.mark.parametrize(
    "wrong", [{"factories": 0}, {"factories": 5, "operations": -1}, {"factories": 5, "operations": 900_000}]
)
def test_a_size_that_cannot_be_is_refused_and_leaves_nothing(db: None, wrong: dict[str, int]) -> None:
    with pytest.raises(Refused) as refused:
        load(**wrong)
    assert refused.value.accepted
    assert not Organisation.objects.filter(simulated=True).exists()
    assert not Booking.objects.exists()


@given(number=st.integers(1, 400), more=st.integers(0, 60), seed=st.integers(0, 50))
def test_a_larger_network_begins_as_the_smaller_one_and_no_name_occurs_twice(number: int, more: int, seed: int) -> None:
    small, large = factories(number, seed), factories(number + more, seed)
    assert large[:number] == small
    assert len({each.name for each in large}) == len({each.login for each in large}) == len(large)


@pytest.mark.long
def test_two_hundred_factories_with_fifty_thousand_operations_load(db: None) -> None:
    report = load(factories=200, operations=50_000)
    assert report.counts["factories"] == 200
    assert Booking.objects.count() >= 50_000
    assert report.counts["orders"] >= 12
