"""Many senders of one file at once: each hour is billed once, each threshold promised once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from lianzao.aftercare.models import MaintenanceJob, MeterReading, Product
from lianzao.capacity.models import Booking
from tests.aftercare.life import DAY, Life

ROWS = [(day, day * 20) for day in range(1, 31)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_senders_of_one_file_store_it_once(life: Life, product: Product) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("one connection at a time writes to SQLite in memory")

    def send(_number: int) -> int:
        try:
            return life.read(product, ROWS).used
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(send, range(8)))
    assert sum(used) == len(ROWS) == MeterReading.objects.count()
    [job] = MaintenanceJob.objects.all()
    assert job.due == product.delivered_at + 25 * DAY
    assert Booking.objects.filter(work=job.ref).count() == 1
