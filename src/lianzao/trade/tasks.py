"""What trade does a moment later: a hold that ran out ends its quote, in silence or by its clock."""

from __future__ import annotations

from lianzao.base import clock
from lianzao.capacity import holds
from lianzao.ledger.events import append
from lianzao.ledger.following import every
from lianzao.trade import events
from lianzao.trade.models import Consent, Quote
from lianzao.web.transactions import use_case


@every(5)
def tidy_expired_holds() -> None:
    while holds.sweep():
        pass


@every(5)
def end_quotes_whose_time_is_over() -> None:
    over = Quote.objects.filter(state__in=(Quote.State.HELD, Quote.State.ASKED), expires__lte=clock.seconds())
    for quote in over.values_list("id", flat=True)[:200]:
        _end(quote)


@use_case
def _end(quote_id: int) -> None:
    quote = Quote.objects.select_for_update().get(id=quote_id)
    now = clock.seconds()
    if quote.state not in {Quote.State.HELD, Quote.State.ASKED} or quote.expires > now:
        return
    silent = quote.consents.filter(state=Consent.State.ASKED).update(state=Consent.State.SILENT, answered_at=now)
    quote.state = Quote.State.EXPIRED
    quote.save(update_fields=["state"])
    append(events.QUOTE_OVER, subject=quote.ref, actor=None, at=now, why="silence" if silent else "expired")
