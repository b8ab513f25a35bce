"""Reads a family from JSON, strictly: what is not understood is refused with its path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from lianzao.base.messages import _

from . import formula
from .family import Constraint, Family, Feature, Group, Kind
from .reasons import Texts
from .refusals import MalformedFamily

Read = TypeVar("Read")
LONGEST = 200


def family(value: object) -> Family:
    """Raises MalformedFamily."""
    fields = _fields(value, "", needed={"code", "name", "features", "groups"}, possible={"constraints"})
    features = _list(fields["features"], "features", _feature)
    _distinct((each.code for each in features), "features")
    known = {each.code: None for each in features}
    groups = _list(fields["groups"], "groups", lambda each, at: _group(each, at, known))
    _distinct((*known, *(group.code for group in groups)), "groups")
    _partitioned(groups, known)
    _acyclic(groups)
    constraints = _list(fields.get("constraints", []), "constraints", lambda each, at: _constraint(each, at, known))
    _distinct((each.code for each in constraints), "constraints")
    return Family(
        code=_code(fields["code"], "code"),
        names=_texts(fields["name"], "name"),
        features=features,
        groups=groups,
        constraints=constraints,
    )


def _feature(value: object, at: str) -> Feature:
    fields = _fields(value, at, needed={"code", "name"}, possible={"effects"})
    return Feature(
        code=_code(fields["code"], f"{at}.code"),
        names=_texts(fields["name"], f"{at}.name"),
        effects=_list(fields.get("effects", []), f"{at}.effects", _code),
    )


def _group(value: object, at: str, known: Collection[str]) -> Group:
    fields = _fields(value, at, needed={"code", "name", "kind", "features"}, possible={"default", "under"})
    kinds = [kind.value for kind in Kind]
    if fields["kind"] not in kinds:
        raise MalformedFamily(
            _("This is not a kind of group."), at=f"{at}.kind", accepted=_("one of: {kinds}"), kinds=", ".join(kinds)
        )
    kind = Kind(str(fields["kind"]))
    features = _list(fields["features"], f"{at}.features", lambda each, where: _one_of(each, where, known))
    _distinct(features, f"{at}.features")
    if not features:
        raise MalformedFamily(_("This group is empty."), at=f"{at}.features", accepted=_("at least one feature"))
    default = _default(fields.get("default"), f"{at}.default", kind, features)
    under = None if fields.get("under") is None else _one_of(fields["under"], f"{at}.under", known)
    return Group(
        code=_code(fields["code"], f"{at}.code"),
        names=_texts(fields["name"], f"{at}.name"),
        kind=kind,
        features=features,
        default=default,
        under=under,
    )


def _default(value: object, at: str, kind: Kind, features: tuple[str, ...]) -> tuple[str, ...]:
    """Where none is given: the first feature if there must be one, all of a mandatory group, else none."""
    if value is None:
        match kind:
            case Kind.ALTERNATIVE | Kind.OR:
                return features[:1]
            case Kind.OPTIONAL:
                return ()
            case Kind.MANDATORY:
                return features
    chosen = _list([value] if isinstance(value, str) else value, at, lambda each, where: _one_of(each, where, features))
    _distinct(chosen, at)
    default = tuple(feature for feature in features if feature in chosen)
    if not Group("", {}, kind, features).admits(frozenset(default)):
        raise MalformedFamily(
            _("This default is not possible in a group of this kind ({kind})."),
            at=at,
            accepted=_("a default that the group allows"),
            kind=kind.value,
        )
    return default


def _constraint(value: object, at: str, known: Collection[str]) -> Constraint:
    fields = _fields(value, at, needed={"code", "text", "rule"}, possible=set())
    return Constraint(
        code=_code(fields["code"], f"{at}.code"),
        texts=_texts(fields["text"], f"{at}.text"),
        formula=formula.read(fields["rule"], known, f"{at}.rule"),
    )


def _partitioned(groups: Iterable[Group], known: Collection[str]) -> None:
    home: dict[str, str] = {}
    for i, group in enumerate(groups):
        for feature in group.features:
            if feature in home:
                raise MalformedFamily(
                    _("“{feature}” is already in the group “{group}”."),
                    at=f"groups[{i}].features",
                    accepted=_("each feature in one group"),
                    feature=feature,
                    group=home[feature],
                )
            home[feature] = group.code
    for i, feature in enumerate(known):
        if feature not in home:
            raise MalformedFamily(
                _("“{feature}” is in no group."),
                at=f"features[{i}]",
                accepted=_("each feature in one group"),
                feature=feature,
            )


def _acyclic(groups: tuple[Group, ...]) -> None:
    above = {feature: group.under for group in groups for feature in group.features}
    sound: set[str] = set()
    for i, group in enumerate(groups):
        path: set[str] = set()
        feature = group.under
        while feature is not None and feature not in sound:
            if feature in path:
                raise MalformedFamily(
                    _("“{feature}” lies under itself."),
                    at=f"groups[{i}].under",
                    accepted=_("groups that form a tree"),
                    feature=feature,
                )
            path.add(feature)
            feature = above[feature]
        sound |= path


def _fields(value: object, at: str, *, needed: set[str], possible: set[str]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise MalformedFamily(_("This is not an object."), at=at, accepted=_("a JSON object"))
    for name in sorted(needed - value.keys()):
        raise MalformedFamily(_("“{name}” is missing."), at=_below(at, name), accepted=_("a value"), name=name)
    for name in value:
        if name not in needed | possible:
            raise MalformedFamily(
                _("“{name}” is not known here."),
                at=_below(at, str(name)),
                accepted=_("one of: {names}"),
                name=str(name)[:LONGEST],
                names=", ".join(sorted(needed | possible)),
            )
    return value


def _below(at: str, name: str) -> str:
    return f"{at}.{name}"[:LONGEST] if at else name[:LONGEST]


def _list(value: object, at: str, read: Callable[[object, str], Read]) -> tuple[Read, ...]:
    if not isinstance(value, list):
        raise MalformedFamily(_("This is not a list."), at=at, accepted=_("a JSON list"))
    return tuple(read(each, f"{at}[{i}]") for i, each in enumerate(value))


def _code(value: object, at: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise MalformedFamily(_("This is not a code."), at=at, accepted=_("a short text that is not empty"))
    return value


def _texts(value: object, at: str) -> Texts:
    if not isinstance(value, dict) or not value:
        raise MalformedFamily(_("These are not texts by language."), at=at, accepted=_('for example {"en": "Motor"}'))
    return {_code(language, at): _text(text, f"{at}.{language}") for language, text in value.items()}


def _text(value: object, at: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise MalformedFamily(_("This is not a text."), at=at, accepted=_("a text that is not empty"))
    return value


def _one_of(value: object, at: str, known: Collection[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise MalformedFamily(
            _("“{value}” is not one of them."),
            at=at,
            accepted=_("one of: {known}"),
            value=str(value)[:LONGEST],
            known=", ".join(known),
        )
    return value


def _distinct(codes: Iterable[str], at: str) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise MalformedFamily(_("“{code}” occurs twice."), at=at, accepted=_("codes that differ"), code=code)
        seen.add(code)
