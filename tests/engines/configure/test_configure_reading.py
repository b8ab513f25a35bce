"""A family is read strictly: what is wrong is refused with its path."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzao.engines.configure import Family, Kind, MalformedFamily
from tests.engines.configure.families import AXIS, descriptions


def changed(path: list[str | int], value: object) -> dict[str, Any]:
    found: Any = copy.deepcopy(AXIS)
    place = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return found  # type: ignore[no-any-return]


def deep(levels: int) -> object:
    rule: object = "brake"
    for _ in range(levels):
        rule = {"not": rule}
    return rule


def exploding(levels: int) -> object:
    rule: object = "brake"
    for _ in range(levels):
        rule = {"iff": [rule, "cover"]}
    return rule


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        (["colour"], "red", "colour"),
        (["name"], {}, "name"),
        (["name"], {"en": " "}, "name.en"),
        (["features"], {}, "features"),
        (["features", 1, "code"], "m100", "features"),
        (["features", 1, "code"], "", "features[1].code"),
        (["features", 1, "price"], 3, "features[1].price"),
        (["features", 0, "effects"], [1], "features[0].effects[0]"),
        (["groups", 1, "kind"], "xor", "groups[1].kind"),
        (["groups", 1, "features", 0], "m900", "groups[1].features[0]"),
        (["groups", 1, "features", 0], "brake", "groups[3].features"),
        (["groups", 1, "features"], ["m100", "m400"], "features[2]"),
        (["groups", 1, "features"], [], "groups[1].features"),
        (["groups", 1, "default"], ["m100", "m400"], "groups[1].default"),
        (["groups", 1, "default"], "brake", "groups[1].default[0]"),
        (["groups", 1, "code"], "brake", "groups"),
        (["groups", 1, "under"], "motor", "groups[1].under"),
        (["groups", 1, "under"], "m100", "groups[1].under"),
        (["constraints", 1, "code"], "long-needs-power", "constraints"),
        (["constraints", 0, "text"], "text", "constraints[0].text"),
        (["constraints", 0, "rule"], "m900", "constraints[0].rule"),
        (["constraints", 0, "rule"], {"xor": ["m100"]}, "constraints[0].rule"),
        (["constraints", 0, "rule"], {"and": []}, "constraints[0].rule"),
        (["constraints", 0, "rule"], {"and": ["long", {"not": 7}]}, "constraints[0].rule.and[1].not"),
        (["constraints", 0, "rule"], {"implies": ["long"]}, "constraints[0].rule.implies"),
        (["constraints", 0, "rule"], {"excludes": ["long"]}, "constraints[0].rule.excludes"),
    ],
)
def test_a_fault_is_refused_with_its_path(path: list[str | int], value: object, at: str) -> None:
    with pytest.raises(MalformedFamily) as refused:
        Family.from_json(changed(path, value))
    assert refused.value.at == at
    assert refused.value.accepted


@pytest.mark.parametrize("rule", [deep(5_000), exploding(60), {"excludes": ["brake", exploding(15), "cover"]}])
def test_a_rule_that_would_explode_is_refused(rule: object) -> None:
    with pytest.raises(MalformedFamily):
        Family.from_json(changed(["constraints", 0, "rule"], rule))


def test_a_wide_rule_is_no_large_one() -> None:
    family = Family.from_json(changed(["constraints", 0, "rule"], {"or": ["brake", "cover"] * 3_000}))
    assert family.admits(frozenset({"body", "m100", "short", "brake"}))


@pytest.mark.parametrize("field", ["code", "name", "features", "groups"])
def test_what_is_missing_is_named(field: str) -> None:
    with pytest.raises(MalformedFamily) as refused:
        Family.from_json({key: value for key, value in AXIS.items() if key != field})
    assert refused.value.at == field


def test_defaults_not_given_follow_the_kind_of_group() -> None:
    by_code = {group.code: group for group in Family.from_json(AXIS).groups}
    assert by_code["motor"].default == ("m100",)
    assert by_code["extras"].default == ()
    assert by_code["base"].default == ("body",)
    assert by_code["cover-kind"].kind is Kind.ALTERNATIVE


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(descriptions(), st.data())
def test_junk_anywhere_is_read_or_refused_but_never_breaks(description: dict[str, Any], data: st.DataObject) -> None:
    place: Any = description
    while True:
        step = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        inner = place[step]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    place[step] = data.draw(JUNK)
    try:
        Family.from_json(description)
    except MalformedFamily as refused:
        assert refused.accepted
