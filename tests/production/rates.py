"""Rates for machines that an import brought."""

from __future__ import annotations

from lianzao.catalog.models import RateCard
from lianzao.network.models import WorkCentre


def name_rates(firm: str, site: str, hourly: str = "60") -> None:
    """The firm's card says `hourly` for every work centre of its site."""
    card = RateCard.objects.get(owner__name=firm)
    for centre in WorkCentre.objects.filter(site__name=site):
        card.hourly[str(centre.ref)] = {"setup": hourly, "run": hourly}
    card.save()
