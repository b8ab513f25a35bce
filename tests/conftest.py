"""What tests share: a home of their own, and a small cast that everyone knows by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Two firms make an axis together, a buyer buys it, a rival looks on, the operator runs the network."""
    return Cast.create()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; tests on it are skipped where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.exists():
        pytest.skip("the real data do not lie beside the project")
    return folder
