"""The shapes of the flow's answers, for OpenAPI."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema

EXAMPLE_REQUEST: dict[str, Any] = {
    "item": "LA-80",
    "quantity": 4,
    "options": {"guide": "guide-stainless"},
    "deliver_to": {"country": "DE", "place": "Stuttgart"},
}


class PriceLine(Schema):
    kind: str = Field(examples=["run"])
    amount: str = Field(examples=["812.40"])


class PriceAnswer(Schema):
    lines: list[PriceLine]
    net: str = Field(examples=["5601.42"])
    tax: str = Field(examples=["1064.27"])
    currency: str = Field(examples=["EUR"])
    rate: list[dict[str, str]] | None = None
    incoterm: str = Field(examples=["DAP"])
    place: str = Field(examples=["Stuttgart"])
    payment: str = Field(examples=["30 days net"])
    valid_until: str


class OperationAnswer(Schema):
    operation: str = Field(examples=["LA-80/10"])
    kind: str | None = None
    name: dict[str, str] | None = None
    owner: str | None = None
    site: str | None = None
    resource: str | None = None
    start: str | None = None
    end: str | None = None


class Promise(Schema):
    kind: str = Field(examples=["inquiry"])
    price: PriceAnswer | None = None
    ready: str
    promised: str
    p50: str
    p90: str
    assumed: list[str]
    reason: list[dict[str, str]]
    operations: list[OperationAnswer]
    took_ms: float | None = None


class Seller(Schema):
    name: str
    address: str
    tax_id: str


class Agreed(Schema):
    owner: str | None = None
    state: str
    because: str | None = None
    calendar_unconfirmed: bool | None = None
    until: str | None = None
    answered_at: str | None = None


class QuoteAnswer(Schema):
    """A quote; for an owner who is asked, `kind` is *question* and only `questions` are there."""

    kind: str
    ref: str
    state: str
    price: PriceAnswer | None = None
    ready: str | None = None
    promised: str | None = None
    p50: str | None = None
    p90: str | None = None
    assumed: list[str] | None = None
    reason: list[dict[str, str]] | None = None
    operations: list[OperationAnswer] | None = None
    request: dict[str, Any] | None = None
    expires_at: str | None = None
    seller: Seller | None = None
    agreed: list[Agreed] | None = None
    questions: list[dict[str, str]] | None = None


class Accepted(Schema):
    order: str
    number: str
    seller: Seller
    state: str
    promised: str


class Cancelled(Schema):
    order: str
    state: str
    fee: str
    currency: str
