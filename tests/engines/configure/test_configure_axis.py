"""A buyer configures a linear axis."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from lianzao.engines.configure import (
    Choice,
    Family,
    ImpossibleConfiguration,
    Option,
    Status,
    UnknownOption,
    VoidFamily,
    WrongValue,
    configure,
    options,
    why,
)
from tests.engines.configure.families import AXIS


@pytest.fixture(scope="module")
def axis() -> Family:
    return Family.from_json(AXIS)


def of(found: tuple[Option, ...], feature: str) -> Option:
    return next(option for option in found if option.feature == feature)


def test_without_a_choice_all_defaults_are_filled(axis: Family) -> None:
    found = configure(axis, {})
    assert found.selected == found.defaults_filled == ("m100", "short", "body")
    assert found.departed == ()
    assert found.effects == ("bom:motor-100",)


def test_a_choice_moves_only_the_defaults_that_must_give_way(axis: Family) -> None:
    found = configure(axis, {"stroke": "long", "cover": True})
    assert found.selected == ("m400", "long", "cover", "bellows", "body")
    assert found.defaults_filled == ("m400", "bellows", "body")
    assert found.departed == ("m100", "strip")
    assert found.effects == ("bom:motor-400", "op:balance")


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ({"requires": ["brake", {"and": [{"not": "cover"}, {"not": "lamp"}]}]}, ("cover", "lamp")),  # one gives way
        ({"excludes": ["brake", "cover"]}, ("brake", "lamp")),  # the later one gives way
        ({"excludes": ["brake", "cover", "lamp"]}, ("brake",)),
        (
            {"or": [{"not": "brake"}, {"and": [{"not": "cover"}, {"not": "lamp"}]}, "horn"]},
            ("brake", "cover", "lamp", "horn"),
        ),
    ],
)
def test_the_fewest_defaults_give_way_and_the_later_ones_before_the_earlier(
    rule: object, kept: tuple[str, ...]
) -> None:
    codes = ["brake", "cover", "lamp", "horn"]
    extras = {"code": "x", "name": {"en": "X"}, "kind": "optional", "features": codes, "default": codes[:3]}
    family = {
        "code": "f",
        "name": {"en": "F"},
        "features": [{"code": code, "name": {"en": code}} for code in codes],
        "groups": [extras],
        "constraints": [{"code": "c", "text": {"en": "C"}, "rule": rule}],
    }
    assert configure(Family.from_json(family), {}).selected == kept


def test_a_choice_may_name_the_feature_instead_of_its_group(axis: Family) -> None:
    assert configure(axis, {"long": True}) == configure(axis, {"stroke": "long"})


def test_an_impossible_choice_is_refused_with_its_reason_and_what_would_be_accepted(axis: Family) -> None:
    with pytest.raises(ImpossibleConfiguration) as refused:
        configure(axis, {"cover": True, "stroke": "long", "motor": "m100", "brake": True})
    reason = refused.value.reason
    assert reason.choices == ("motor", "stroke")
    assert [rule.code for rule in reason.rules] == ["motor", "long-needs-power"]
    assert refused.value.alternatives == {"motor": ("m400",), "stroke": ("short",)}
    assert refused.value.at == "options.stroke"
    assert "A long stroke needs a motor of 400 W or more." in str(refused.value)


def test_the_reason_is_told_in_the_readers_language(axis: Family) -> None:
    with pytest.raises(ImpossibleConfiguration, match="长行程需要至少400瓦的电机"):
        configure(axis, {"stroke": "long", "motor": "m100"}, language="zh")


def test_choices_that_contradict_each_other_need_no_rule_for_it(axis: Family) -> None:
    with pytest.raises(ImpossibleConfiguration) as refused:
        configure(axis, {"extras": ["brake"], "brake": False})
    assert refused.value.reason.rules == ()
    assert refused.value.reason.choices == ("brake", "extras")


@pytest.mark.parametrize(
    ("choices", "at"),
    [
        ({"motor": "m900"}, "options.motor"),
        ({"motor": ["m100", "m400"]}, "options.motor"),
        ({"motor": []}, "options.motor"),
        ({"motor": True}, "options.motor"),
        ({"motor": None}, "options.motor"),
        ({"brake": "yes"}, "options.brake"),
        ({"brake": 1}, "options.brake"),
        ({"extras": ["brake", "horn"]}, "options.extras"),
        ({"extras": {"brake": True}}, "options.extras"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_those_that_do(
    axis: Family, choices: dict[str, Choice], at: str
) -> None:
    with pytest.raises(WrongValue) as refused:
        configure(axis, choices)
    assert refused.value.at == at
    assert refused.value.facts["values"]


def test_an_unknown_option_is_refused_with_the_known_ones(axis: Family) -> None:
    with pytest.raises(UnknownOption) as refused:
        configure(axis, {"colour": "red"})
    assert refused.value.at == "options.colour"
    assert str(refused.value.facts["options"]).startswith("motor, stroke, extras, cover-kind, m100")


def test_what_cannot_be_chosen_says_why(axis: Family) -> None:
    found = options(axis, {"stroke": "long", "cover": True, "brake": True})
    assert {option.feature: option.status for option in found} == {
        "body": Status.FORCED,
        "m100": Status.EXCLUDED,
        "m400": Status.FORCED,
        "m750": Status.EXCLUDED,
        "short": Status.AVAILABLE,
        "long": Status.SELECTED,
        "brake": Status.SELECTED,
        "cover": Status.SELECTED,
        "bellows": Status.FORCED,
        "strip": Status.EXCLUDED,
    }
    reason = of(found, "m750").reason
    assert reason is not None
    assert reason.choices == ("brake",)
    assert [rule.code for rule in reason.rules] == ["brake-750"]
    assert of(found, "brake").chosen
    assert not of(found, "m400").chosen


def test_the_reason_for_one_feature_can_be_asked_alone(axis: Family) -> None:
    choices: dict[str, Choice] = {"stroke": "long", "cover": True, "brake": True}
    told = options(axis, choices)
    untold = options(axis, choices, reasons=False)
    assert [(each.feature, each.status) for each in untold] == [(each.feature, each.status) for each in told]
    assert all(each.reason is None for each in untold)
    assert options(axis, choices, groups={"motor"}) == told[1:4]
    assert [why(axis, choices, each.feature) for each in told] == [each.reason for each in told]
    with pytest.raises(UnknownOption):
        why(axis, choices, "horn")


def test_what_was_chosen_can_be_chosen_anew(axis: Family) -> None:
    found = options(axis, {"motor": "m750"})
    assert of(found, "m100").status is Status.AVAILABLE
    assert of(found, "m750").status is Status.SELECTED


def test_a_family_whose_rules_contradict_each_other_says_so() -> None:
    rules = [
        {"code": "always", "text": {"en": "Always with a brake."}, "rule": "brake"},
        {"code": "never", "text": {"en": "Never with a brake."}, "rule": {"not": "brake"}},
        {"code": "idle", "text": {"en": "Something else."}, "rule": {"or": ["cover", "long"]}},
    ]
    with pytest.raises(VoidFamily) as refused:
        configure(Family.from_json({**AXIS, "constraints": rules}), {"motor": "m400"})
    assert [rule.code for rule in refused.value.reason.rules] == ["always", "never"]


def test_many_threads_may_ask_about_one_family(axis: Family) -> None:
    asked: list[dict[str, Choice]] = [{"stroke": "long"}, {"motor": "m750"}, {"cover": True}, {}] * 20
    alone = [configure(axis, choices) for choices in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda choices: configure(axis, choices), asked)) == alone
