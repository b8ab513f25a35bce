"""What the demo's factories have: machine groups, machines and pools, what they can do, certificates, rate cards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import NotRequired, TypedDict

from lianzao.catalog.models import RateCard
from lianzao.network.models import Capability, Certificate, Resource, Site, WorkCentre
from lianzao.node.demo.dice import dice
from lianzao.node.demo.factories import PACKAGE, Factory
from lianzao.trust.models import Organisation
from lianzao.vocabulary.tables import rows

CENT = Decimal("0.01")
EURO_IN_YUAN = 8


class Pattern(TypedDict):
    """A machine group as data/trades.json has it; ranges are least and most, of `materials` each shop has one row."""

    name: dict[str, str]
    machine: dict[str, str]
    processes: dict[str, int | None]
    sometimes: dict[str, int | None]
    materials: list[list[str]]
    envelope: list[int]
    mass: int
    machines: list[int]
    pool: list[int]
    eur: list[int]
    cny: list[int]
    speed: list[float]
    hours: NotRequired[str]
    country: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Group:
    """A work centre with the pattern it was made after."""

    maker: Factory
    pattern: Pattern
    centre: WorkCentre


def groups(makers: Sequence[Factory], sites: Mapping[str, Site], seed: int) -> list[Group]:
    """The work centres of all trades, one row for each pattern of a trade."""
    trades: dict[str, list[Pattern]] = json.loads(files(PACKAGE).joinpath("data", "trades.json").read_text("utf-8"))
    found = []
    for maker in makers:
        for trade in maker.trades:
            for place, pattern in enumerate(trades[trade]):
                if pattern.get("country", maker.country) != maker.country:
                    continue
                draw = dice(seed, "group", maker.login, trade, place)
                centre = WorkCentre(
                    site=sites[maker.login],
                    name=pattern["name"][maker.language],
                    speed=Decimal(str(round(draw.uniform(*pattern["speed"]), 2))),
                    spread=round(draw.uniform(0.06, 0.18), 2),
                )
                found.append(Group(maker, pattern, centre))
    WorkCentre.objects.bulk_create(group.centre for group in found)
    return found


def resources(groups: Sequence[Group], seed: int) -> list[Resource]:
    made = []
    for group in groups:
        draw = dice(seed, "machines", group.maker.login, group.centre.name)
        for number in range(1, draw.randint(*group.pattern["machines"]) + 1):
            made.append(
                Resource(
                    work_centre=group.centre,
                    name=f"{group.pattern['machine'][group.maker.language]} {number}",
                    capacity=draw.randint(*group.pattern["pool"]),
                )
            )
    return Resource.objects.bulk_create(made)


def capabilities(groups: Sequence[Group], seed: int) -> None:
    """Each process of the pattern, those done only by some by chance; sizes and tolerances differ from shop to shop."""
    made = []
    for group in groups:
        draw = dice(seed, "capabilities", group.maker.login, group.centre.name)
        own = {code: grade for code, grade in group.pattern["sometimes"].items() if draw.random() < 0.35}
        factor, materials = draw.choice((0.95, 1.0, 1.0, 1.25)), draw.choice(group.pattern["materials"])
        for code, grade in {**group.pattern["processes"], **own}.items():
            made.append(
                Capability(
                    work_centre=group.centre,
                    process=code,
                    materials=materials,
                    envelope=[round(edge * factor) for edge in group.pattern["envelope"]],
                    max_mass_kg=group.pattern["mass"],
                    tolerance=None if grade is None else grade - (1 if draw.random() < 0.3 else 0),
                )
            )
    Capability.objects.bulk_create(made)


def certificates(makers: Sequence[Factory], firms: Mapping[str, Organisation], today: date, seed: int) -> None:
    """ISO 9001 for most; one in fifteen has let its own run out. Welders are certified to ISO 3834-2."""
    made = []
    for maker in makers:
        draw = dice(seed, "certificates", maker.login)
        kinds = {"iso-9001"} if draw.random() < 0.9 else set()
        if "welding" in maker.trades:
            kinds.add("iso-3834-2")
        if "inspection" in maker.trades:
            kinds |= {"iso-9001"} | ({"iso-17025"} if draw.random() < 0.5 else set())
        kinds |= {kind for kind in ("iso-14001", "iatf-16949") if draw.random() < 0.3}
        for kind in sorted(kinds):
            lapsed = draw.random() < 1 / 15
            days = -draw.randint(10, 60) if lapsed else draw.randint(120, 1_000)
            made.append(
                Certificate(organisation=firms[maker.login], kind=kind, valid_until=today + timedelta(days=days))
            )
    Certificate.objects.bulk_create(made)


def rate_cards(groups: Sequence[Group], firms: Mapping[str, Organisation], today: date, seed: int) -> None:
    """One sheet a factory, in force since the first of the year."""
    of_maker: dict[str, list[Group]] = {}
    for group in groups:
        of_maker.setdefault(group.maker.login, []).append(group)
    prices = list(rows(PACKAGE, "prices.csv"))
    RateCard.objects.bulk_create(
        _card(own[0].maker, own, firms[login], prices, today, seed) for login, own in of_maker.items()
    )


def _card(
    maker: Factory,
    own: Sequence[Group],
    firm: Organisation,
    prices: Sequence[Mapping[str, str]],
    today: date,
    seed: int,
) -> RateCard:
    draw = dice(seed, "rates", maker.login)
    level, money = draw.uniform(0.88, 1.14), EURO_IN_YUAN if maker.chinese else 1
    column = maker.currency.lower()

    def asked(amount: float) -> Decimal:
        return Decimal(str(amount * level)).quantize(CENT)

    hourly = {}
    for group in own:
        setup, run = group.pattern["cny"] if maker.chinese else group.pattern["eur"]
        hourly[str(group.centre.ref)] = {"setup": str(asked(setup)), "run": str(asked(run))}
    cheaper = Decimal("0.6") if maker.chinese else Decimal(1)
    return RateCard(
        owner=firm,
        valid_from=date(today.year, 1, 1),
        currency=maker.currency,
        hourly=hourly,
        programming=asked(65 * money) * cheaper,
        fixture=asked(40 * money) * cheaper,
        minimum=Decimal(draw.choice((80, 120, 150)) * money) * cheaper,
        margin=Decimal(str(round(draw.uniform(0.06, 0.14), 3))),
        general_margin=Decimal(str(round(draw.uniform(0.04, 0.07), 3))),
        breaks=[[20, "0.03"], [100, "0.07"], [500, "0.11"]],
        materials={
            row["grade"]: str((Decimal(row[column]) * Decimal(str(round(draw.uniform(0.94, 1.1), 3)))).quantize(CENT))
            for row in prices
        },
        extras={
            "certificate-3.1": {"amount": str(asked(35 * money) * cheaper), "days": 1},
            "first-article": {"amount": str(asked(180 * money) * cheaper), "days": 1},
            "packing": {
                "amount": str(asked(12 * money) * cheaper),
                "amount_per_piece": str(asked(6 * money) * cheaper),
            },
        },
    )
