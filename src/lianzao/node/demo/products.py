"""The demo's open catalogue: one linear axis with its options, simpler parts, their bills of material and routings."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files

from lianzao.catalog.models import BomLine, Family, Item, Step
from lianzao.node.demo.factories import PACKAGE
from lianzao.vocabulary.tables import rows, texts


def load() -> tuple[int, int]:
    """Write the catalogue; the numbers of items and of steps."""
    model = json.loads(files(PACKAGE).joinpath("data", "la-80.json").read_text("utf-8"))
    family = Family.objects.create(code=model["code"], name=model["name"], model=model)
    items = {row["code"]: _item(row, family) for row in rows(PACKAGE, "items.csv")}
    Item.objects.bulk_create(items.values())
    steps = Step.objects.bulk_create(_step(row, items[row["item"]]) for row in rows(PACKAGE, "steps.csv"))
    BomLine.objects.bulk_create(
        BomLine(
            parent=items[row["parent"]],
            child=items[row["child"]],
            quantity=int(row["quantity"]),
            feeds=int(row["feeds"]),
            when=row["when"].split(),
        )
        for row in rows(PACKAGE, "lines.csv")
    )
    return len(items), len(steps)


def _item(row: dict[str, str], family: Family) -> Item:
    return Item(
        code=row["code"],
        name=texts(row),
        family=family if row["family"] else None,
        material=row["material"],
        mass_kg=Decimal(row["mass_kg"]),
        scrap=Decimal(row["scrap"]),
        envelope=[int(edge) for edge in row["envelope"].split()],
    )


def _step(row: dict[str, str], item: Item) -> Step:
    return Step(
        item=item,
        number=int(row["number"]),
        name=texts(row),
        kind=row["kind"],
        process=row["process"],
        setup=Decimal(row["setup"]),
        run=Decimal(row["run"]),
        tolerance=int(row["tolerance"]) if row["tolerance"] else None,
        programmed=bool(row["programmed"]),
        lead_days=int(row["lead_days"] or 0),
        lot_price=Decimal(row["lot_price"]) if row["lot_price"] else None,
        lot_size=int(row["lot_size"]) if row["lot_size"] else None,
        currency="EUR" if row["lot_price"] else "",
        collects=[int(day) for day in row["collects"].split()],
        certificates=row["certificates"].split(),
        when=row["when"].split(),
    )
