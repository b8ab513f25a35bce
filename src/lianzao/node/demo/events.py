"""What happens here, for the ledger."""

import uuid

from lianzao.ledger.kinds import kind

DEMO = uuid.UUID("0198d2a0-0000-7000-8000-000000000004")  # what these events are about: the demo as a whole
LOADED = kind("node.demo.loaded", "asked", "counts")
ORDERED = kind("node.demo.ordered", "counts")
