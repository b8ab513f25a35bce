"""On what terms the demo's factories work: contracts, customer groups, what they show, and what they agree to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from lianzao.node.demo.dice import dice
from lianzao.node.demo.factories import Buyer, Factory
from lianzao.trade.models import ConsentRule
from lianzao.trust.levels import Level
from lianzao.trust.models import Disclosure, Group, Organisation, Partnership

KEY_CUSTOMERS = {"zh": "重点客户", "de": "Stammkunden"}
NOT_SERVED = {"zh": "不供货", "de": "Nicht beliefert"}
REFUSING = (4, 14)  # the places in the list of two that never serve the rival
EVERY_THIRD = 3
EURO_IN_YUAN = 8
Mode, Audience = ConsentRule.Mode, Disclosure.Audience
Firms = Mapping[str, Organisation]


def contracts(makers: Sequence[Factory], firms: Firms, customers: Sequence[Buyer], seed: int, today: date) -> None:
    """Who buys under a running contract; the last of the customers has none."""
    rows = []
    for maker in makers:
        draw = dice(seed, "contract", maker.login)
        for each in customers[:-1]:
            if draw.random() < (0.9 if each.login == "buyer" else 0.6):
                until = today + timedelta(days=draw.randint(200, 700))
                rows.append(Partnership(owner=firms[maker.login], partner=firms[each.login], until=until))
    Partnership.objects.bulk_create(rows)


def groups(makers: Sequence[Factory], firms: Firms, customers: Sequence[Buyer]) -> list[Group]:
    """Key customers of every third factory, and of two factories whom they never serve."""
    wanted = [
        (Group(owner=firms[maker.login], name=KEY_CUSTOMERS[maker.language]), customers[:2])
        for maker in makers[::EVERY_THIRD]
    ] + [
        (Group(owner=firms[makers[place].login], name=NOT_SERVED[makers[place].language]), customers[-1:])
        for place in REFUSING
        if place < len(makers)
    ]
    made = Group.objects.bulk_create(group for group, _ in wanted)
    Group.members.through.objects.bulk_create(
        Group.members.through(group_id=group.id, organisation_id=firms[each.login].id)
        for group, members in wanted
        for each in members
    )
    return made


def disclosures(makers: Sequence[Factory], firms: Firms, groups: Sequence[Group]) -> None:
    """Everyone gets answers; members what the factory shows them; partners and key customers a level more."""
    rows = []
    for maker in makers:
        firm, more = firms[maker.login], Level(min(Level.FULL_CALENDAR, maker.shows + 1))
        rows += [
            Disclosure(owner=firm, audience=Audience.EVERYONE, level=Level.ANSWERS_ONLY),
            Disclosure(owner=firm, audience=Audience.MEMBERS, level=maker.shows),
            Disclosure(owner=firm, audience=Audience.PARTNERS, level=more),
        ]
    rows += [
        Disclosure(owner=group.owner, audience=Audience.GROUP, group=group, level=Level.FULL_CALENDAR)
        for group in groups
        if group.name in KEY_CUSTOMERS.values()
    ]
    Disclosure.objects.bulk_create(rows)


def consents(makers: Sequence[Factory], firms: Firms, groups: Sequence[Group], seed: int) -> None:
    """Most agree automatically within limits, wider ones for key customers; some want to be asked."""
    rows = [
        ConsentRule(owner=firms[maker.login], mode=maker.consent, **_limits(maker, seed, "everyone"))
        for maker in makers
    ]
    by_firm = {firms[maker.login].id: maker for maker in makers}
    for group in groups:
        maker = by_firm[group.owner_id]
        if group.name in NOT_SERVED.values():
            rows.append(ConsentRule(owner=group.owner, group=group, mode=Mode.NEVER))
        elif maker.consent == Mode.AUTOMATIC:
            rows.append(
                ConsentRule(
                    owner=group.owner, group=group, mode=Mode.AUTOMATIC, **_limits(maker, seed, "key customers")
                )
            )
    ConsentRule.objects.bulk_create(rows)


def _limits(maker: Factory, seed: int, whom: str) -> dict[str, int | Decimal | None]:
    draw = dice(seed, "consent", whom, maker.login)
    value = draw.choice((20_000, 40_000, 80_000)) * (EURO_IN_YUAN if maker.chinese else 1)
    wider = 3 if whom == "key customers" else 1
    return {
        "max_quantity": draw.choice((500, 1_000, 5_000)) * wider,
        "max_value": Decimal(value * wider),
        "max_load": Decimal("0.99") if draw.random() < 0.2 else None,
        "earliest_days": draw.choice((0, 0, 1, 1, 2)),
        "safety_days": draw.choice((0, 0, 0, 1)),
    }
