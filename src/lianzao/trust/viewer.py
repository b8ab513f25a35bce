"""The viewer: who asks, with what rights. Loaded once a request; every door is a predicate over it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from lianzao.base.messages import _
from lianzao.base.refusals import Forbidden, Refused


class SignIn(Refused):
    code = "sign-in-needed"
    status = 401
    text = _("Please sign in.")
    hint = _("a session, or a token from `lianzao token`")


WRITERS = frozenset({"admin", "editor"})
NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Viewer:
    """`roles` gives the role in each organisation (by id); `network_roles` those in the network.

    `organisation` is the one the viewer acts for: the first by id, of those where it may write if there are any;
    `country` is that of its first organisation.
    """

    ref: uuid.UUID = NOBODY
    login: str = ""
    language: str = "en"
    roles: dict[int, str] = field(default_factory=dict)
    network_roles: frozenset[str] = frozenset()
    groups: frozenset[int] = frozenset()
    partners_of: frozenset[int] = frozenset()
    country: str = ""

    @property
    def signed_in(self) -> bool:
        return self.ref != NOBODY

    @property
    def organisations(self) -> list[int]:
        return sorted(self.roles)

    @property
    def is_operator(self) -> bool:
        return "operator" in self.network_roles

    @property
    def organisation(self) -> int | None:
        writing = [key for key, role in self.roles.items() if role in WRITERS]
        return min(writing or self.roles, default=None)

    def required(self) -> Viewer:
        """This viewer, signed in.

        Raises SignIn.
        """
        if not self.signed_in:
            raise SignIn()
        return self

    def may_write_for(self, organisation: int) -> bool:
        return self.roles.get(organisation) in WRITERS

    def writing(self) -> int:
        """The organisation the viewer may act for.

        Raises SignIn, or Forbidden for a reader, a machinist or someone without an organisation.
        """
        self.required()
        if self.organisation is None or not self.may_write_for(self.organisation):
            raise Forbidden(accepted=_("an administrator or editor of an organisation"))
        return self.organisation
