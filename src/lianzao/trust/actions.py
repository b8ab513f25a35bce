"""Changing who is who: organisations, people, roles, tokens, disclosure. Each is one use case."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from lianzao.base import clock
from lianzao.ledger.events import append
from lianzao.trust import events
from lianzao.trust.levels import Level
from lianzao.trust.models import Disclosure, Group, Membership, NetworkRole, Organisation, Token, User
from lianzao.trust.queries import token_hash
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case


@use_case
def create_organisation(*, name: str, country: str, actor: Viewer, **details: str | bool) -> Organisation:
    organisation = Organisation.objects.create(name=name, country=country, **details)
    append(events.ORGANISATION_CREATED, subject=organisation.ref, actor=actor.ref, at=clock.now(), country=country)
    return organisation


@use_case
def create_user(*, login: str, name: str, language: str, password: str | None, actor: Viewer) -> User:
    """A person who can sign in; without a password only by a token made on this machine."""
    user = User(login=login, name=name, language=language)
    user.set_password(password)
    user.save()
    append(events.USER_CREATED, subject=user.ref, actor=actor.ref, at=clock.now())
    return user


@use_case
def give_role(*, user: User, organisation: Organisation, role: str, actor: Viewer) -> None:
    Membership.objects.update_or_create(user=user, organisation=organisation, defaults={"role": role})
    append(
        events.ROLE_GIVEN,
        subject=user.ref,
        actor=actor.ref,
        at=clock.now(),
        organisation=str(organisation.ref),
        role=role,
    )


@use_case
def give_network_role(*, user: User, role: str, actor: Viewer) -> None:
    NetworkRole.objects.get_or_create(user=user, role=role)
    append(events.ROLE_GIVEN, subject=user.ref, actor=actor.ref, at=clock.now(), organisation=None, role=role)


@use_case
def give_token(*, user: User, hours: int, actor: Viewer) -> tuple[str, datetime]:
    """A new bearer token and its end; only the hash is kept, so it is shown once."""
    token, expires = secrets.token_urlsafe(32), clock.now() + timedelta(hours=hours)
    Token.objects.create(user=user, hash=token_hash(token), expires_at=expires)
    append(events.TOKEN_GIVEN, subject=user.ref, actor=actor.ref, at=clock.now(), expires_at=clock.iso(expires))
    return token, expires


@use_case
def disclose(
    *,
    owner: Organisation,
    audience: str,
    level: Level,
    actor: Viewer,
    group: Group | None = None,
    firm: Organisation | None = None,
) -> None:
    """Let an audience see the owner's calendar at `level`; replaces what was said of this audience before."""
    Disclosure.objects.update_or_create(
        owner=owner, audience=audience, group=group, firm=firm, defaults={"level": int(level)}
    )
    append(
        events.DISCLOSED,
        subject=owner.ref,
        actor=actor.ref,
        at=clock.now(),
        audience=audience,
        group=group.id if group else None,
        firm=str(firm.ref) if firm else None,
        level=int(level),
    )
