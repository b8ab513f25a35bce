"""A refusal: what was wrong, where, and what would be accepted (RFC 9457 on the API)."""

from __future__ import annotations

from typing import ClassVar

from lianzao.base.messages import _

Fact = str | int | float | bool | None | list[str]


class Refused(Exception):  # noqa: N818 - the domain's word
    """Raised by engines and actions when they will not do what was asked; nothing has changed then.

    `message` and `accepted` are English templates whose `{name}` fields are filled from `facts` after translation.
    `at` is a path into what was sent ("quantity", "options.motor", "row 17").
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    text: ClassVar[str] = _("This cannot be done.")
    hint: ClassVar[str] = ""

    def __init__(self, message: str = "", *, at: str = "", accepted: str = "", **facts: Fact) -> None:
        self.message = message or self.text
        self.at = at
        self.accepted = accepted or self.hint
        self.facts = facts
        super().__init__(self.in_english())

    def in_english(self) -> str:
        return filled(self.message, self.facts)


class Absent(Refused):
    """What is not there and what the viewer may not see answer alike."""

    code = "not-found"
    status = 404
    text = _("There is nothing here by this name that you may see.")


class Forbidden(Refused):
    code = "not-allowed"
    status = 403
    text = _("You may not do this.")


class Conflict(Refused):
    code = "conflict"
    status = 409
    text = _("This was changed by someone else in the meantime.")


class Malformed(Refused):
    code = "malformed"
    text = _("This cannot be read.")


def storable(text: str) -> bool:
    """Whether `text` can be kept and shown: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def filled(template: str, facts: dict[str, Fact]) -> str:
    """`template` with its `{name}` fields filled; a field without a fact stays as written."""
    return template.format_map(_Facts(facts))


class _Facts(dict[str, Fact]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
