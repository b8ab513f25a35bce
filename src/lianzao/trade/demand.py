"""From a request to the work it means: configured, and taken apart by BOM and routing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianzao.base.messages import _
from lianzao.base.refusals import Absent, Refused
from lianzao.catalog.models import BomLine, Family, Item, Step
from lianzao.engines import configure
from lianzao.network.models import Site
from lianzao.trade.requests import Choice, Request, WrongRequest
from lianzao.trust.viewer import Viewer


class NoRouting(Refused):
    code = "no-routing"
    text = _("Nobody has said yet how “{item}” is made.")
    hint = _("an item with a routing")


@dataclass(frozen=True, slots=True)
class Task:
    """One step on `pieces` pieces of an item; `key` is its path in the product, `after` the tasks it waits for."""

    key: str
    item: Item
    step: Step
    pieces: int
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """The item, what of its family is selected, and all tasks, each after those it waits for."""

    item: Item
    site: Site | None
    selected: frozenset[str]
    tasks: Sequence[Task]


def demand(request: Request, viewer: Viewer) -> Demand:
    """Raises Absent for an unknown item or site, a refusal of the configurator, NoRouting."""
    site = _site(request, viewer) if request.site else None
    item = _item(request, site, viewer)
    selected = _selected(item, request.options, viewer.language)
    tasks = _explode(item, request.quantity, selected)
    if not tasks:
        raise NoRouting(at="item", item=request.item)
    return Demand(item, site, selected, tasks)


def _site(request: Request, viewer: Viewer) -> Site:
    found = Site.objects.visible_to(viewer).filter(name=request.site).order_by("id").first()
    if found is None:
        raise Absent(
            _("There is no site “{name}” here."), at="site", accepted=_("the name of a site"), name=request.site
        )
    return found


def _item(request: Request, site: Site | None, viewer: Viewer) -> Item:
    found = Item.objects.visible_to(viewer).filter(code=request.item, site=site).select_related("family").first()
    if found is None:
        raise Absent(
            _("There is no item “{name}” here."),
            at="item",
            accepted=_("the code of an item of the catalogue, or of the site's own parts with “site”"),
            name=request.item,
        )
    return found


_families: dict[str, tuple[object, configure.Family]] = {}


def family_of(row: Family) -> configure.Family:
    """The engine's family of a catalogue row; kept, with its solver, until the row's model changes."""
    kept = _families.get(row.code)
    if kept is None or kept[0] != row.model:
        kept = _families[row.code] = (row.model, configure.Family.from_json(row.model))
    return kept[1]


def _selected(item: Item, options: Mapping[str, Choice], language: str) -> frozenset[str]:
    if item.family is None:
        if options:
            raise WrongRequest(_("This item has no options."), at="options", accepted=_("no options"))
        return frozenset()
    return frozenset(configure.configure(family_of(item.family), options, language=language).selected)


def _explode(top: Item, quantity: int, selected: frozenset[str]) -> list[Task]:
    """All tasks in an order that respects `after`; one query a level of the bill of material, one for the steps."""
    lines: dict[int, list[BomLine]] = defaultdict(list)
    level = {top.id}
    seen = set(level)
    while level:
        rows = BomLine.objects.filter(parent__in=level).select_related("child").order_by("id")
        level = set()
        for line in rows:
            if _applies(line.when, selected):
                lines[line.parent_id].append(line)
                level.add(line.child_id)
        level -= seen
        seen |= level
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(item__in=seen).order_by("number"):
        if _applies(step.when, selected):
            steps[step.item_id].append(step)
    tasks: list[Task] = []
    _add(tasks, top, quantity, top.code, steps, lines, ())
    return tasks


def _add(
    tasks: list[Task],
    item: Item,
    pieces: int,
    path: str,
    steps: Mapping[int, Sequence[Step]],
    lines: Mapping[int, Sequence[BomLine]],
    above: tuple[int, ...],
) -> str | None:
    """Append the tasks of `item`, its children's first; the key of its last one."""
    if item.id in above:
        raise NoRouting(_("The bill of material of “{item}” contains itself."), at="item", item=item.code)
    feeding: dict[int, list[str]] = defaultdict(list)
    for line in lines.get(item.id, ()):
        last = _add(
            tasks, line.child, pieces * line.quantity, f"{path}/{line.child.code}", steps, lines, (*above, item.id)
        )
        if last:
            feeding[line.feeds].append(last)
    before: tuple[str, ...] = ()
    for step in steps.get(item.id, ()):
        key = f"{path}/{step.number}"
        tasks.append(Task(key, item, step, pieces, (*before, *feeding.pop(step.number, ()))))
        before = (key,)
    if feeding:
        raise NoRouting(_("Parts of “{item}” feed a step that is not there."), at="item", item=item.code)
    return before[0] if before else None


def _applies(when: Sequence[str], selected: frozenset[str]) -> bool:
    return all((word[1:] not in selected) if word.startswith("!") else (word in selected) for word in when)
