"""Where the twins of one kind come from: rows behind a door, in the order of their references."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet

from lianzao.aas.documents import AssetId, Facts, Kind, Part, Twin
from lianzao.trust.viewer import Viewer

Row = TypeVar("Row", bound=Model)


class Source(ABC, Generic[Row]):
    """The rows of one kind; each has a `ref`.

    `called` says where the names are kept by which others know the asset.
    """

    kind: ClassVar[Kind]
    called: ClassVar[Mapping[str, str]] = {}

    @abstractmethod
    def visible(self, viewer: Viewer) -> QuerySet[Row]:
        """What this viewer may see, with all that `twins` reads of a row."""

    @abstractmethod
    def twins(self, rows: Sequence[Row], viewer: Viewer) -> list[Twin]:
        """The twins of visible `rows`, in a fixed number of queries."""

    @abstractmethod
    def facts(self, row: Row, part: Part, viewer: Viewer) -> Facts:
        """One of the parts that the twin of `row` shows this viewer."""

    def page(self, viewer: Viewer, *, limit: int, after: uuid.UUID | None, asset_ids: Sequence[AssetId]) -> list[Twin]:
        if any(id.name not in self.called for id in asset_ids):
            return []
        rows = self.visible(viewer).order_by("ref")
        for id in asset_ids:
            rows = rows.filter(**{self.called[id.name]: id.value})
        if after is not None:
            rows = rows.filter(ref__gt=after)
        return self.twins(list(rows[:limit]), viewer)

    def one(self, ref: uuid.UUID, viewer: Viewer) -> Twin | None:
        found = self._found(ref, viewer)
        return found[1] if found else None

    def part(self, ref: uuid.UUID, part: Part, viewer: Viewer) -> Facts | None:
        found = self._found(ref, viewer)
        return self.facts(found[0], part, viewer) if found and part in found[1].parts else None

    def _found(self, ref: uuid.UUID, viewer: Viewer) -> tuple[Row, Twin] | None:
        row = self.visible(viewer).filter(ref=ref).first()
        return (row, self.twins([row], viewer)[0]) if row is not None else None
