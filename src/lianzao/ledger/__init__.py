"""Append-only events, sealed in order after their commit: the audit trail, and what followers read."""
