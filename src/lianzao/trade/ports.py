"""What trade asks of the rooms above, in its own transaction; `production` fills this port when it is loaded."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Protocol

from lianzao.trade.models import Order
from lianzao.trade.solution import Slot


class JobOrders(Protocol):
    def open_for(self, order: Order, slots: Sequence[Slot], *, now: int) -> None:
        """Make the job orders of an accepted order."""

    def cancel_for(self, order: Order, *, actor: uuid.UUID, now: int) -> float:
        """Cancel what is not done yet; the share of the work already done (0 to 1)."""


class _Unfilled:
    """Before `production` is loaded there is nobody to make the work."""

    def open_for(self, order: Order, slots: Sequence[Slot], *, now: int) -> None:
        raise RuntimeError("no room fills the port trade.ports.job_orders")

    def cancel_for(self, order: Order, *, actor: uuid.UUID, now: int) -> float:
        raise RuntimeError("no room fills the port trade.ports.job_orders")


class _Ports:
    job_orders: JobOrders = _Unfilled()


ports = _Ports()
