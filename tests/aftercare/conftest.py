import pytest

from lianzao.aftercare.models import Product
from tests.aftercare.life import Life
from tests.cast import Cast

DAY = 86_400


@pytest.fixture
def life(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Life:
    return Life.begin(cast, monkeypatch)


@pytest.fixture
def product(life: Life) -> Product:
    """An axis under a contract per operating hour, delivered 100 days ago as the clock now stands."""
    made = life.delivered()
    life.at(made.delivered_at + 100 * DAY)
    return made
