"""What happens here, for the ledger."""

from lianzao.ledger.kinds import kind

LOADED = kind("node.demo.loaded", "asked", "counts")
ORDERED = kind("node.demo.ordered", "orders")
