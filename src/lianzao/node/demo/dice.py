"""Chance that is the same for the same seed, whatever else was drawn before."""

from __future__ import annotations

import random


def dice(*of: object) -> random.Random:
    """The draws `of` something: a seed and what they are for."""
    return random.Random("/".join(map(str, of)))  # noqa: S311 - a demo's figures, nothing secret
