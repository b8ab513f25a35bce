from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from lianzao.aas import create_app
from lianzao.aas.server import encode
from tests.aas.cast import NAMES, Get, World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(world: World) -> TestClient:
    app = create_app(world, names=NAMES, now=lambda: datetime(2026, 3, 2, tzinfo=UTC), session_cookie="sid")
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def get(client: TestClient) -> Get:
    """Asks as somebody (`who`), with `ids` put into the address as the interface wants them."""

    def ask(address: str, *ids: str, who: str | None = "owner", **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {who}"} if who else {}
        return client.get(address.format(*map(encode, ids)), headers=headers, **more)

    return ask
