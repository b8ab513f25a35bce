"""The price of a planned demand: each owner's part by its own sheet, the ways between, tax beside the net."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lianzao.base.money import Money
from lianzao.catalog.models import Step
from lianzao.catalog.rates import Rates
from lianzao.catalog.sheets import Sheets
from lianzao.engines import estimate
from lianzao.engines.plan import Trip
from lianzao.trade.candidates import Candidate
from lianzao.trade.demand import Demand, Task
from lianzao.trade.planning import Planned
from lianzao.trade.solution import Line, Price, Share, Slot

PAYMENT = "30 days net"


def seller_of(demand: Demand, planned: Planned) -> int:
    """The one seller: who does the last work on the product."""
    last = [task for task in demand.tasks if task.key in planned.chosen][-1]
    return planned.chosen[last.key].owner


def operation_work(task: Task, chosen: Candidate) -> estimate.OperationWork:
    """Programming and fixture are asked once for each operation on a machine of that group."""
    return estimate.OperationWork(
        operation=task.key,
        group=str(chosen.resource.work_centre.ref),
        setup_min=Decimal(chosen.setup) / 60,
        run_min_per_piece=Decimal(chosen.run) / 60 / task.pieces,
        quantity=task.pieces,
        programming=task.step.programmed,
        fixture=task.step.programmed,
    )


def owner_shares(demand: Demand, planned: Planned, sheets: Sheets, seller: int, pieces: int) -> list[estimate.Share]:
    """Each owner's part, in order of first appearance."""
    work: dict[int, list[estimate.OperationWork]] = defaultdict(list)
    materials: dict[int, list[estimate.MaterialUse]] = defaultdict(list)
    outside: dict[int, list[estimate.OutsideLot]] = defaultdict(list)
    bought: set[str] = set()
    for task in demand.tasks:
        chosen = planned.chosen.get(task.key)
        path = task.key.rpartition("/")[0]
        if chosen is None:
            if task.step.lot_price is not None and task.step.lot_size:
                owner = _responsible(task, demand, planned, seller)
                lot = Money(task.step.lot_price, task.step.currency)
                outside[owner].append(estimate.OutsideLot(task.step.process, lot, task.step.lot_size, task.pieces))
            continue
        work[chosen.owner].append(operation_work(task, chosen))
        if task.item.material and task.item.mass_kg and path not in bought:
            bought.add(path)
            price = sheets.material_price(chosen.owner, task.item.material)
            if price is None:
                raise estimate.NoRate(at="item", wanted=task.item.material, known="")
            materials[chosen.owner].append(
                estimate.MaterialUse(task.item.material, task.item.mass_kg, task.pieces, price, task.item.scrap)
            )
    return [
        estimate.Share(
            card=sheets.card(owner),
            quantity=pieces,
            operations=tuple(work[owner]),
            materials=tuple(materials[owner]),
            outside=tuple(outside[owner]),
            extras=sheets.extras(owner, demand.selected, pieces) if owner == seller else (),
        )
        for owner in work
    ]


def _responsible(task: Task, demand: Demand, planned: Planned, seller: int) -> int:
    """An outside process is bought by who made what goes there."""
    before = [planned.chosen[key].owner for key in task.after if key in planned.chosen]
    return before[0] if before else seller


def legs(demand: Demand, planned: Planned, rates: Rates) -> list[estimate.Leg]:
    """The trips with what they carry; duty where a border is crossed."""
    tasks = {task.key: task for task in demand.tasks}
    found = []
    for trip in planned.plan.legs:
        origin, destination = planned.lanes.places[trip.from_site], planned.lanes.places[trip.to_site]
        lane = planned.lanes.between(origin, destination)[trip.option]
        task = tasks[trip.operation]
        found.append(
            estimate.Leg(
                origin=origin.names[0],
                destination=destination.names[0],
                mode=lane.mode,
                mass_kg=(task.item.mass_kg or Decimal(1)) * task.pieces,
                per_kg=lane.cost_per_kg,
                minimum=lane.minimum,
                currency=lane.currency,
                source=lane.source,
                carries=_carried(trip, tasks, planned.chosen),
                duty=rates.duty(origin.country, destination.country),
            )
        )
    return found


def _carried(trip: Trip, tasks: Mapping[str, Task], chosen: Mapping[str, Candidate]) -> tuple[str, ...]:
    """The owners whose work lies in what travels. An owner that works before and after the border counts once whole."""
    seen: set[str] = set()
    upstream = [trip.operation]
    while upstream:
        key = upstream.pop()
        if key not in seen:
            seen.add(key)
            upstream.extend(tasks[key].after)
    return tuple(dict.fromkeys(str(chosen[key].owner) for key in sorted(seen) if key in chosen))


def priced(
    demand: Demand,
    planned: Planned,
    shares: Sequence[estimate.Share],
    *,
    seller: int,
    seller_country: str,
    sheets: Sheets,
    rates: Rates,
    currency: str,
    place: tuple[str, str],
    valid_until: int,
) -> tuple[Price, estimate.Price]:
    """The price as answered, by kind, and as computed; `place` is country and name of where the risk passes.

    Raises the refusals of the price engine.
    """
    ways = legs(demand, planned, rates)
    computed = estimate.price(
        shares,
        currency=currency,
        exchange=rates.exchange,
        tax=rates.tax(seller_country, place[0]),
        legs=ways,
        general_margin=sheets.general_margin(seller),
        seller=str(seller),
    )
    kinds = computed.by_kind()
    delivered = planned.problem.destination is not None
    incoterm = ("DDP" if estimate.Kind.DUTY in kinds else "DAP") if delivered else "EXW"
    answer = Price(
        lines=[Line(str(kind), money.amount) for kind, money in kinds.items()],
        net=computed.net.amount,
        tax=computed.tax.amount,
        currency=currency,
        rates=[
            {
                "from": rate.base,
                "to": rate.quote,
                "rate": f"{rate.rate.normalize():f}",
                "date": rate.valid_from.isoformat(),
                "source": rate.source,
            }
            for rate in computed.rates_used
        ],
        incoterm=incoterm,
        place=place[1],
        payment=PAYMENT,
        valid_until=valid_until,
    )
    return answer, computed


def shares_of(slots: Sequence[Slot], computed: estimate.Price | None) -> list[Share]:
    """What each owner is asked to agree to: its net, when it begins and hands over, which processes."""
    owed = computed.owed() if computed else {}
    own: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.owner is not None and slot.kind == Step.Kind.WORK:
            own[slot.owner].append(slot)
    return [
        Share(
            owner=owner,
            net=owed.get(str(owner), Money(Decimal(0), "EUR")),
            hand_over=max(slot.answered for slot in parts),
            begins=min(slot.start for slot in parts),
            processes=frozenset(slot.process for slot in parts),
        )
        for owner, parts in own.items()
    ]
