"""What production asks of the rooms above, in its own transaction: a delivered order becomes a product in use."""

from __future__ import annotations

from typing import Protocol

from lianzao.trade.models import Order


class Delivered(Protocol):
    def __call__(self, order: Order, *, now: int) -> None: ...


class _Ports:
    delivered: list[Delivered]

    def __init__(self) -> None:
        self.delivered = []


ports = _Ports()
