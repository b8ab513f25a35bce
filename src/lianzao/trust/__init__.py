"""Identities, organisations, roles, the viewer and what owners disclose to whom."""
