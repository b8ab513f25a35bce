"""The shapes of aftercare's answers, for OpenAPI."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema

EXAMPLE_METER = "serial,at,hours\n2611-8D2F01AB-1,2026-11-30T23:00:00Z,412.5\n"
EXAMPLE_NEED: dict[str, Any] = {"text": "The bearing runs hot.", "kind": "maintenance"}


class Billed(Schema):
    net: str = Field(examples=["1980.00"])
    tax: str | None = None
    currency: str = Field(examples=["EUR"])


class MeteredProduct(Schema):
    product: str
    serial: str
    hours: float = Field(examples=[412.5])
    added: float
    restarts: list[str] | None = None
    billed: Billed | None = None


class Maintenance(Schema):
    job: str
    product: str
    serial: str
    number: int
    at_hours: int = Field(examples=[500])
    due: str
    state: str = Field(examples=["booked"])
    site: str | None = None
    resource: str | None = None
    starts: str | None = None
    ends: str | None = None
    done_at: str | None = None


class MeterAnswer(Schema):
    rows_read: int
    rows_used: int
    rows_left: dict[str, int]
    products: list[MeteredProduct]
    maintenance: list[Maintenance]


class ProductAnswer(Schema):
    product: str
    serial: str
    item: str
    name: dict[str, str]
    pieces: int
    order: str
    owner: str
    maker: str
    delivered_at: str


class Maker(Schema):
    name: str
    address: str


class Step(Schema):
    operation: str
    kind: str
    name: dict[str, str]
    maker: str | None = None
    site: str | None = None
    resource: str | None = None
    started_at: str | None = None
    finished_at: str | None = None
    good: int | None = None
    scrap: int | None = None


class Service(Schema):
    contract: str
    provider: str
    customer: str
    rate: str = Field(examples=["4.8"])
    currency: str
    threshold_hours: int
    starts: str
    ends: str
    source: str


class StatementHead(Schema):
    month: str = Field(examples=["2026-11"])
    state: str = Field(examples=["closed"])
    statement: str | None = None
    closed_at: str | None = None
    hours: float
    net: str
    currency: str
    tax: str | None = None
    tax_rate: str | None = None


class StatementLine(Schema):
    kind: str = Field(examples=["hours"])
    month: str
    amount: str
    hours: float | None = None
    job: str | None = None


class ReadingAnswer(Schema):
    reading: str
    at: str
    hours: float
    counted: float | None = None
    restarted: bool | None = None


class StatementAnswer(StatementHead):
    product: str
    serial: str
    contract: str
    rate: str
    lines: list[StatementLine]
    readings: list[ReadingAnswer]


class NeedAnswer(Schema):
    need: str
    product: str
    serial: str
    kind: str
    quantity: int
    text: str
    state: str
    reported_by: str
    reported_at: str
    item: str | None = None
    name: str | None = None
    request: dict[str, Any] | None = None
    answer: str | None = None
    answered_at: str | None = None
    quote: str | None = None


class References(Schema):
    request: dict[str, Any]
    quote: str
    order: str
    jobs: list[str]
    product: str
    readings: list[ReadingAnswer]
    statements: list[str]


class PassportAnswer(Schema):
    product: str
    serial: str
    item: str
    name: dict[str, str]
    pieces: int
    order: str
    owner: str
    maker: Maker
    delivered_at: str
    configuration: dict[str, Any]
    as_built: list[Step]
    service: Service | None = None
    hours: float | None = None
    read_at: str | None = None
    restarts: list[str] | None = None
    billed: Billed | None = None
    maintenance: list[Maintenance]
    statements: list[StatementHead]
    needs: list[NeedAnswer]
    references: References
