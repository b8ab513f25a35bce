"""Durable work, in five functions over DBOS: the ledger is the outbox, an event's ref is the key of its workflows.

What a room's `tasks.py` declares runs here. A workflow carries a step's name and a sequence number only, as JSON.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Event

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos._serialization import DBOSPortableJSONSerializer
from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, connections
from django.db.utils import DatabaseError
from django.utils.module_loading import module_has_submodule

from lianzao.ledger import following
from lianzao.ledger.sealing import seal

log = logging.getLogger("lianzao.worker")
READER = "workflows"
PAUSE = 0.2  # seconds between looks at the ledger


def launch(name: str) -> None:
    """Start the durable executor under a stable `name`: a worker that comes back resumes its own workflows."""
    collect()
    config: DBOSConfig = {
        "name": "lianzao",
        "application_version": "1",
        "executor_id": name,
        "enable_otlp": False,
        "log_level": "WARNING",
        "max_executor_threads": 8,
        "serializer": DBOSPortableJSONSerializer(),
    }
    url = settings.DATABASE_URL
    if url.startswith("sqlite"):
        path = Path(settings.DATABASES["default"]["NAME"])
        steps = f"sqlite:///{path.with_name('workflows.db')}"
        config["system_database_url"] = steps
        config["system_database_engine"] = _sqlite_engine(steps)
    else:
        config["system_database_url"] = "postgresql+psycopg://" + url.split("://", 1)[1]
    DBOS(config=config)
    DBOS.launch()


def collect() -> None:
    """Load every room's `tasks.py`, so that its steps and timers are declared."""
    for app in apps.get_app_configs():
        if app.name.startswith("lianzao.") and module_has_submodule(app.module, "tasks"):
            import_module(f"{app.name}.tasks")
    if unknown := following.unknown_kinds():
        raise ValueError(f"steps follow kinds that no room declares: {unknown}")


def run(stop: Event) -> None:
    """Seal, hand over, tick, until `stop` is set. A database that is away for a moment is tried again."""
    due = dict.fromkeys(following.TIMERS, 0.0)
    ticking: dict[str, Future[None]] = {}
    with ThreadPoolExecutor(4, thread_name_prefix="timer") as pool:
        while not stop.is_set():
            try:
                seal()
                hand_over()
            except DatabaseError:
                log.exception("the ledger could not be read")
                close_old_connections()
                stop.wait(1)
            for name, timer in following.TIMERS.items():
                idle = name not in ticking or ticking[name].done()
                if idle and time.monotonic() >= due[name]:
                    due[name] = time.monotonic() + timer.seconds
                    ticking[name] = pool.submit(_tick, timer)
            stop.wait(PAUSE)


def hand_over() -> None:
    """Start the workflows of newly sealed events; one that another worker started under the same id runs once."""
    for event in following.pending(READER):
        for step in following.steps_for(event.kind):
            with SetWorkflowID(f"{step}#{event.ref}"):
                DBOS.start_workflow(follow, step, event.seq)
        following.advance(READER, event.seq)


def stop() -> None:
    DBOS.destroy(workflow_completion_timeout_sec=5)


@DBOS.workflow()
def follow(step: str, seq: int) -> None:
    perform(step, seq)


@DBOS.step(retries_allowed=True, max_attempts=6, interval_seconds=0.5, backoff_rate=3)
def perform(step: str, seq: int) -> None:
    """One follower's step on one event, in a thread of the executor."""
    close_old_connections()
    try:
        following.STEPS[step][1](following.event(seq))
    finally:
        connections.close_all()


def _tick(timer: following.Timer) -> None:
    close_old_connections()
    try:
        timer.tick()
    except Exception:  # a timer comes again; what it could not do is in the log
        log.exception("timer failed", extra={"timer": timer.name})
    finally:
        connections.close_all()


def _sqlite_engine(url: str) -> sqlalchemy.Engine:
    """DBOS sets no journal mode of its own; without WAL each step takes seven times as long."""
    engine = sqlalchemy.create_engine(url, pool_size=10)

    @sqlalchemy.event.listens_for(engine, "connect")
    def pragmas(connection, _record):  # type: ignore[no-untyped-def]
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
