"""The port `Platform` of the AAS server, filled from the rooms below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianzao.aas.documents import AssetId, Facts, Kind, SubmodelId, Twin, TwinId
from lianzao.aas.platform import Token
from lianzao.node.twins.askers import connected, viewer_showing
from lianzao.node.twins.products import Products
from lianzao.node.twins.resources import Resources
from lianzao.node.twins.sites import Sites
from lianzao.node.twins.source import Source

SOURCES: dict[Kind, Source[Any]] = {source.kind: source for source in (Sites(), Resources(), Products())}


class TwinPlatform:
    """Every call reads the viewer's rights anew, and every row through its door."""

    @connected
    def shells(
        self, token: Token | None, *, limit: int, after: TwinId | None, asset_ids: Sequence[AssetId] = ()
    ) -> Sequence[Twin]:
        viewer = viewer_showing(token)
        found: list[Twin] = []
        for kind in Kind:
            if after is not None and TwinId(kind, after.ref).place < after.place:
                continue  # kinds that stand wholly before
            past = after.ref if after is not None and kind is after.kind else None
            found += SOURCES[kind].page(viewer, limit=limit - len(found), after=past, asset_ids=asset_ids)
            if len(found) >= limit:
                break
        return found

    @connected
    def shell(self, id: TwinId, token: Token | None) -> Twin | None:
        return SOURCES[id.kind].one(id.ref, viewer_showing(token))

    @connected
    def submodel(self, id: SubmodelId, token: Token | None) -> Facts | None:
        return SOURCES[id.twin.kind].part(id.twin.ref, id.part, viewer_showing(token))
