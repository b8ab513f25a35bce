"""How a document is shown: whole, cut to its first level, as bare values, or one element of it by its path.

The forms are those of the HTTP/REST API of AAS Part 2 (V3.1): level `core` keeps direct children only, *ValueOnly*
keeps names and values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from aas_core3_1 import types as aas
from aas_core3_1.jsonization import to_jsonable

Element = aas.SubmodelElement
Group = aas.SubmodelElementCollection | aas.SubmodelElementList
Json = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_STEP = re.compile(r"(?:^|\.)(?P<name>[A-Za-z][A-Za-z0-9_-]*)|\[(?P<index>[0-9]+)\]")
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?:\[[0-9]+\])*(?:\.[A-Za-z][A-Za-z0-9_-]*(?:\[[0-9]+\])*)*")
_INTEGERS = frozenset(
    kind for kind in aas.DataTypeDefXSD if "INT" in kind.name or kind.name.endswith(("LONG", "SHORT", "BYTE"))
)
_NESTED = frozenset({"SubmodelElementCollection", "SubmodelElementList"})
_REALS = frozenset({aas.DataTypeDefXSD.DECIMAL, aas.DataTypeDefXSD.DOUBLE, aas.DataTypeDefXSD.FLOAT})


def whole(element: aas.Class) -> Json:
    return to_jsonable(element)


def core(element: aas.Submodel | Element) -> Json:
    """`element` with its direct children, but not theirs."""
    shown = to_jsonable(element)
    children = shown.get("submodelElements", shown.get("value")) if isinstance(shown, dict) else None
    for child in children if isinstance(children, list) else ():
        if isinstance(child, dict) and child.get("modelType") in _NESTED:
            child.pop("value", None)
    return shown


def values(elements: Iterable[Element], *, core: bool = False) -> dict[str, Json]:
    """Names and values; elements that hold none, such as capabilities, are left out, and groups too when `core`."""
    kept = (element for element in elements if not (core and isinstance(element, Group)))
    shown = ((element.id_short, value_of(element)) for element in kept)
    return {name: bare for name, bare in shown if name is not None and bare is not None}


def value_of(element: Element, *, core: bool = False) -> Json | None:
    """The bare value of one element, None when its kind has none; `core` as in `values`."""
    match element:
        case aas.Property():
            return _scalar(element.value_type, element.value)
        case aas.MultiLanguageProperty():
            return [{words.language: words.text} for words in element.value or ()]
        case aas.Range():
            ends = (("min", element.min), ("max", element.max))
            return {end: _scalar(element.value_type, text) for end, text in ends if text is not None}
        case aas.SubmodelElementCollection():
            return values(element.value or (), core=core)
        case aas.SubmodelElementList():
            kept = (child for child in element.value or () if not (core and isinstance(child, Group)))
            return [bare for bare in map(value_of, kept) if bare is not None]
    return None


def _scalar(kind: aas.DataTypeDefXSD, text: str | None) -> Json:
    if text is None:
        return ""
    if kind in _INTEGERS:
        return int(text)
    if kind in _REALS and math.isfinite(float(text)):
        return float(text)
    return text == "true" if kind is aas.DataTypeDefXSD.BOOLEAN else text


def is_path(text: str) -> bool:
    """Whether `text` is an idShortPath at all (`CapabilitySet.CapabilityContainer__00__`, `Buckets[3].Span`)."""
    return _PATH.fullmatch(text) is not None


def find(submodel: aas.Submodel, path: str) -> Element | None:
    """The element of `submodel` at the idShortPath `path`, None when there is none."""
    found: Element | None = None
    children: Sequence[Element] = submodel.submodel_elements or ()
    for step in _STEP.finditer(path):
        found = _child(found, children, step["name"], step["index"])
        if found is None:
            return None
        children = _children(found)
    return found


def _children(element: Element) -> Sequence[Element]:
    return (element.value or ()) if isinstance(element, Group) else ()


def _child(parent: Element | None, children: Sequence[Element], name: str | None, index: str | None) -> Element | None:
    if index is not None:
        within = isinstance(parent, aas.SubmodelElementList) and int(index) < len(children)
        return children[int(index)] if within else None
    return next((child for child in children if child.id_short == name), None)
