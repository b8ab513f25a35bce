"""References: what things are called outside. UUIDv7 (RFC 9562), so that they sort by birth and betray no count."""

import uuid

import uuid6

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed


def new_ref() -> uuid.UUID:
    return uuid.UUID(int=uuid6.uuid7().int)


def parse_ref(text: str, *, at: str = "ref") -> uuid.UUID:
    """The reference written as `text`.

    Raises Malformed when it is none.
    """
    try:
        return uuid.UUID(text)
    except (ValueError, AttributeError, TypeError):
        raise Malformed(
            _("“{text}” is not a reference."),
            at=at,
            accepted=_("a reference as it was given to you"),
            text=str(text)[:60],
        ) from None
