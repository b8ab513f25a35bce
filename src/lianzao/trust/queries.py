"""Who asks, and what owners show him."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from django.db.models import Max, Q, Value

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refusals import Absent
from lianzao.trust.levels import Level
from lianzao.trust.models import Disclosure, Group, Membership, NetworkRole, Organisation, Partnership, Token, User
from lianzao.trust.viewer import Viewer

NOBODY = Viewer()


def viewer_of(user: User) -> Viewer:
    """All facts about a person that doors need; three short queries."""
    memberships = Membership.objects.filter(user=user).values_list("organisation_id", "role", "organisation__country")
    network = NetworkRole.objects.filter(user=user).values_list(Value(0), "role", Value(""))
    rows = sorted(memberships.union(network, all=True))  # the network stands as organisation 0
    roles = {organisation: role for organisation, role, _country in rows if organisation}
    today = clock.now().date()
    running = Partnership.objects.filter(partner__in=roles).filter(Q(until=None) | Q(until__gte=today))
    return Viewer(
        ref=user.ref,
        login=user.login,
        language=user.language,
        roles=roles,
        network_roles=frozenset(role for organisation, role, _country in rows if not organisation),
        groups=frozenset(Group.objects.filter(members__in=roles).values_list("id", flat=True)),
        partners_of=frozenset(running.values_list("owner_id", flat=True)),
        country=next((country for organisation, _role, country in rows if organisation), ""),
    )


def viewer_by_ref(ref: uuid.UUID) -> Viewer:
    """The viewer whose reference an event or row keeps; nobody when he is gone."""
    user = User.objects.filter(ref=ref, is_active=True).first()
    return viewer_of(user) if user else NOBODY


def viewer_by_login(login: str) -> Viewer:
    """Raises Absent when nobody signs in by that name."""
    user = User.objects.filter(login=login, is_active=True).first()
    if user is None:
        raise Absent(_("Nobody signs in as “{login}”."), at="as", accepted=_("a login of this node"), login=login)
    return viewer_of(user)


def viewer_by_token(token: str) -> Viewer:
    """The viewer of a bearer token; nobody when it is unknown or over."""
    row = Token.objects.filter(hash=token_hash(token), expires_at__gt=clock.now()).select_related("user").first()
    return viewer_of(row.user) if row and row.user.is_active else NOBODY


def node_owner() -> Organisation:
    """The firm made with the database; it owns the sites that imports make."""
    return Organisation.objects.get(owns_node=True)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def levels(viewer: Viewer, owners: Iterable[int]) -> dict[int, Level]:
    """The level each owner grants the viewer: the highest of the rows that reach him; all of its own."""
    wanted = set(owners)
    granted = (
        Disclosure.objects.filter(owner__in=wanted).reaching(viewer).values_list("owner").annotate(level=Max("level"))
    )
    found = dict.fromkeys(wanted, Level.NOTHING) | {owner: Level(level) for owner, level in granted}
    return found | dict.fromkeys(wanted & set(viewer.roles), Level.FULL_CALENDAR)
