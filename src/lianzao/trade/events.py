"""What happens here, for the ledger."""

from lianzao.ledger.kinds import kind

QUOTED = kind("trade.quote.made", "seller", "net", "currency", "promised", "expires", "asked", "plan_hash")
ANSWERED = kind("trade.consent.answered", "owner", "answer", "price", "date")
QUOTE_READY = kind("trade.quote.agreed", "expires")
QUOTE_OVER = kind("trade.quote.over", "why")
ACCEPTED = kind("trade.quote.accepted", "order", "seller", "net", "currency", "promised", "sub_orders")
CANCELLED = kind("trade.order.cancelled", "fee", "currency")
FORECAST_MOVED = kind("trade.order.forecast-moved", "before", "forecast", "promised", "cause", "job")
DELIVERED = kind("trade.order.delivered", "promised", "kept")
CONSENT_RULE_CHANGED = kind("trade.consent-rule.changed", "mode")
