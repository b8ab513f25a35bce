"""The account of a product: what its meter counted, what was billed for it, and what is still open, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import prefetch_related_objects

from lianzao.aftercare import billing
from lianzao.aftercare.billing import Line
from lianzao.aftercare.counting import Reading, Span, spans, total, under_contract
from lianzao.aftercare.models import MaintenanceJob, MeterReading, Product, ServiceContract, Statement
from lianzao.base import clock
from lianzao.catalog.rates import NoPublicRate, Rates


@dataclass(frozen=True)
class Month:
    """A month's statement: closed (`row`), or as it would be billed now."""

    month: str
    lines: Sequence[Line]
    contract: ServiceContract
    row: Statement | None = None

    @property
    def currency(self) -> str:
        return self.contract.currency

    @cached_property
    def tax_rate(self) -> Decimal | None:
        """Looked up for an open month only when asked for."""
        return self.row.tax_rate if self.row else tax_rate(self.contract, self.month)

    @property
    def hours(self) -> Decimal:
        return sum((line.hours for line in self.lines), Decimal("0.000"))

    @property
    def net(self) -> Decimal:
        return billing.net(self.lines, self.currency)

    @property
    def tax(self) -> Decimal | None:
        return billing.tax(self.net, self.tax_rate, self.currency)


@dataclass(frozen=True, slots=True)
class Account:
    """`spans` are the hours between `readings`, one each, in order of time."""

    product: Product
    contract: ServiceContract | None
    readings: Sequence[MeterReading]
    spans: Sequence[Span]
    closed: Sequence[Statement]
    jobs: Sequence[MaintenanceJob]

    @property
    def hours(self) -> Decimal:
        return total(self.spans)


def accounts(products: Sequence[Product], *, billed: bool = True) -> dict[int, Account]:
    """The accounts of `products`, by id; without `billed` those of hours and maintenance alone, no closed statement.

    Three queries, and one for each of contract, provider and customer that did not come with the products.
    """
    prefetch_related_objects(products, "contract__provider", "contract__customer")
    contracts = {product.id: product.contract for product in products if hasattr(product, "contract")}
    readings: dict[int, list[MeterReading]] = defaultdict(list)
    for reading in MeterReading.objects.filter(product__in=products).order_by("at"):
        readings[reading.product_id].append(reading)
    closed: dict[int, list[Statement]] = defaultdict(list)
    for statement in Statement.objects.filter(contract__in=contracts.values()).order_by("month") if billed else ():
        closed[statement.contract_id].append(statement)
    jobs: dict[int, list[MaintenanceJob]] = defaultdict(list)
    made = MaintenanceJob.objects.filter(contract__in=contracts.values()).order_by("number")
    for job in made.select_related("contract__product", "resource__work_centre__site"):
        jobs[job.contract_id].append(job)
    return {product.id: _account(product, contracts, readings, closed, jobs) for product in products}


def _account(
    product: Product,
    contracts: dict[int, ServiceContract],
    readings: dict[int, list[MeterReading]],
    closed: dict[int, list[Statement]],
    jobs: dict[int, list[MaintenanceJob]],
) -> Account:
    contract = contracts.get(product.id)
    rows = readings[product.id]
    return Account(
        product=product,
        contract=contract,
        readings=rows,
        spans=spans((Reading(row.at, row.hours) for row in rows), since=product.delivered_at),
        closed=closed[contract.id] if contract else (),
        jobs=jobs[contract.id] if contract else (),
    )


def statements(account: Account, *, now: int) -> list[Month]:
    """All statements of a contract so far: those closed, then the open ones as they stand."""
    contract = account.contract
    if contract is None:
        return []
    closed = [Month(row.month, billing.from_json(row.lines), contract, row) for row in account.closed]
    counted = counted_months(account, contract)
    last = max([billing.month_of(now), *counted])
    open_months = [open_month(account, contract, counted, month) for month in billing.months(contract.next_month, last)]
    ends = billing.month_of_reading(contract.ends)
    return closed + [month for month in open_months if month.lines or month.month <= ends]


def counted_months(account: Account, contract: ServiceContract) -> dict[str, Decimal]:
    """The hours that the contract pays for, by month."""
    return billing.hours_by_month(under_contract(account.spans, starts=contract.starts, ends=contract.ends))


def open_month(account: Account, contract: ServiceContract, counted: dict[str, Decimal], month: str) -> Month:
    """A month that is not closed, as it would be billed now."""
    found = billing.lines(
        month,
        counted,
        {row.month: billing.from_json(row.lines) for row in account.closed},
        [str(job.ref) for job in account.jobs if billing.month_of(job.made_at) == month],
        first_open=month == contract.next_month,
        rate=contract.rate,
        currency=contract.currency,
    )
    return Month(month, found, contract)


def tax_rate(contract: ServiceContract, month: str) -> Decimal | None:
    """The tax of the month's first day where both sides are in one country; across borders the customer owes it."""
    if contract.provider.country != contract.customer.country:
        return None
    day: date = clock.at(billing.begins(month)).date()
    try:
        return Rates(day).tax(contract.provider.country, contract.customer.country).rate
    except NoPublicRate:
        return None


def billed(found: Iterable[Month]) -> tuple[Decimal, Decimal | None]:
    """Net and tax of all statements; no tax where none of them has any."""
    rows = list(found)
    taxes = [row.tax for row in rows if row.tax is not None]
    return sum((row.net for row in rows), Decimal("0.00")), sum(taxes, Decimal("0.00")) if taxes else None
