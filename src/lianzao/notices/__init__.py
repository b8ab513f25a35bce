"""What people are told: an inbox, filled by following the ledger."""
