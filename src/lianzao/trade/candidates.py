"""Who could do each task: capabilities matched by the published rule, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q

from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.catalog.models import Step, StepMode
from lianzao.engines import match
from lianzao.network.models import Capability, Certificate, Resource
from lianzao.trade.demand import Demand, Task
from lianzao.trade.models import ConsentRule, Order
from lianzao.trust.viewer import Viewer
from lianzao.vocabulary.models import Material, Process

MOST = 12  # work centres considered for a task: the first of the published order


class NobodyCan(Refused):
    code = "nobody-can"
    text = _("Nobody in the network who answers you can do “{operation}”.")
    hint = _("another option, quantity or material")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource that can do a task; `setup` and `run` in seconds for the lot, its work centre's site selected."""

    resource: Resource
    setup: int
    run: int
    spread: float

    @property
    def owner(self) -> int:
        return self.resource.work_centre.site.organisation_id


def candidates(demand: Demand, viewer: Viewer, *, today: date, binding: bool) -> dict[str, Sequence[Candidate]]:
    """For the key of each task that needs a resource: who can do it, in the published order.

    Raises NobodyCan. With `binding`, owners who never agree for this viewer are left out.
    """
    tasks = [task for task in demand.tasks if task.step.kind == Step.Kind.WORK]
    known = _known_modes(tasks) if demand.site else {}
    matched = _matched([task for task in tasks if task.step.id not in known], demand, viewer, today, binding)
    found: dict[str, Sequence[Candidate]] = {}
    for task in tasks:
        if task.step.id in known:
            found[task.key] = [_for_pieces(mode, task.pieces) for mode in known[task.step.id]]
        else:
            found[task.key] = matched[task.key]
        if not found[task.key]:
            raise NobodyCan(at="item", operation=_named(task, viewer.language))
    return found


def _named(task: Task, language: str) -> str:
    names = task.step.name
    return f"{task.key} {names.get(language) or names.get('en') or ''}".strip()


def _known_modes(tasks: Iterable[Task]) -> dict[int, list[StepMode]]:
    """The explicit modes of a site's own routing."""
    rows = StepMode.objects.filter(step__in={task.step.id for task in tasks}).order_by("id")
    found: dict[int, list[StepMode]] = defaultdict(list)
    for row in rows.select_related("resource__work_centre__site__organisation"):
        found[row.step_id].append(row)
    return found


def _for_pieces(mode: StepMode, pieces: int) -> Candidate:
    return Candidate(mode.resource, round(mode.setup * 60), round(mode.run * 60 * pieces), mode.spread)


def _matched(
    tasks: Sequence[Task], demand: Demand, viewer: Viewer, today: date, binding: bool
) -> dict[str, list[Candidate]]:
    if not tasks:
        return {}
    taxonomy = match.Taxonomy(
        processes=dict(Process.objects.exclude(parent=None).values_list("code", "parent_id")),
        materials=dict(Material.objects.exclude(parent=None).values_list("code", "parent_id")),
    )
    wanted = {code for task in tasks for code in taxonomy.processes_for(task.step.process)}
    capabilities = _capabilities(wanted, demand, viewer, binding)
    offers = _offers(capabilities)
    centres: dict[str, list[int]] = {}
    by_ref = {str(row.work_centre.ref): row.work_centre_id for row in capabilities}
    for task in tasks:
        need = _need(task)
        able = [offer for code in taxonomy.processes_for(task.step.process) for offer in offers.get(code, ())]
        found = match.match(need, able, today=today, taxonomy=taxonomy)
        centres[task.key] = [by_ref[each.key] for each in found.candidates[:MOST]]
    resources = _resources({centre for each in centres.values() for centre in each})
    return {
        task.key: [_candidate(task, row) for centre in centres[task.key] for row in resources[centre]] for task in tasks
    }


def _capabilities(processes: Collection[str], demand: Demand, viewer: Viewer, binding: bool) -> list[Capability]:
    rows = Capability.objects.visible_to(viewer).filter(process__in=processes)
    if demand.site is not None:
        rows = rows.filter(work_centre__site=demand.site)
    if binding:
        never = ConsentRule.objects.filter(mode=ConsentRule.Mode.NEVER)
        mine = never.filter(group__members__in=viewer.organisations).values("owner")
        everyone = never.filter(group=None).values("owner")
        excepted = (
            ConsentRule.objects.exclude(mode=ConsentRule.Mode.NEVER)
            .filter(group__members__in=viewer.organisations)
            .values("owner")
        )
        owner = "work_centre__site__organisation__in"
        rows = rows.exclude(Q(**{owner: mine}) | (Q(**{owner: everyone}) & ~Q(**{owner: excepted})))
    return list(rows.select_related("work_centre__site").order_by("id"))


def _offers(capabilities: Sequence[Capability]) -> Mapping[str, list[match.Offer]]:
    owners = {row.work_centre.site.organisation_id for row in capabilities}
    certificates: dict[int, dict[str, date]] = defaultdict(dict)
    for owner, kind, until in Certificate.objects.filter(organisation__in=owners).values_list(
        "organisation_id", "kind", "valid_until"
    ):
        certificates[owner][kind] = until
    records = _records(owners)
    found: dict[str, list[match.Offer]] = defaultdict(list)
    for row in capabilities:
        owner = row.work_centre.site.organisation_id
        found[row.process].append(
            match.Offer(
                key=str(row.work_centre.ref),
                processes=frozenset({row.process}),
                materials=frozenset(row.materials),
                envelope=_envelope(row.envelope),
                max_mass_kg=float(row.max_mass_kg) if row.max_mass_kg is not None else None,
                tolerance=match.Tolerance(grade=row.tolerance) if row.tolerance else None,
                certificates=certificates[owner],
                record=records.get(owner, match.Record()),
                speed=float(row.work_centre.speed),
            )
        )
    return found


def _records(owners: Collection[int]) -> dict[int, match.Record]:
    """Promises kept by each owner as seller, as the public record counts them."""
    due = Order.objects.filter(seller__in=owners, state=Order.State.DELIVERED)
    kept = Count("id", filter=Q(delivered_at__lte=F("promised")))
    rows = due.values_list("seller").annotate(kept=kept, total=Count("id"))
    return {owner: match.Record(kept, total) for owner, kept, total in rows}


def _need(task: Task) -> match.Need:
    item, step = task.item, task.step
    return match.Need(
        process=step.process,
        material=item.material or None,
        envelope=_envelope(item.envelope),
        mass_kg=float(item.mass_kg) if item.mass_kg else None,
        tolerance=match.Tolerance(grade=step.tolerance) if step.tolerance else None,
        certificates=frozenset(step.certificates),
        quantity=(task.pieces, task.pieces),
    )


def _envelope(given: Sequence[float] | None) -> tuple[float, float, float] | None:
    return (float(given[0]), float(given[1]), float(given[2])) if given else None


def _resources(centres: Collection[int]) -> dict[int, list[Resource]]:
    found: dict[int, list[Resource]] = defaultdict(list)
    rows = Resource.objects.filter(work_centre__in=centres).select_related("work_centre__site__organisation")
    for row in rows.order_by("id"):
        found[row.work_centre_id].append(row)
    return found


def _candidate(task: Task, row: Resource) -> Candidate:
    """The catalogue's times at this work centre's speed."""
    speed, step = row.work_centre.speed, task.step
    run = Decimal(60) * step.run * task.pieces / speed
    return Candidate(row, round(Decimal(60) * step.setup), round(run), max(step.spread, row.work_centre.spread))
