"""A consistent copy of the data without keys, and putting it into an empty database of either kind."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, transaction

from lianzao import __version__
from lianzao.base.messages import _
from lianzao.base.refusals import Malformed, Refused
from lianzao.capacity import guards
from lianzao.ledger.models import Event
from lianzao.ledger.verification import verify
from lianzao.trust.models import Organisation

ROWS, ABOUT = "rows.jsonl", "about.json"
LEFT_OUT = {"sessions.session", "contenttypes.contenttype", "auth.permission", "auth.group", "web.storedanswer"}
TRANSIENT = ("trust.token",)  # a token is a key, and keys are not in a backup


class NotEmpty(Refused):
    code = "not-empty"
    status = 409
    text = _("A backup goes into an empty database; this one has work in it.")
    hint = _("a new DATABASE_URL")


def backup(file: Path) -> dict[str, Any]:
    """Write the rows of one moment to `file`.

    Raises Malformed when the file cannot be written.
    """
    rows, counts, digest = io.BytesIO(), {}, hashlib.sha256()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in _models():
            name = model._meta.label_lower
            counts[name] = 0
            for row in model._default_manager.order_by("pk").iterator(chunk_size=2000):
                line = serializers.serialize("jsonl", [row]).encode()
                digest.update(line)
                rows.write(line)
                counts[name] += 1
    about = {"format": 1, "version": __version__, "rows": counts, "sha256": digest.hexdigest()}
    partial = file.with_name(file.name + ".partial")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(ROWS, rows.getvalue())
            archive.writestr(ABOUT, json.dumps(about))
        partial.replace(file)
    except OSError as error:
        raise Malformed(
            _("The file “{path}” cannot be written: {why}."), at="file", path=str(file), why=error.strerror or ""
        ) from None
    return {"file": str(file), "rows": sum(counts.values()), "sha256": about["sha256"], "keys": "not included"}


def restore(file: Path) -> dict[str, Any]:
    """Put the rows of `file` into this empty database, all or none; the guards and the ledger are checked.

    Raises Malformed for what is no backup, NotEmpty.
    """
    about, rows = _read(file)
    if Event.objects.exclude(kind__startswith="trust.").exists():
        raise NotEmpty()
    guards.remove()  # rows come table by table; all of them are checked afterwards
    try:
        with transaction.atomic():
            for model in reversed(_models()):
                model._default_manager.all().delete()
            for line in rows.splitlines():
                for each in serializers.deserialize("jsonl", line.decode()):
                    each.save()
            _reset_sequences()
            found = verify()
            counted = {model._meta.label_lower: model._default_manager.count() for model in _models()}
            if found.errors or counted != about["rows"]:
                raise Malformed(_("What is in this backup is not whole."), at="file", accepted=_("an unchanged backup"))
    except serializers.base.DeserializationError:
        raise Malformed(
            _("What is in this backup is not whole."), at="file", accepted=_("an unchanged backup")
        ) from None
    finally:
        guards.install()
    return {"rows": sum(about["rows"].values()), "head": found.head, "organisations": Organisation.objects.count()}


def _models() -> list[Any]:
    """Every table of ours, each after those it points to."""
    labels = [model for config in apps.get_app_configs() for model in config.get_models()]
    kept = [model for model in labels if model._meta.label_lower not in LEFT_OUT | set(TRANSIENT)]
    return serializers.sort_dependencies([(None, kept)], allow_cycles=True)


def _read(file: Path) -> tuple[dict[str, Any], bytes]:
    try:
        with zipfile.ZipFile(file) as archive:
            about, rows = json.loads(archive.read(ABOUT)), archive.read(ROWS)
        if hashlib.sha256(rows).hexdigest() != about["sha256"] or about["format"] != 1:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, zlib.error, zipfile.BadZipFile):
        raise Malformed(
            _("“{path}” is not a backup of ours, or it was damaged."),
            at="file",
            accepted=_("a file that `lianzao backup` wrote"),
            path=str(file),
        ) from None
    return about, rows


def _reset_sequences() -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
