"""Reads behind the addresses: from what was asked to twins and parts, through the port, never past it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aas_core3_1 import types as aas

from lianzao.aas import documents
from lianzao.aas.documents import AssetId, Names, Part, SubmodelId, Twin, TwinId
from lianzao.aas.documents.names import read_id_short
from lianzao.aas.platform import Platform, Token
from lianzao.aas.server.paging import Page, bad_cursor
from lianzao.base.refusals import Absent

GLOBAL_ASSET_ID = "globalAssetId"
WALK = 100


class Reader:
    """One asker's view of the platform. Synchronous; made anew for each request."""

    def __init__(self, platform: Platform, names: Names, token: Token | None) -> None:
        self._platform = platform
        self._names = names
        self._token = token

    def twin(self, identifier: str) -> Twin:
        """Raises Absent for what is not there or may not be seen, alike."""
        id = self._names.read_shell(identifier)
        twin = self._platform.shell(id, self._token) if id else None
        if twin is None:
            raise Absent
        return twin

    def submodel(self, identifier: str) -> aas.Submodel:
        """Raises Absent likewise."""
        id = self._names.read_submodel(identifier)
        found = self._document(id) if id else None
        if found is None:
            raise Absent
        return found

    def twins(
        self, *, limit: int, cursor: str | None, asset_ids: Sequence[AssetId] = (), id_short: str | None = None
    ) -> Page[Twin]:
        """Twins that carry all `asset_ids`, and have the idShort `id_short` if that is asked for."""
        after = self._after(cursor)
        if id_short is not None:
            return Page(self._just(read_id_short(id_short), asset_ids, after))
        whole = [id.value for id in asset_ids if id.name == GLOBAL_ASSET_ID]
        if whole:
            rest = [id for id in asset_ids if id.name != GLOBAL_ASSET_ID]
            same = len(set(whole)) == 1
            return Page(self._just(self._names.read_asset(whole[0]) if same else None, rest, after))
        found = self._platform.shells(self._token, limit=limit + 1, after=after, asset_ids=asset_ids)
        page = found[:limit]
        return Page(page, self._names.shell(page[-1].id) if len(found) > limit else None)

    def submodels(self, *, limit: int, cursor: str | None, parts: frozenset[Part]) -> Page[aas.Submodel]:
        """The documents of all visible `parts`, twin by twin."""
        start = self._names.read_submodel(cursor) if cursor is not None else None
        if cursor is not None and start is None:
            raise bad_cursor()
        found: list[tuple[SubmodelId, aas.Submodel]] = []
        for id in self._walk(start, parts) if parts else ():
            document = self._document(id)
            if document is not None:
                found.append((id, document))
            if len(found) > limit:
                break
        documents_ = [document for _id, document in found[:limit]]
        return Page(documents_, self._names.submodel(found[limit - 1][0]) if len(found) > limit else None)

    def references(self, twin: Twin) -> list[aas.Reference]:
        return [documents.submodel_reference(SubmodelId(twin.id, part), self._names) for part in twin.parts]

    def shell(self, twin: Twin) -> aas.AssetAdministrationShell:
        return documents.shell(twin, self._names)

    def _document(self, id: SubmodelId) -> aas.Submodel | None:
        facts = self._platform.submodel(id, self._token)
        return None if facts is None else documents.submodel(id, facts, self._names)

    def _after(self, cursor: str | None) -> TwinId | None:
        after = self._names.read_shell(cursor) if cursor is not None else None
        if cursor is not None and after is None:
            raise bad_cursor()
        return after

    def _just(self, id: TwinId | None, asset_ids: Sequence[AssetId], after: TwinId | None) -> list[Twin]:
        """The twin `id` alone, if it is visible, carries `asset_ids`, and stands past `after`."""
        twin = self._platform.shell(id, self._token) if id else None
        if twin is None or (after is not None and twin.id.place <= after.place):
            return []
        carried = {*twin.asset_ids, AssetId(GLOBAL_ASSET_ID, self._names.asset(twin.id))}
        return [twin] if carried.issuperset(asset_ids) else []

    def _walk(self, start: SubmodelId | None, parts: frozenset[Part]) -> Iterator[SubmodelId]:
        """All visible parts past `start`, in the order of twins and, within one, of its kind's parts."""
        order = list(Part)
        after: TwinId | None = None
        if start is not None:
            after = start.twin
            twin = self._platform.shell(start.twin, self._token)
            left = [part for part in twin.parts if order.index(part) > order.index(start.part)] if twin else []
            yield from (SubmodelId(start.twin, part) for part in sorted(left, key=order.index) if part in parts)
        while True:
            twins = self._platform.shells(self._token, limit=WALK, after=after)
            for twin in twins:
                yield from (SubmodelId(twin.id, part) for part in sorted(twin.parts, key=order.index) if part in parts)
            if len(twins) < WALK:
                return
            after = twins[-1].id
