"""What happens here, for the ledger."""

from lianzao.ledger.kinds import kind

JOBS_OPENED = kind("production.jobs.opened", "jobs")
JOBS_CANCELLED = kind("production.jobs.cancelled", "jobs")
REPORTED = kind("production.job.reported", "order", "event", "good", "scrap", "reason")
REPLANNED = kind("production.order.replanned", "jobs", "arrival")
LOG_IMPORTED = kind("production.log.imported", "site", "rows", "resources", "parts", "routings")
LOG_TAKEN_BACK = kind("production.log.taken-back", "site", "rows")
