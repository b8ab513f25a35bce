"""The guards in the database: no overbooking, no booking moved in place, no capacity below what is booked.

One set for both databases, installed after every migrate (SQLite drops a table's triggers when a migration remakes it)
and asked for by name at start-up, by `verify` and by `restore`. An exclusion constraint cannot count, and pools hold
more than one, hence triggers. On PostgreSQL raising `plan_version` is also the lock that orders a resource's bookings.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

PEAK = """
SELECT COALESCE(MAX(load), 0) FROM (
  SELECT (SELECT COALESCE(SUM(b.units), 0) FROM capacity_booking b
          WHERE b.resource_id = {resource} AND b.ends > p.moment AND b.starts <= p.moment) AS load
  FROM (SELECT {starts} AS moment UNION
        SELECT o.starts FROM capacity_booking o
        WHERE o.resource_id = {resource} AND o.ends > {starts} AND o.starts > {starts} AND o.starts < {ends}) p) l
"""
NEW_PEAK = PEAK.format(resource="NEW.resource_id", starts="NEW.starts", ends="NEW.ends")
ALL_PEAK = """
SELECT COALESCE(MAX(load), 0) FROM (
  SELECT (SELECT SUM(b.units) FROM capacity_booking b
          WHERE b.resource_id = NEW.id AND b.starts <= o.starts AND b.ends > o.starts) AS load
  FROM capacity_booking o WHERE o.resource_id = NEW.id) l
"""
MOVED = (
    "NEW.starts <> OLD.starts OR NEW.ends <> OLD.ends OR NEW.resource_id <> OLD.resource_id OR NEW.units <> OLD.units"
)

SQLITE = {
    "no_overbooking": f"""CREATE TRIGGER no_overbooking BEFORE INSERT ON capacity_booking BEGIN
        UPDATE network_resource SET plan_version = plan_version + 1 WHERE id = NEW.resource_id;
        SELECT RAISE(ABORT, 'no_overbooking') WHERE ({NEW_PEAK}) + NEW.units >
          (SELECT capacity FROM network_resource WHERE id = NEW.resource_id); END""",
    "bookings_never_move": f"""CREATE TRIGGER bookings_never_move BEFORE UPDATE ON capacity_booking WHEN {MOVED} BEGIN
        SELECT RAISE(ABORT, 'bookings_never_move'); END""",
    "freed_time_counts": """CREATE TRIGGER freed_time_counts AFTER DELETE ON capacity_booking BEGIN
        UPDATE network_resource SET plan_version = plan_version + 1 WHERE id = OLD.resource_id; END""",
    "capacity_holds_bookings": f"""CREATE TRIGGER capacity_holds_bookings BEFORE UPDATE OF capacity ON network_resource
        WHEN NEW.capacity < OLD.capacity BEGIN
        SELECT RAISE(ABORT, 'capacity_holds_bookings') WHERE ({ALL_PEAK}) > NEW.capacity; END""",
}


def _function(name: str, body: str, declare: str = "") -> str:
    return f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $guard$ {declare} BEGIN {body} END
        $guard$ LANGUAGE plpgsql"""


POSTGRESQL = {
    "no_overbooking": (
        _function(
            "no_overbooking",
            f"""UPDATE network_resource SET plan_version = plan_version + 1 WHERE id = NEW.resource_id
                  RETURNING capacity INTO room;
                IF ({NEW_PEAK}) + NEW.units > room THEN
                  RAISE EXCEPTION 'no_overbooking' USING ERRCODE = 'exclusion_violation'; END IF;
                RETURN NEW;""",
            "DECLARE room integer;",
        ),
        "BEFORE INSERT ON capacity_booking",
    ),
    "bookings_never_move": (
        _function(
            "bookings_never_move",
            f"""IF {MOVED} THEN
                RAISE EXCEPTION 'bookings_never_move' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;""",
        ),
        "BEFORE UPDATE ON capacity_booking",
    ),
    "freed_time_counts": (
        _function(
            "freed_time_counts",
            "UPDATE network_resource SET plan_version = plan_version + 1 WHERE id = OLD.resource_id; RETURN OLD;",
        ),
        "AFTER DELETE ON capacity_booking",
    ),
    "capacity_holds_bookings": (
        _function(
            "capacity_holds_bookings",
            f"""IF NEW.capacity < OLD.capacity AND ({ALL_PEAK}) > NEW.capacity THEN
                RAISE EXCEPTION 'capacity_holds_bookings' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;""",
        ),
        "BEFORE UPDATE OF capacity ON network_resource",
    ),
}
TABLES = {name: ("network_resource" if name == "capacity_holds_bookings" else "capacity_booking") for name in SQLITE}


class GuardMissing(Refused):
    code = "guard-missing"
    status = 503
    text = _("The database lost its guard against overbooking: {names}.")
    hint = _("run `lianzao up` or `lianzao doctor --repair`, which put it back")


def install(**_signal: Any) -> None:
    """Put every guard in place; to be run after each migrate."""
    remove()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in SQLITE.values():
                cursor.execute(statement)
            return
        for name, (function, when) in POSTGRESQL.items():
            cursor.execute(function)
            cursor.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()")


def remove() -> None:
    """Take the guards away: for putting them back, and for the tests that show what they are good for."""
    with connection.cursor() as cursor:
        for name, table in TABLES.items():
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing() -> list[str]:
    """The names of guards that are not there."""
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        there = {row[0] for row in cursor.fetchall()}
    return sorted(set(SQLITE) - there)


def require() -> None:
    """Raises GuardMissing when a guard is not there."""
    if names := missing():
        raise GuardMissing(names=", ".join(names))
