"""The shapes of production's answers, for OpenAPI."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class JobAnswer(Schema):
    ref: str
    operation: str = Field(examples=["LA-80/10"])
    name: dict[str, str]
    kind: str
    state: str
    pieces: int
    good: int
    scrap: int
    starts: str
    ends: str
    resource: str | None = None
    site: str | None = None
    started_at: str | None = None
    finished_at: str | None = None


class OrderAnswer(Schema):
    """An order, or (`kind` is *sub-order*) one's share in another seller's order."""

    order: str
    number: str
    kind: str | None = None
    quote: str | None = None
    buyer: str | None = None
    seller: str
    state: str
    item: str
    quantity: int
    net: str
    currency: str
    ready: str | None = None
    promised: str
    forecast: str | None = None
    accepted_at: str | None = None
    buyer_number: str | None = None
    cause: dict[str, Any] | None = None
    delivered_at: str | None = None
    kept: bool | None = None
    sub_orders: list[dict[str, str]] | None = None
    jobs: list[JobAnswer]


class ImportAnswer(Schema):
    """What an import learnt; `rows_read` is `rows_used` and all `rows_left` together."""

    site: str
    resources: int
    parts: int
    routings: int
    rows_read: int
    rows_used: int
    rows_left: dict[str, int] = Field(examples=[{"finish-before-start": 2}])
    import_id: str


class UndoneAnswer(ImportAnswer):
    undone: bool
