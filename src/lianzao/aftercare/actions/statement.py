"""Closing months: what was billed stays as billed."""

from __future__ import annotations

import hashlib

import rfc8785

from lianzao.aftercare import billing, events
from lianzao.aftercare.accounts import accounts, counted_months, open_month
from lianzao.aftercare.models import ServiceContract, Statement
from lianzao.base import clock
from lianzao.ledger.events import append
from lianzao.web.transactions import use_case


def close_months(*, now: int | None = None) -> int:
    """Close every month that is over and has waited for its last readings; how many statements that made.

    `now` (seconds UTC) is the clock's unless given, which lets a past be told again.
    """
    moment = clock.seconds() if now is None else now
    due = ServiceContract.objects.filter(next_month__lt=billing.month_of(moment - billing.CLOSES_AFTER))
    made = 0
    for contract in due.order_by("id").values_list("id", flat=True):
        while (closed := _close(contract_id=contract, now=moment)) is not None:
            made += closed
    return made


@use_case
def _close(*, contract_id: int, now: int) -> int | None:
    """Close the contract's next month: 1 with a statement, 0 with nothing to state; None while it is open."""
    ServiceContract.objects.select_for_update().get(id=contract_id)
    contract = ServiceContract.objects.select_related("product").get(id=contract_id)
    month = contract.next_month
    if not billing.closable(month, now=now):
        return None
    account = accounts([contract.product])[contract.product_id]
    assert account.contract is not None  # noqa: S101 - it is this one
    stated = open_month(account, account.contract, counted_months(account, contract), month)
    contract.next_month = billing.following(month)
    contract.save(update_fields=["next_month"])
    if not stated.lines and month > billing.month_of_reading(contract.ends):
        return 0
    lines = billing.to_json(stated.lines)
    row = Statement.objects.create(contract=contract, month=month, lines=lines, tax_rate=stated.tax_rate, closed_at=now)
    append(
        events.STATEMENT_CLOSED,
        subject=row.ref,
        actor=None,
        at=now,
        product=str(contract.product.ref),
        month=month,
        hours=str(stated.hours),
        net=str(stated.net),
        currency=contract.currency,
        lines_hash=hashlib.sha256(rfc8785.dumps(lines)).hexdigest(),
    )
    return 1
