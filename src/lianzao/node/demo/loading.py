"""Loads the demo network: all of it in one transaction, or nothing; what is there already stays as it is."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from lianzao.base import clock
from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.capacity.availability import work_calendars
from lianzao.catalog import loading as public_rates
from lianzao.ledger.events import append
from lianzao.network import loading as lanes
from lianzao.network.models import Site, WorkCentre
from lianzao.node.demo import events, hours, machines, own_work, people, products, terms
from lianzao.node.demo.done import counts_of
from lianzao.node.demo.factories import Buyer, Factory, buyers, factories
from lianzao.node.demo.logins import LOGINS, kept_passwords, passwords
from lianzao.node.demo.orders import orders
from lianzao.node.demo.report import DemoReport, SignIn
from lianzao.trust.models import Membership, Organisation
from lianzao.vocabulary import loading as words
from lianzao.web.transactions import use_case

MOST_FACTORIES, MOST_OPERATIONS = 2_000, 1_000_000


class WrongSize(Refused):
    code = "wrong-size"
    text = _("A demo network of this size cannot be made.")


def load(*, factories: int = 40, operations: int | None = None, seed: int = 1) -> DemoReport:
    """Load a network of `factories` with about as many booked `operations` as wanted; the same seed makes the same.

    A second call, with whatever arguments, changes nothing. Raises WrongSize or TooMuchWork.
    """
    began = time.perf_counter()
    if not 1 <= factories <= MOST_FACTORIES:
        raise WrongSize(at="factories", accepted=_("1 to {most}"), most=MOST_FACTORIES)
    if operations is not None and not 0 <= operations <= MOST_OPERATIONS:
        raise WrongSize(at="operations", accepted=_("0 to {most}"), most=MOST_OPERATIONS)
    made = counts_of(events.LOADED)
    loaded = made is None
    if made is None:
        made = _load(factories, operations, seed, passwords())
    told = orders()
    return DemoReport(loaded, made | told, _sign_ins(), time.perf_counter() - began)


@use_case
def _load(number: int, operations: int | None, seed: int, secret: Mapping[str, str]) -> dict[str, int]:
    if (there := counts_of(events.LOADED)) is not None:  # another command was faster
        return there
    now = clock.now().replace(microsecond=0)
    words.load()
    public_rates.load()
    lanes.load()
    makers, customers = factories(number, seed), buyers()
    firms = _firms(makers, customers, seed, now.date(), secret)
    sites = _sites(makers, firms)
    centres = machines.groups(makers, sites, seed)
    resources = machines.resources(centres, seed)
    machines.capabilities(centres, seed)
    machines.certificates(makers, firms, now.date(), seed)
    machines.rate_cards(centres, firms, now.date(), seed)
    hours.calendars(makers, sites, [group.centre for group in centres if "hours" in group.pattern], now, seed)
    of_maker: dict[str, list[WorkCentre]] = defaultdict(list)
    for group in centres:
        of_maker[group.maker.login].append(group.centre)
    hours.exceptions(makers, of_maker, now)
    items, steps = products.load()
    opened = work_calendars({group.centre.id: group.centre.site_id for group in centres})
    bookings, overloads = own_work.load(resources, opened, now=int(now.timestamp()), operations=operations, seed=seed)
    counts = {
        "factories": len(makers),
        "buyers": len(customers),
        "places": len({maker.place for maker in makers}),
        "work_centres": len(centres),
        "resources": len(resources),
        "items": items,
        "steps": steps,
        "operations": bookings,
        "overloads": overloads,
    }
    asked = {"factories": number, "operations": operations, "seed": seed}
    append(events.LOADED, subject=events.DEMO, actor=None, at=now, asked=asked, counts=counts)
    return counts


def _firms(
    makers: Sequence[Factory], customers: Sequence[Buyer], seed: int, today: date, secret: Mapping[str, str]
) -> dict[str, Organisation]:
    firms = people.organisations([*makers, *customers])
    languages = {each.login: each.language for each in makers}
    people.people(firms, defaultdict(lambda: "en", languages), secret)
    terms.contracts(makers, firms, customers, seed, today)
    groups = terms.groups(makers, firms, customers)
    terms.disclosures(makers, firms, groups)
    terms.consents(makers, firms, groups, seed)
    return firms


def _sites(makers: Sequence[Factory], firms: Mapping[str, Organisation]) -> dict[str, Site]:
    rows = {
        maker.login: Site(
            organisation=firms[maker.login],
            name=f"{maker.name.split()[0]} {maker.place}",
            place=maker.place,
            country=maker.country,
            subdivision=maker.subdivision,
            zone=maker.zone,
            simulated=True,
        )
        for maker in makers
    }
    Site.objects.bulk_create(rows.values())
    return rows


def _sign_ins() -> list[SignIn]:
    secret = kept_passwords()
    firms = dict(
        Membership.objects.filter(
            user__login__in=[each.login for each in LOGINS], organisation__simulated=True
        ).values_list("user__login", "organisation__name")
    )
    return [
        {
            "role": each.role,
            "login": each.login,
            "password": secret.get(each.login, ""),
            "organisation": firms.get(each.login, ""),
        }
        for each in LOGINS
        if each.login in firms or not each.of
    ]
