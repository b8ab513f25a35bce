"""Identifiers and cursors as they stand in addresses: base64url, with or without padding."""

from __future__ import annotations

import base64
import binascii

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

LONGEST = 4096


class BadRequest(Refused):
    """A parameter that cannot be what it should."""

    code = "bad-request"
    status = 400
    text = _("This request cannot be read.")


def encode(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(encoded: str, *, at: str) -> str:
    """The text behind `encoded`; one text has one encoding, padding apart.

    Raises BadRequest when it is not base64url of UTF-8, or longer than any identifier.
    """
    bare = encoded.rstrip("=")
    try:
        if len(encoded) > LONGEST or len(encoded) - len(bare) not in (0, -len(bare) % 4):
            raise ValueError
        text = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True).decode()
        if not text or encode(text) != bare:
            raise ValueError
    except (ValueError, binascii.Error):
        raise BadRequest(
            _("“{name}” is not an identifier in base64url."),
            at=at,
            accepted=_("the identifier as UTF-8 in base64url, with or without padding"),
            name=at,
        ) from None
    return text
