"""Brings the words of processes, materials and certificates into the database, and up to date."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Model

from lianzao.base import clock
from lianzao.ledger.events import append
from lianzao.ledger.kinds import kind
from lianzao.vocabulary.models import CertificateKind, Material, Process
from lianzao.vocabulary.tables import rows, texts
from lianzao.web.transactions import use_case

WORDS_CHANGED = kind("vocabulary.words.changed", "words")
VOCABULARY = uuid.UUID("0198d2a0-0000-7000-8000-000000000001")  # what the event is about: the words as a whole
PACKAGE = "lianzao.vocabulary"

Row = TypeVar("Row", bound=Model)


@use_case
def load() -> int:
    """Write the words that are new or differ; how many these were."""
    processes = [
        Process(code=row["code"], parent_id=row["parent"] or None, name=texts(row))
        for row in rows(PACKAGE, "processes.csv")
    ]
    materials = [
        Material(code=row["code"], parent_id=row["parent"] or None, density=row["density"] or None, name=texts(row))
        for row in rows(PACKAGE, "materials.csv")
    ]
    kinds = [CertificateKind(code=row["code"], name=texts(row)) for row in rows(PACKAGE, "certificate_kinds.csv")]
    changed = (
        _write(Process, processes, ["parent_id", "name"])
        + _write(Material, materials, ["parent_id", "name", "density"])
        + _write(CertificateKind, kinds, ["name"])
    )
    if changed:
        append(WORDS_CHANGED, subject=VOCABULARY, actor=None, at=clock.now(), words=changed)
    return changed


def _write(model: type[Row], wanted: Iterable[Row], fields: Sequence[str]) -> int:
    there = {row["code"]: row for row in model._default_manager.values("code", *fields)}
    changed = [row for row in wanted if not _same(there.get(row.pk), row, fields)]
    model._default_manager.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[field.removesuffix("_id") for field in fields],
    )
    return len(changed)


def _same(there: dict[str, object] | None, row: Model, fields: Sequence[str]) -> bool:
    return there is not None and all(_plain(there[field]) == _plain(getattr(row, field)) for field in fields)


def _plain(value: object) -> object:
    """Decimals of the database and figures of the file compare as numbers."""
    return value if value is None or isinstance(value, dict) else str(value).removesuffix(".00")
