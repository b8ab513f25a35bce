"""The build of the front end: what it may rest on."""

import json
from pathlib import Path

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"


def test_the_lock_names_no_addresses() -> None:
    assert "://" not in (FRONTEND / "package-lock.json").read_text("utf-8")


def test_every_package_is_pinned_by_its_hash() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]
    assert not [name for name, package in packages.items() if name and "integrity" not in package]


def test_components_take_their_colours_from_the_tokens() -> None:
    """One place for values: a colour written in a component would not follow the dark scheme."""
    for sheet in ("parts.css", "forms.css", "shell.css"):
        rules = (FRONTEND / "css" / sheet).read_text("utf-8").replace("#0000", "")
        screen = rules.split("@media print")[0]
        assert "#" not in screen, sheet
