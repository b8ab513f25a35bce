"""Reading meters: each reading counts once, and hours that pass a threshold promise a maintenance."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Max, Q

from lianzao.aftercare import events
from lianzao.aftercare.actions.maintenance import SOLVED, book
from lianzao.aftercare.appointments import Appointment, appointments
from lianzao.aftercare.counting import Crossing, Reading, crossings, spans, total, under_contract, why_left
from lianzao.aftercare.meter_file import MeterFile
from lianzao.aftercare.models import MaintenanceJob, MeterReading, Product, ServiceContract
from lianzao.base import clock
from lianzao.base.refusals import Forbidden
from lianzao.capacity.holds import TimeTaken
from lianzao.ledger.events import append
from lianzao.network.models import Resource
from lianzao.trust.viewer import Viewer
from lianzao.web.transactions import use_case

CHUNK = 500  # names or rows a statement
MOST_PROMISED = 20  # jobs of one file whose time is looked for before it is stored; the others follow
Windows = Mapping[tuple[int, int], Appointment]
"""By contract and number of the maintenance."""


@dataclass(frozen=True, slots=True)
class Metered:
    """What a file did: `read` = `used` + the sum of `left`; `added` hours by product id; the jobs it made due."""

    read: int
    used: int
    left: Mapping[str, int]
    products: Sequence[Product]
    added: Mapping[int, Decimal]
    jobs: Sequence[MaintenanceJob]


@dataclass(slots=True)
class _Sorted:
    """A file against what is known: the new readings by product id, the counter of before, and why rows are left."""

    products: dict[int, Product] = field(default_factory=dict)
    known: dict[int, dict[int, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    new: dict[int, list[Reading]] = field(default_factory=lambda: defaultdict(list))
    left: Counter[str] = field(default_factory=Counter)


def meter(*, file: MeterFile, viewer: Viewer) -> Metered:
    """Store the new readings of `file` and promise the maintenance that they make due.

    Raises SignIn, and Forbidden for who works for no firm; a row that cannot be used only counts in `left`.
    """
    viewer.required()
    if not set(viewer.roles.values()) - {"reader"}:
        raise Forbidden()
    for _attempt in range(SOLVED):
        try:
            return _store(file=file, viewer=viewer, windows=_windows(file, viewer))
        except TimeTaken:
            continue
    return _store(file=file, viewer=viewer, windows={})  # readings are never refused for a lost race


@use_case
def _store(*, file: MeterFile, viewer: Viewer, windows: Windows) -> Metered:
    products = _named({row.product for row in file.rows}, viewer)
    ids = {product.id for product in products.values()}
    list(Product.objects.select_for_update().filter(id__in=ids).order_by("id").values_list("id"))
    now = clock.seconds()
    found = _sort_out(file, products, viewer, now)
    MeterReading.objects.bulk_create(
        (
            MeterReading(product_id=product, at=each.at, hours=each.hours, received_at=now, actor=viewer.ref)
            for product, readings in found.new.items()
            for each in readings
        ),
        batch_size=CHUNK,
    )
    jobs = _due(found, windows, viewer, now)
    added = {product: _append(found, product, viewer, now) for product in found.new}
    return Metered(
        read=file.read,
        used=sum(len(readings) for readings in found.new.values()),
        left=dict(sorted(found.left.items())),
        products=sorted(found.products.values(), key=lambda product: product.serial),
        added=added,
        jobs=jobs,
    )


def _named(names: Collection[str], viewer: Viewer) -> dict[str, Product]:
    """The products that the viewer may see, by each name that was used for them."""
    refs = {name: ref for name in names if (ref := _ref(name)) is not None}
    wanted = sorted(names)
    found: dict[str, Product] = {}
    by_ref: dict[uuid.UUID, Product] = {}
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        called = Q(serial__in=chunk) | Q(ref__in=[refs[name] for name in chunk if name in refs])
        for row in Product.objects.visible_to(viewer).filter(called):
            found[row.serial] = by_ref[row.ref] = row
    return found | {name: by_ref[ref] for name, ref in refs.items() if ref in by_ref}


def _ref(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(name)
    except ValueError:
        return None


def _sort_out(file: MeterFile, products: Mapping[str, Product], viewer: Viewer, now: int) -> _Sorted:
    """Which readings are new; of two that contradict each other the first of the file, or the one known, stands."""
    found = _Sorted(left=Counter(file.left))
    ids = {product.id for product in products.values()}
    allowed = set(Product.objects.metered_by(viewer).filter(id__in=ids).values_list("id", flat=True))
    for product, at, hours in MeterReading.objects.filter(product__in=ids).values_list("product_id", "at", "hours"):
        found.known[product][at] = hours
    seen: dict[int, dict[int, Decimal]] = {product: dict(known) for product, known in found.known.items()}
    for row in file.rows:
        product_row = products.get(row.product)
        if product_row is None or product_row.id not in allowed:
            found.left["unknown-product" if product_row is None else "not-allowed"] += 1
            continue
        found.products[product_row.id] = product_row
        counter = seen.setdefault(product_row.id, {})
        if why := why_left(row.reading, counter, delivered=product_row.delivered_at, now=now):
            found.left[why] += 1
            continue
        counter[row.reading.at] = row.reading.hours
        found.new[product_row.id].append(row.reading)
    return found


def _crossed(found: _Sorted) -> list[tuple[ServiceContract, Crossing]]:
    """The maintenance that the new readings make due, by contract and in order of time.

    What a late reading shows to have been due before a later maintenance is served by that one.
    """
    contracts = ServiceContract.objects.filter(product__in=found.new).select_related("product")
    last = dict(
        MaintenanceJob.objects.filter(contract__in=contracts).values_list("contract").annotate(last=Max("number"))
    )
    due = []
    for contract in contracts.order_by("id"):
        product = contract.product
        counted = under_contract(
            spans(_readings(found, product.id), since=product.delivered_at), starts=contract.starts, ends=contract.ends
        )
        passed = crossings(counted, contract.threshold_hours)
        due += [(contract, crossing) for crossing in passed if crossing.number > last.get(contract.id, 0)]
    return due


def _readings(found: _Sorted, product: int) -> Iterable[Reading]:
    yield from found.new[product]
    for at, hours in found.known[product].items():
        yield Reading(at, hours)


def _windows(file: MeterFile, viewer: Viewer) -> Windows:
    """Free time for the maintenance that this file is going to make due; looked for before anything is locked."""
    now = clock.seconds()
    found = _sort_out(file, _named({row.product for row in file.rows}, viewer), viewer, now)
    due = _crossed(found)[:MOST_PROMISED]
    windows = appointments([(contract, crossing.at) for contract, crossing in due], now=now)
    return {
        (contract.id, crossing.number): window
        for (contract, crossing), window in zip(due, windows, strict=True)
        if window is not None
    }


def _due(found: _Sorted, windows: Windows, viewer: Viewer, now: int) -> list[MaintenanceJob]:
    resources = {window.resource for window in windows.values()}
    list(Resource.objects.select_for_update().filter(id__in=resources).order_by("id").values_list("id"))
    jobs = []
    for contract, crossing in _crossed(found):
        job = MaintenanceJob.objects.create(
            contract=contract, number=crossing.number, due=crossing.at, made_at=now, asked_by=viewer.ref
        )
        append(
            events.MAINTENANCE_DUE,
            subject=job.ref,
            actor=viewer.ref,
            at=now,
            product=str(contract.product.ref),
            number=crossing.number,
            due=clock.iso(crossing.at),
        )
        if window := windows.get((contract.id, crossing.number)):
            book(job=job, window=window, now=now)
        jobs.append(job)
    return jobs


def _append(found: _Sorted, product: int, viewer: Viewer, now: int) -> Decimal:
    """Say in the ledger what was read of a product; the hours that this added."""
    since = found.products[product].delivered_at
    before = total(spans((Reading(at, hours) for at, hours in found.known[product].items()), since=since))
    after = spans(_readings(found, product), since=since)
    added = total(after) - before
    append(
        events.METER_READ,
        subject=found.products[product].ref,
        actor=viewer.ref,
        at=now,
        readings=len(found.new[product]),
        added=str(added),
        hours=str(total(after)),
        restarts=sum(span.restarted for span in after),
    )
    return added
