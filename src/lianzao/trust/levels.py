"""How much of its calendar an owner shows (DESIGN: disclosure levels), from nothing to all."""

from enum import IntEnum


class Level(IntEnum):
    """Ordered: a higher level shows what the lower ones show, and more."""

    NOTHING = 0
    ANSWERS_ONLY = 1
    FREE_TIME_BUCKETS = 2
    FULL_CALENDAR = 3
