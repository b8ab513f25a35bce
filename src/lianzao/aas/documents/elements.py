"""Small makers of submodel elements that keep to the metamodel whatever text they are given.

A maker given nothing (None, no text in any language, no children) makes nothing; `present` drops those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from aas_core3_1 import types as aas
from aas_core3_1.verification import matches_bcp_47

from lianzao.aas.documents.facts import Span, Text
from lianzao.base import clock

OWN = "urn:x-lianzao:aas:"
"""Notions for which no published template has one; an informal namespace, the same on every node."""

IEC_61360 = "https://admin-shell.io/DataSpecificationTemplates/DataSpecificationIec61360/3"
DIMENSIONLESS = "1"  # UCUM
NAME_LENGTH = 128
FIRST_LANGUAGES = ("zh", "de", "en")
XSD = aas.DataTypeDefXSD
_NOT_IN_XML = re.compile("[^\x09\x0a\x0d\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = TypeVar("Element")


def present(*elements: Element | None) -> list[Element]:
    return [element for element in elements if element is not None]


def clean(text: str) -> str:
    """`text` without the characters that no AAS string may hold (AASd-130)."""
    return _NOT_IN_XML.sub("", text).strip()


def tagged(text: Text | None) -> list[tuple[str, str]]:
    """Language and text, Chinese, German, English first; what is empty or not tagged by BCP 47 is left out."""
    found: dict[str, str] = {}
    for language, words in (text or {}).items():
        tag, cleaned = language.replace("_", "-"), clean(words)
        if cleaned and matches_bcp_47(tag):
            found.setdefault(tag, cleaned)
    first = [tag for tag in FIRST_LANGUAGES if tag in found]
    return [(tag, found[tag]) for tag in first + sorted(set(found) - set(first))]


def names(text: Text | None) -> list[aas.LangStringNameType] | None:
    return [aas.LangStringNameType(tag, words[:NAME_LENGTH]) for tag, words in tagged(text)] or None


def description(text: Text | None) -> list[aas.LangStringTextType] | None:
    return [aas.LangStringTextType(tag, words) for tag, words in tagged(text)] or None


def meaning(identifier: str) -> aas.Reference:
    """A reference to a notion defined outside."""
    return aas.Reference(aas.ReferenceTypes.EXTERNAL_REFERENCE, [aas.Key(aas.KeyTypes.GLOBAL_REFERENCE, identifier)])


def template(identifier: str) -> aas.Reference:
    """A reference to a submodel template, in the form in which older templates name themselves."""
    return aas.Reference(aas.ReferenceTypes.MODEL_REFERENCE, [aas.Key(aas.KeyTypes.SUBMODEL, identifier)])


def measured(name: str, label: Text, unit: str) -> list[aas.EmbeddedDataSpecification]:
    """What a figure is called and its unit, by IEC 61360, which wants an English name: the code when there is none."""
    called = [aas.LangStringPreferredNameTypeIEC61360(tag, text[:255]) for tag, text in tagged(label)]
    if not any(known.language == "en" for known in called):
        called.append(aas.LangStringPreferredNameTypeIEC61360("en", clean(name)[:255] or "figure"))
    content = aas.DataSpecificationIEC61360(
        called, unit=clean(unit) or DIMENSIONLESS, data_type=aas.DataTypeIEC61360.REAL_MEASURE
    )
    return [aas.EmbeddedDataSpecification(meaning(IEC_61360), content)]


def value(
    id_short: str | None, semantic: str, text: str | None, kind: aas.DataTypeDefXSD = XSD.STRING
) -> aas.Property | None:
    cleaned = clean(text or "")
    if not cleaned:
        return None
    return aas.Property(kind, id_short=id_short, semantic_id=meaning(semantic), value=cleaned)


def moment(id_short: str, semantic: str, at: int | None) -> aas.Property | None:
    return None if at is None else value(id_short, semantic, clock.iso(at), XSD.DATE_TIME)


def day(id_short: str, semantic: str, on: date | None) -> aas.Property | None:
    return None if on is None else value(id_short, semantic, on.isoformat(), XSD.DATE)


def number(id_short: str, semantic: str, figure: Decimal | int) -> aas.Property:
    kind = XSD.INTEGER if isinstance(figure, int) else XSD.DECIMAL
    return aas.Property(kind, id_short=id_short, semantic_id=meaning(semantic), value=plain(figure))


def plain(figure: Decimal | int) -> str:
    """Digits without an exponent, which xs:decimal does not know."""
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)


def words(id_short: str, semantic: str, text: Text | None) -> aas.MultiLanguageProperty | None:
    found = description(text)
    if found is None:
        return None
    return aas.MultiLanguageProperty(id_short=id_short, semantic_id=meaning(semantic), value=found)


def during(id_short: str | None, semantic: str, span: Span) -> aas.Range:
    return aas.Range(
        XSD.DATE_TIME,
        id_short=id_short,
        semantic_id=meaning(semantic),
        min=clock.iso(span.start),
        max=clock.iso(span.end),
    )


def group(
    id_short: str | None, semantic: str, *children: aas.SubmodelElement | None
) -> aas.SubmodelElementCollection | None:
    found = present(*children)
    if not found:
        return None
    return aas.SubmodelElementCollection(id_short=id_short, semantic_id=meaning(semantic), value=found)


def sequence(
    id_short: str,
    semantic: str,
    kind: aas.AASSubmodelElements,
    children: Iterable[aas.SubmodelElement | None],
    value_kind: aas.DataTypeDefXSD | None = None,
) -> aas.SubmodelElementList | None:
    """A list of elements of one kind that share the meaning of the first."""
    found = present(*children)
    if not found:
        return None
    return aas.SubmodelElementList(
        kind,
        id_short=id_short,
        semantic_id=meaning(semantic),
        semantic_id_list_element=found[0].semantic_id,
        value_type_list_element=value_kind,
        value=found,
    )
