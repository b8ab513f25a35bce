"""What happens here, for the ledger."""

from lianzao.ledger.kinds import kind

PRODUCTS_MADE = kind("aftercare.products.made", "products", "item", "pieces", "contracts")
METER_READ = kind("aftercare.meter.read", "readings", "added", "hours", "restarts")
MAINTENANCE_DUE = kind("aftercare.maintenance.due", "product", "number", "due")
MAINTENANCE_BOOKED = kind("aftercare.maintenance.booked", "product", "number", "starts", "ends")
MAINTENANCE_DONE = kind("aftercare.maintenance.done", "product", "number")
STATEMENT_CLOSED = kind("aftercare.statement.closed", "product", "month", "hours", "net", "currency", "lines_hash")
NEED_REPORTED = kind("aftercare.need.reported", "product", "need", "item", "quantity")
NEED_ANSWERED = kind("aftercare.need.answered", "product", "quote")
