"""The commands about a shop's past: import, undo, replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from lianzao.node.cli.tour import cli
from tests.production.joblog.logs import file, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(tmp_path: Path) -> str:
    path = tmp_path / "log.csv"
    path.write_bytes(file(shop(80)))
    return str(path)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def said(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refused(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    problem: dict[str, Any] = json.loads(result.stderr)
    assert set(problem) >= {"type", "title", "status", "code", "at", "accepted"}
    return problem


def test_a_log_is_imported_once_promised_from_and_taken_back(log: str, tmp_path: Path) -> None:
    told = said("import", "joblog", log, "--site", "Hall")
    assert set(told) == {
        "site", "resources", "parts", "routings", "rows_read", "rows_used", "rows_left", "import_id",
    }  # fmt: skip
    assert said("import", "joblog", log, "--site", "Hall") == told
    asked = tmp_path / "request.json"
    asked.write_text(json.dumps({"site": "Hall", "item": "Shaft", "quantity": 10, "as_of": "2021-04-01"}))
    assert said("promise", str(asked))["kind"] == "inquiry"
    assert said("import", "joblog", "--undo", told["import_id"])["undone"] is True
    assert refused("import", "joblog", "--undo", told["import_id"])["code"] == "not-found"


def test_a_log_is_replayed(log: str) -> None:
    told = said("replay", "joblog", log, "--from", "2021-03-10", "--to", "2021-03-31")
    assert set(told) == {"orders", "total", "took_s"}
    assert all("2021-03-10" <= order["released"][:10] <= "2021-03-31" for order in told["orders"])


@pytest.mark.parametrize(
    ("words", "at"),
    [
        (("import", "joblog"), "site"),
        (("import", "joblog", "{log}"), "site"),
        (("import", "joblog", "{log}", "--undo", "x"), "undo"),
        (("import", "joblog", "--undo", "x"), "import"),
        (("import", "joblog", "/nowhere.csv", "--site", "Hall"), "file"),
        (("replay", "joblog", "{log}", "--from", "2021-02-30"), "from"),
    ],
)
def test_a_wrong_command_is_one_refusal(log: str, words: tuple[str, ...], at: str) -> None:
    assert refused(*(log if word == "{log}" else word for word in words))["at"] == at
