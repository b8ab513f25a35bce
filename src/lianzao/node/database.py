"""The node's database: created and migrated by whichever command comes first, with its guards and its owner."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lianzao.capacity import guards
from lianzao.trust.actions import create_organisation, create_user, give_role
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer

OWNER = "owner"


def prepare() -> None:
    """Make the database ready to use; cheap when it already is.

    Raises GuardMissing when a guard against overbooking is gone.
    """
    Path(settings.HOME, "data").mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        Path(settings.DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    if _behind():
        with _alone():
            call_command("migrate", interactive=False, verbosity=0)
    guards.require()
    if not Organisation.objects.filter(owns_node=True).exists():
        with _alone():
            _create_owner()


def _behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _create_owner() -> None:
    """The firm made with the database: it owns the sites that imports make. Its person signs in by token only."""
    if Organisation.objects.filter(owns_node=True).exists():
        return
    nobody = Viewer()
    firm = create_organisation(name="Our firm", country="DE", actor=nobody, owns_node=True)
    person = create_user(login=OWNER, name="Owner", language="en", password=None, actor=nobody)
    give_role(user=person, organisation=firm, role="admin", actor=nobody)


@contextmanager
def _alone() -> Iterator[None]:
    """Two commands that find an empty database at once make it one after the other."""
    with Path(settings.HOME, "data", ".preparing").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
