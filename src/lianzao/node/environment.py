"""The settings of a node: one table of name, kind, default and help, read from the environment only."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadSetting(Exception):  # noqa: N818 - shown as it stands
    """Raised at start when a setting cannot be used; the text says what would be accepted."""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    read: Callable[[str], Any]
    default: str
    help: str
    accepted: str


def _positive(text: str) -> int:
    value = int(text)
    if value <= 0:
        raise ValueError
    return value


def _port(text: str) -> int:
    value = int(text)
    if not 0 < value < 65536:
        raise ValueError
    return value


def _database(text: str) -> str:
    if not re.match(r"^(sqlite:///.+|postgres(ql)?://.+)$", text):
        raise ValueError
    return text


def _percentile(text: str) -> float:
    value = float(text)
    if not 0.5 <= value < 1:
        raise ValueError
    return value


SETTINGS = (
    Setting("LIANZAO_HOME", Path, "var", "Folder of the data, the keys and the log.", "a folder"),
    Setting(
        "DATABASE_URL",
        _database,
        "",
        "Where everything is kept; empty means the SQLite file data/lianzao.db in LIANZAO_HOME.",
        "sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME",
    ),
    Setting("PORT", _port, "8000", "Port of the web address; the next free one is taken if it is busy.", "1 to 65535"),
    Setting(
        "QUOTE_HOLD_MINUTES", _positive, "30", "How long a quote's reservation stands after the last yes.", "minutes"
    ),
    Setting("ANSWER_WORKING_DAYS", _positive, "2", "Working days an owner has to answer when asked.", "days"),
    Setting("PROMISE_QUANTILE", _percentile, "0.9", "The certainty of the promised date.", "0.5 to below 1"),
    Setting("CALENDAR_CONFIRMED_DAYS", _positive, "7", "Days after which a calendar must be confirmed again.", "days"),
    Setting("PLAN_HORIZON_DAYS", _positive, "240", "How far ahead promises look.", "days"),
    Setting("TOKEN_HOURS", _positive, "12", "How long a token of `lianzao token` is valid.", "hours"),
)


def read(environ: dict[str, str] | None = None) -> dict[str, Any]:
    """Every setting's value.

    Raises BadSetting naming the setting and what would be accepted.
    """
    source = os.environ if environ is None else environ
    values = {}
    for setting in SETTINGS:
        text = source.get(setting.name, "") or setting.default
        try:
            values[setting.name] = setting.read(text) if text else ""
        except ValueError:
            raise BadSetting(f"{setting.name}={text!r} cannot be used; accepted: {setting.accepted}") from None
    return values
