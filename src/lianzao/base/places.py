"""The clocks of a country."""

from zoneinfo import ZoneInfo

from babel.core import get_global


def zone_of(country: str) -> ZoneInfo:
    """The first zone of `country` (ISO 3166-1), by which its working hours are counted; UTC where nothing is known."""
    zones = get_global("territory_zones").get(country)
    return ZoneInfo(zones[0] if zones else "UTC")
