"""What a site or a resource can do, as facts: from the capabilities of its work centres and the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from lianzao.aas.documents import Capabilities, Limit, Text
from lianzao.aas.documents import Capability as Offered
from lianzao.network.models import Capability
from lianzao.trust.viewer import Viewer
from lianzao.vocabulary.models import Process

SIDES: tuple[tuple[str, Text], ...] = (
    ("length", {"zh": "长度", "de": "Länge", "en": "Length"}),
    ("width", {"zh": "宽度", "de": "Breite", "en": "Width"}),
    ("height", {"zh": "高度", "de": "Höhe", "en": "Height"}),
)
MASS: Text = {"zh": "质量", "de": "Masse", "en": "Mass"}
GRADE: Text = {"zh": "公差等级 IT", "de": "Toleranzgrad IT", "en": "Tolerance grade IT"}
DIMENSIONLESS = "1"  # UCUM


def abilities(viewer: Viewer, work_centres: Iterable[int]) -> Capabilities:
    """What `work_centres` offer this viewer; machine groups that do just the same are one offer."""
    rows = Capability.objects.visible_to(viewer).filter(work_centre__in=work_centres).order_by("process", "id")
    found = list(rows)
    names = dict(Process.objects.filter(code__in={row.process for row in found}).values_list("code", "name"))
    offers = [
        Offered(
            process=row.process,
            name=names.get(row.process) or {"en": row.process},
            limits=tuple(_limits(row)),
            materials=tuple(row.materials),
        )
        for row in found
    ]
    return Capabilities(tuple(offer for n, offer in enumerate(offers) if offer not in offers[:n]))


def _limits(row: Capability) -> Iterator[Limit]:
    for (name, label), side in zip(SIDES, row.envelope or (), strict=False):
        yield Limit(name, label, None, Decimal(str(side)), "mm")
    if row.max_mass_kg is not None:
        yield Limit("mass", MASS, None, row.max_mass_kg, "kg")
    if row.tolerance is not None:
        yield Limit("tolerance-grade", GRADE, Decimal(row.tolerance), None, DIMENSIONLESS)
