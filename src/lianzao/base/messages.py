"""Texts for people: written once in English where they arise, translated where they are shown.

Rooms without Django mark a text with `_`; gettext finds it there, and the edge (`web`) translates and fills it.
"""


def _(text: str) -> str:
    """Mark `text` for translation. `{name}` in it is filled, after translation, from the facts beside it."""
    return text
