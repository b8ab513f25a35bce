"""On small random families the engine agrees with going through all subsets of features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given, settings

from lianzao.engines.configure import (
    Choice,
    Family,
    Group,
    ImpossibleConfiguration,
    Kind,
    Reason,
    Status,
    VoidFamily,
    configure,
    options,
)
from lianzao.engines.configure.formula import holds
from tests.engines.configure.families import asked, best, kept, obeys, subsets, valid

Asked = tuple[Family, dict[str, Choice]]


def possible(family: Family, reason: Reason, choices: Mapping[str, Choice], without: str = "") -> bool:
    """Whether the choices and rules of `reason` leave anything, one of them left out."""
    groups = {rule.code for rule in reason.rules if rule.of == "group"} - {without}
    constraints = {rule.code for rule in reason.rules if rule.of == "constraint"} - {without}
    demanded = {key: choices[key] for key in reason.choices if key != without}
    return any(
        obeys_loosely(family, selected, demanded)
        and all(g.admits(selected) for g in family.groups if g.code in groups)
        and all(holds(c.formula, selected) for c in family.constraints if c.code in constraints)
        for selected in subsets(f.code for f in family.features)
    )


def obeys_loosely(family: Family, selected: frozenset[str], choices: Mapping[str, Choice]) -> bool:
    """As `obeys`; but what is chosen in an alternative excludes its rivals only by the group's own rule."""
    exact = {}
    for key, value in choices.items():
        what = family.by_code[key]
        if isinstance(what, Group) and what.kind is Kind.ALTERNATIVE:
            exact[str(value)] = True
            if choices.get(str(value), True) is False:
                return False
        else:
            exact[key] = value  # type: ignore[assignment]
    return obeys(family, selected, exact)


@settings(max_examples=300, deadline=None)
@given(asked())
def test_the_configuration_is_the_nearest_valid_one(pair: Asked) -> None:
    family, choices = pair
    fitting = [each for each in valid(family) if obeys(family, each, choices)]
    try:
        found = configure(family, choices)
    except (ImpossibleConfiguration, VoidFamily):
        assert not fitting
        return
    selected = frozenset(found.selected)
    assert selected in fitting
    assert selected == best(family, choices)
    assert sum(kept(family, selected)) == max(sum(kept(family, each)) for each in fitting)
    assert set(found.effects) == {f"bom:{feature}" for feature in selected}


@settings(max_examples=300, deadline=None)
@given(asked())
def test_a_refusal_is_a_minimal_conflict_and_its_alternatives_are_possible(pair: Asked) -> None:
    family, choices = pair
    try:
        configure(family, choices)
    except VoidFamily as refused:
        assert not valid(family)
        reason = refused.reason
    except ImpossibleConfiguration as refused:
        assert valid(family)
        reason = refused.reason
        for key, values in refused.alternatives.items():
            rest = {k: choices[k] for k in reason.choices if k != key}
            for value in values:
                changed: Choice = value == "true" if key not in {g.code for g in family.groups} else value
                what = family.by_code[key]
                extra = {value: True} if isinstance(what, Group) else {key: changed}
                together = {**rest, **extra}
                assert any(obeys_loosely(family, each, together) for each in valid(family))
    else:
        return
    assert not possible(family, reason, choices)
    for part in (*reason.choices, *(rule.code for rule in reason.rules)):
        assert possible(family, reason, choices, without=part)


def others(family: Family, choices: Mapping[str, Choice], feature: str) -> list[frozenset[str]]:
    """Valid configurations that obey what was chosen elsewhere than for this feature and its rivals."""
    rivals = set(family.rivals(feature))
    demands: dict[str, bool] = {}
    for key, value in choices.items():
        what = family.by_code[key]
        if not isinstance(what, Group):
            demands[key] = bool(value)
        elif what.kind is Kind.ALTERNATIVE:
            demands[str(value)] = True
        else:
            assert isinstance(value, Sequence)
            demands.update({f: f in value for f in what.features})
    loose = {f: wanted for f, wanted in demands.items() if f not in rivals}
    return [each for each in valid(family) if obeys(family, each, loose)]


@settings(max_examples=200, deadline=None)
@given(asked())
def test_each_option_has_the_status_that_trying_it_gives(pair: Asked) -> None:
    family, choices = pair
    try:
        found = options(family, choices)
    except (ImpossibleConfiguration, VoidFamily):
        return
    selected = configure(family, choices).selected
    assert [option.feature for option in found] == [f for group in family.groups for f in group.features]
    for option in found:
        tried = others(family, choices, option.feature)
        can = any(option.feature in each for each in tried)
        need_not = any(option.feature not in each for each in tried)
        if option.feature in selected:
            assert option.status == (Status.SELECTED if need_not else Status.FORCED)
        else:
            assert option.status == (Status.AVAILABLE if can else Status.EXCLUDED)
        assert (option.reason is None) == (option.status in {Status.SELECTED, Status.AVAILABLE})


@settings(max_examples=100, deadline=None)
@given(asked())
def test_an_answer_does_not_depend_on_what_was_asked_before(pair: Asked) -> None:
    family, choices = pair

    def answers() -> list[object]:
        found: list[object] = []
        for question in (configure, options):
            try:
                found.append(question(family, choices))
            except (ImpossibleConfiguration, VoidFamily) as refused:
                found.append((refused.in_english(), refused.facts, refused.reason))
        return found

    first = answers()
    for feature in family.features:
        try:
            options(family, {feature.code: True})
        except (ImpossibleConfiguration, VoidFamily):
            continue
    assert answers() == first
