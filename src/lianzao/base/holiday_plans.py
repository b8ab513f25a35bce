"""Public holidays of a country, and the work days that make up for them, as far as they are published.

Source: the `holidays` library. Where a government arranges each year by decree (China), the library holds the decrees
it knows; for years after the last of them only the holidays fixed by law are known, and no make-up days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import cast

import holidays

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)


class UnknownPlace(Refused):
    code = "unknown-place"
    text = _("No holiday plan is known for “{country}” {subdivision}.")
    hint = _("a country by ISO 3166-1 (DE), a subdivision by ISO 3166-2 without the country (BY)")


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """`closed` gives each date off its name; `make_up` gives each weekend day that is worked the weekday it stands for.

    Dates after `published_until` rest on law alone.
    """

    closed: Mapping[date, str]
    make_up: Mapping[date, int]
    published_until: date

    def is_assumed(self, day: date) -> bool:
        return day > self.published_until


def holiday_plan(country: str, subdivision: str | None, years: Iterable[int]) -> HolidayPlan:
    """The plan of `country` (ISO 3166-1) for `years`, names in its own language.

    Raises UnknownPlace.
    """
    return _plan(country.upper(), subdivision or None, tuple(sorted(set(years))))


@lru_cache(maxsize=256)
def _plan(country: str, subdivision: str | None, years: tuple[int, ...]) -> HolidayPlan:
    neighbours = {near for year in years for near in (year - 1, year, year + 1)}  # make-up days cross the new year
    try:
        own_language = holidays.country_holidays(country).default_language  # else it follows the machine's locale
        known = holidays.country_holidays(
            country, subdiv=subdivision, years=neighbours, expand=False, language=own_language
        )
    except NotImplementedError:
        raise UnknownPlace(at="country", country=country, subdivision=subdivision or "") from None
    closed = dict(known.items())
    make_up: dict[date, int] = {}
    published_until = date.max
    if known.has_substituted_holidays:
        decrees = cast("Mapping[int, object]", known.special_public_holidays)
        make_up = {worked: off.weekday() for off, worked in _swaps(decrees)}
        _join_weekends(closed, make_up)
        published_until = date(max(decrees), 12, 31)
    return HolidayPlan(
        MappingProxyType({day: closed[day] for day in sorted(closed) if day.year in years}),
        MappingProxyType({day: make_up[day] for day in sorted(make_up) if day.year in years}),
        published_until,
    )


def _swaps(decrees: Mapping[int, object]) -> list[tuple[date, date]]:
    """(day off, weekend day worked for it) of every decree; the library writes month, day, month, day[, year]."""
    swaps = []
    for year, entry in decrees.items():
        rows = cast("tuple[object, ...]", entry)
        for row in cast("tuple[tuple[object, ...], ...]", (rows,) if isinstance(rows[0], int) else rows):
            if len(row) < 4:
                continue  # a holiday given once, for which nobody works
            month, day, worked_month, worked_day, *other_year = cast("tuple[int, ...]", row)
            worked = date(other_year[0] if other_year else year, worked_month, worked_day)
            if worked.weekday() in (SATURDAY, SUNDAY):
                swaps.append((date(year, month, day), worked))
    return swaps


def _join_weekends(closed: dict[date, str], make_up: Mapping[date, int]) -> None:
    """A decree frees the weekend days beside its holidays too, which counts where Saturdays are worked."""
    for start, name in sorted(closed.items()):
        for step in (DAY, -DAY):
            day = start + step
            while day.weekday() in (SATURDAY, SUNDAY) and day not in closed and day not in make_up:
                closed[day] = name
                day += step
