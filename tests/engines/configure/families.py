"""Families for the tests, and the naive judge they are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from hypothesis import strategies as st

from lianzao.engines.configure import Choice, Family, Group, Kind

JSON = dict[str, object]

AXIS: JSON = {
    "code": "axis",
    "name": {"en": "Axis", "zh": "直线轴"},
    "features": [
        {"code": "m100", "name": {"en": "Motor 100 W"}, "effects": ["bom:motor-100"]},
        {"code": "m400", "name": {"en": "Motor 400 W"}, "effects": ["bom:motor-400", "op:balance"]},
        {"code": "m750", "name": {"en": "Motor 750 W"}},
        {"code": "short", "name": {"en": "Stroke 200 mm"}},
        {"code": "long", "name": {"en": "Stroke 900 mm"}},
        {"code": "brake", "name": {"en": "Brake"}},
        {"code": "cover", "name": {"en": "Cover"}},
        {"code": "bellows", "name": {"en": "Bellows"}},
        {"code": "strip", "name": {"en": "Steel strip"}},
        {"code": "body", "name": {"en": "Body"}},
    ],
    "groups": [
        {"code": "base", "name": {"en": "Base"}, "kind": "mandatory", "features": ["body"]},
        {"code": "motor", "name": {"en": "Motor"}, "kind": "alternative", "features": ["m100", "m400", "m750"]},
        {"code": "stroke", "name": {"en": "Stroke"}, "kind": "alternative", "features": ["short", "long"]},
        {"code": "extras", "name": {"en": "Extras"}, "kind": "optional", "features": ["brake", "cover"]},
        {
            "code": "cover-kind",
            "name": {"en": "Kind of cover"},
            "kind": "alternative",
            "features": ["bellows", "strip"],
            "default": "strip",
            "under": "cover",
        },
    ],
    "constraints": [
        {
            "code": "long-needs-power",
            "text": {"en": "A long stroke needs a motor of 400 W or more.", "zh": "长行程需要至少400瓦的电机。"},
            "rule": {"requires": ["long", {"or": ["m400", "m750"]}]},
        },
        {
            "code": "brake-750",
            "text": {"en": "The brake fits no 750 W motor."},
            "rule": {"excludes": ["brake", "m750"]},
        },
        {"code": "no-long-strip", "text": {"en": "No steel strip at 900 mm."}, "rule": {"excludes": ["strip", "long"]}},
    ],
}


def subsets(codes: Iterable[str]) -> Iterator[frozenset[str]]:
    every = list(codes)
    return (frozenset(chosen) for n in range(len(every) + 1) for chosen in combinations(every, n))


def valid(family: Family) -> list[frozenset[str]]:
    return [each for each in subsets(feature.code for feature in family.features) if family.admits(each)]


def obeys(family: Family, selected: frozenset[str], choices: Mapping[str, Choice]) -> bool:
    for key, value in choices.items():
        what = family.by_code[key]
        if not isinstance(what, Group):
            if (key in selected) is not value:
                return False
        else:
            assert not isinstance(value, bool)
            if selected & set(what.features) != ({value} if isinstance(value, str) else set(value)):
                return False
    return True


def kept(family: Family, selected: frozenset[str]) -> list[bool]:
    """Default by default in the family's order, whether it is kept."""
    found = []
    for group in family.groups:
        applies = group.under is None or group.under in selected
        for feature in group.features:
            wanted = feature in group.default
            if group.kind is Kind.MANDATORY or (group.kind is Kind.ALTERNATIVE and not wanted):
                continue
            found.append((feature in selected) == wanted or (wanted and not applies))
    return found


def best(family: Family, choices: Mapping[str, Choice]) -> frozenset[str]:
    """By going through all: fewest departures, then earliest defaults kept, then earliest alternatives."""
    alternatives = [f for g in family.groups if g.kind is Kind.ALTERNATIVE for f in g.features]
    possible = [each for each in valid(family) if obeys(family, each, choices)]
    return max(
        possible, key=lambda s: (sum(kept(family, s)), kept(family, s), [feature in s for feature in alternatives])
    )


@st.composite
def rules(draw: st.DrawFn, features: list[str], depth: int = 2) -> object:
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(features))
    part = rules(features, depth - 1)
    word = draw(st.sampled_from(["not", "and", "or", "implies", "iff", "requires", "excludes"]))
    if word == "not":
        return {word: draw(part)}
    pair = word in {"implies", "iff", "requires"}
    return {word: draw(st.lists(part, min_size=2, max_size=2 if pair else 3))}


@st.composite
def descriptions(draw: st.DrawFn, most: int = 10) -> JSON:
    """Families of up to `most` features, some of them void."""
    count = draw(st.integers(1, most))
    features = [f"f{i}" for i in range(count)]
    groups: list[JSON] = []
    taken = 0
    while taken < count:
        size = draw(st.integers(1, min(4, count - taken)))
        mine = features[taken : taken + size]
        kind = draw(st.sampled_from(list(Kind)))
        group: JSON = {"code": f"g{len(groups)}", "name": {"en": "G"}, "kind": kind.value, "features": mine}
        if kind in {Kind.OR, Kind.OPTIONAL} and draw(st.booleans()):
            group["default"] = draw(st.lists(st.sampled_from(mine), min_size=1, unique=True))
        if kind is Kind.ALTERNATIVE and draw(st.booleans()):
            group["default"] = draw(st.sampled_from(mine))
        if taken and draw(st.booleans()):
            group["under"] = draw(st.sampled_from(features[:taken]))
        groups.append(group)
        taken += size
    written = draw(st.lists(rules(features), max_size=5))
    constraints = [{"code": f"c{i}", "text": {"en": f"rule {i}"}, "rule": rule} for i, rule in enumerate(written)]
    named = [{"code": f, "name": {"en": f}, "effects": [f"bom:{f}"]} for f in features]
    return {"code": "any", "name": {"en": "Any"}, "features": named, "groups": groups, "constraints": constraints}


@st.composite
def asked(draw: st.DrawFn) -> tuple[Family, dict[str, Choice]]:
    """A family and choices of which some conflict."""
    family = Family.from_json(draw(descriptions()))
    choices: dict[str, Choice] = {}
    for feature in draw(st.lists(st.sampled_from(family.features), max_size=4)):
        choices[feature.code] = draw(st.booleans())
    for group in draw(st.lists(st.sampled_from(family.groups), max_size=2)):
        if group.kind is Kind.ALTERNATIVE:
            choices[group.code] = draw(st.sampled_from(group.features))
        else:
            choices[group.code] = draw(st.lists(st.sampled_from(group.features), unique=True))
    return family, choices
