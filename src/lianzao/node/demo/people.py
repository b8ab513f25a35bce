"""The firms of the demo and their people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import make_password

from lianzao.node.demo.factories import Buyer, Factory
from lianzao.node.demo.logins import LOGINS, Login
from lianzao.trust.models import Membership, NetworkRole, Organisation, User

EVERY_THIRD = 3


def organisations(wanted: Sequence[Factory | Buyer]) -> dict[str, Organisation]:
    """The firms by their login. Tax ids are of a form that no office gives out."""
    rows = [
        Organisation(
            name=each.name,
            street=each.street,
            postcode=each.postcode,
            place=each.place,
            country=each.country,
            tax_id=f"SIM-{each.country}-{number:06d}",
            named_to=Organisation.Named.EVERYONE if number % EVERY_THIRD == 0 else Organisation.Named.MEMBERS,
            simulated=True,
        )
        for number, each in enumerate(wanted, start=1)
    ]
    made = Organisation.objects.bulk_create(rows)
    return {each.login: row for each, row in zip(wanted, made, strict=True)}


def people(firms: Mapping[str, Organisation], languages: Mapping[str, str], passwords: Mapping[str, str]) -> None:
    """For each firm a person of its own, who signs in by a token made on this machine only, and one login a role."""
    named = [each for each in LOGINS if not each.of or each.of in firms]
    with ThreadPoolExecutor() as pool:  # hashing is slow on purpose and lets go of the interpreter
        hashes = dict(zip(named, pool.map(lambda each: make_password(passwords[each.login]), named), strict=True))
    taken = {each.login for each in named}
    own = [
        (firm, User(login=login, name=firm.name[:150], language=languages[login], password=make_password(None)))
        for login, firm in firms.items()
        if login not in taken
    ]
    roles = [
        (each, User(login=each.login, name=each.name, language=each.language, password=hashes[each])) for each in named
    ]
    User.objects.bulk_create([user for _, user in own] + [user for _, user in roles])
    Membership.objects.bulk_create(
        [Membership(user=user, organisation=firm, role=Membership.Role.ADMIN) for firm, user in own]
        + [Membership(user=user, organisation=firms[each.of], role=_role(each)) for each, user in roles if each.of]
    )
    NetworkRole.objects.bulk_create(
        NetworkRole(user=user, role=NetworkRole.Role.OPERATOR) for each, user in roles if not each.of
    )


def _role(login: Login) -> str:
    return Membership.Role.MACHINIST if login.role == "machinist" else Membership.Role.ADMIN
