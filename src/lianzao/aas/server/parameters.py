"""What stands in queries and bodies: levels, asset identifiers, the meaning that is looked for."""

from __future__ import annotations

import json

from aas_core3_1.verification import matches_xml_serializable_string
from starlette.datastructures import QueryParams

from lianzao.aas.documents import SHAPES, AssetId, Part
from lianzao.aas.server.encoding import BadRequest, decode
from lianzao.base.messages import _

LEVELS = ("deep", "core")
EXTENTS = ("withBlobValue", "withoutBlobValue")
MOST_ASSET_IDS = 20
AN_ASSET_ID = '{{"name": "…", "value": "…"}}'  # a template, so braces are doubled


def read_core(query: QueryParams) -> bool:
    """Whether only the first level is wanted. `extent` is checked too; no document here holds a blob.

    Raises BadRequest for a value that the standard does not know.
    """
    for name, known in (("level", LEVELS), ("extent", EXTENTS)):
        if query.get(name, known[0]) not in known:
            raise BadRequest(_("“{name}” is not known by this value."), at=name, accepted=" | ".join(known), name=name)
    return query.get("level") == "core"


def read_asset_ids(query: QueryParams) -> list[AssetId]:
    """The `assetIds` of a query: each a SpecificAssetId as JSON in base64url."""
    return [asset_id(load(decode(text, at="assetIds"), at="assetIds"), at="assetIds") for text in _few(query)]


def _few(query: QueryParams) -> list[str]:
    texts = query.getlist("assetIds")
    if len(texts) > MOST_ASSET_IDS:
        raise BadRequest(
            _("Too many asset identifiers."), at="assetIds", accepted=_("at most {most}"), most=MOST_ASSET_IDS
        )
    return texts


def asset_links(body: bytes) -> list[AssetId]:
    """The asset links that a search is asked for in its body.

    Raises BadRequest when it is not a list of them.
    """
    links = load(body, at="body")
    if not isinstance(links, list) or len(links) > MOST_ASSET_IDS:
        raise BadRequest(
            _("The body must be a list of at most {most} asset links."),
            at="body",
            accepted=f"[{AN_ASSET_ID}]",
            most=MOST_ASSET_IDS,
        )
    return [asset_id(link, at=f"body[{n}]") for n, link in enumerate(links)]


def load(text: str | bytes, *, at: str) -> object:
    try:
        loaded: object = json.loads(text)
    except (ValueError, RecursionError):
        raise BadRequest(_("“{name}” is not JSON."), at=at, accepted="JSON", name=at) from None
    return loaded


def asset_id(given: object, *, at: str) -> AssetId:
    name, value = (given.get("name"), given.get("value")) if isinstance(given, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(value, str) or not (_names(name, 64) and _names(value, 2048)):
        raise BadRequest(_("“{name}” is not an asset identifier."), at=at, accepted=AN_ASSET_ID, name=at)
    return AssetId(name, value)


def _names(text: str, longest: int) -> bool:
    """Whether `text` may stand in an AAS at all: other characters would upset a database instead of finding nothing."""
    return 1 <= len(text) <= longest and matches_xml_serializable_string(text)


def read_parts(query: QueryParams) -> frozenset[Part]:
    """The parts that have the idShort and the semanticId asked for, all when neither is."""
    parts = set(Part)
    if (id_short := query.get("idShort")) is not None:
        parts = {part for part in parts if part.value == id_short}
    if (semantic := query.get("semanticId")) is not None:
        notion = _notion(decode(semantic, at="semanticId"))
        parts = {part for part in parts if SHAPES[part].semantic == notion}
    return frozenset(parts)


def _notion(sought: str) -> str:
    """The identifier in a semanticId as clients send it: a Reference of one key as JSON, or the bare identifier."""
    if not sought.startswith("{"):
        return sought
    reference = load(sought, at="semanticId")
    keys = reference.get("keys") if isinstance(reference, dict) else None
    values = [key.get("value") for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []
    notion = values[0] if len(values) == 1 else None
    if not isinstance(notion, str):
        raise BadRequest(
            _("“{name}” is not a reference with one key."),
            at="semanticId",
            accepted=_("a Reference"),
            name="semanticId",
        )
    return notion
