"""The port: all that the AAS server needs from the platform behind it. The node fills it once.

Every answer is narrowed to what the asker may see. What he may not see is absent, exactly as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lianzao.aas.documents import AssetId, Facts, SubmodelId, Twin, TwinId
from lianzao.base.messages import _
from lianzao.base.refusals import Refused


class Unauthenticated(Refused):
    """Raised by the platform for a token or session that nobody holds; an asker without any is just anonymous."""

    code = "not-signed-in"
    status = 401
    text = _("This token is not valid.")
    hint = _("a bearer token that has not expired, or none")


@dataclass(frozen=True, slots=True)
class Token:
    """What the asker showed: a bearer token, or the session cookie of a page of the same origin. Never both."""

    bearer: str | None = None
    session: str | None = None

    def __repr__(self) -> str:
        """Without the secret, which would end in logs and tracebacks."""
        return f"Token({'bearer' if self.bearer is not None else 'session'})"


class Platform(Protocol):
    """Reads, synchronous: the server calls them in a thread. Any `Refused` they raise answers the request."""

    def shells(
        self, token: Token | None, *, limit: int, after: TwinId | None, asset_ids: Sequence[AssetId] = ()
    ) -> Sequence[Twin]:
        """At most `limit` visible twins past `after` that carry *all* `asset_ids`, ordered by `TwinId.place`.

        `after` is a place, not a thing: it need not exist any more, nor be visible.
        """
        ...

    def shell(self, id: TwinId, token: Token | None) -> Twin | None:
        """The twin `id`, if visible."""
        ...

    def submodel(self, id: SubmodelId, token: Token | None) -> Facts | None:
        """The facts of one part, if visible: already rounded to the level that the asker is granted."""
        ...
