"""The promise: demand → configure → match → estimate → plan → price, over live calendars, for one viewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from babel.core import get_global
from django.conf import settings

from lianzao.base import clock
from lianzao.base.calendars import Shift, WorkCalendar
from lianzao.base.holiday_plans import UnknownPlace, holiday_plan
from lianzao.base.messages import _
from lianzao.capacity.availability import DAY, work_calendars
from lianzao.catalog.rates import Rates
from lianzao.catalog.sheets import Sheets
from lianzao.engines import plan
from lianzao.trade.candidates import candidates
from lianzao.trade.consenting import rules
from lianzao.trade.demand import Demand, demand
from lianzao.trade.disclosure import Ports
from lianzao.trade.lanes import Place
from lianzao.trade.planning import BUYER, Again, Planned, board, reasons, slots
from lianzao.trade.pricing import owner_shares, priced, seller_of, shares_of
from lianzao.trade.requests import Request, WrongRequest
from lianzao.trade.solution import Price, Solution
from lianzao.trust.viewer import Viewer

CURRENCIES = {"CN": "CNY", "US": "USD", "GB": "GBP", "CH": "CHF", "JP": "JPY"}
WORKING_DAY = Shift(range(5), time(8), time(17))
PLANNED_TWICE = 24  # operations up to which the cheapest way to the earliest date is found in some milliseconds
SEED = 7  # of the draws behind P50 and P90: the same question has the same answer


@dataclass(frozen=True, slots=True)
class Dates:
    """`likely` and `safe` are P50 and P90 of the arrival; `promised` what is kept or not."""

    promised: int
    likely: int
    safe: int
    quantiles: Mapping[str, int]


def solve(
    request: Request,
    viewer: Viewer,
    *,
    now: int,
    binding: bool = False,
    again: Again | None = None,
) -> Solution:
    """Compute the promise for `request`. With `binding`, owners who never agree for this viewer are left out.
    `again` says what of it stands already.

    Raises the refusals of the rooms it passes: WrongRequest, Absent, ImpossibleConfiguration, NobodyCan, NoPlan.
    """
    if request.as_of is not None:
        raise WrongRequest(
            _("The past can be asked about a site with an imported log."), at="as_of", accepted=_("no as_of")
        )
    until = now + settings.NODE["PLAN_HORIZON_DAYS"] * DAY
    if request.wanted is not None and request.wanted <= now:
        raise WrongRequest(_("This date is over."), at="wanted", accepted=_("a date to come"))
    return _planned_and_priced(request, viewer, now, until, binding, again or Again())


def _planned_and_priced(
    request: Request, viewer: Viewer, now: int, until: int, binding: bool, again: Again
) -> Solution:
    wish = demand(request, viewer)
    able = candidates(wish, viewer, today=clock.at(now).date(), binding=binding)
    owners = {each.owner for many in able.values() for each in many}
    rates, sheets = Rates(clock.at(now).date()), Sheets(owners, clock.at(now).date())
    place = Place(BUYER, request.deliver_to.country, request.deliver_to.place) if request.deliver_to else None
    currency = CURRENCIES.get(place.country, "EUR") if place else "EUR"
    composed = board(
        wish,
        able,
        place=place,
        sheets=sheets,
        ports=Ports(viewer, owners, rules(owners, viewer.organisation)),
        rates=rates,
        currency=currency,
        now=now,
        until=until,
        again=again,
    )
    planned = composed.planned(plan.Earliest())
    dates = _dates(planned, place)
    small = len(wish.tasks) <= PLANNED_TWICE
    wanted = dates.promised if request.wanted is None and small else request.wanted
    if wanted is not None and dates.promised <= wanted:
        cheaper = composed.planned(plan.Cheapest(wanted - (dates.promised - planned.plan.arrival)))
        if (later := _dates(cheaper, place)).promised <= wanted:
            planned, dates = cheaper, later
    return _solution(request, wish, planned, dates, place, sheets, rates, currency, now)


def _solution(
    request: Request,
    wish: Demand,
    planned: Planned,
    dates: Dates,
    place: Place | None,
    sheets: Sheets,
    rates: Rates,
    currency: str,
    now: int,
) -> Solution:
    seller = seller_of(wish, planned)
    home = next(each.resource.work_centre.site for each in planned.chosen.values() if each.owner == seller)
    work = slots(wish, planned)
    price: Price | None = None
    computed = None
    if all(each.owner in sheets for each in planned.chosen.values()):
        price, computed = priced(
            wish,
            planned,
            owner_shares(wish, planned, sheets, seller, request.quantity),
            seller=seller,
            seller_country=home.country,
            sheets=sheets,
            rates=rates,
            currency=currency,
            place=(place.country, place.place) if place else (home.country, home.place),
            valid_until=now + settings.NODE["QUOTE_HOLD_MINUTES"] * 60,
        )
    return Solution(
        request=request,
        slots=work,
        reasons=reasons(planned),
        ready=planned.plan.ready,
        promised=dates.promised,
        p50=dates.likely,
        p90=dates.safe,
        quantiles=dates.quantiles,
        price=price,
        seller=seller,
        shares=shares_of(work, computed),
        assumed=_assumed(planned, place, dates.promised),
    )


def _dates(planned: Planned, place: Place | None) -> Dates:
    """`promised` is the network's quantile of the arrival, rounded up to the end of the working day there."""
    levels = plan.promise_quantiles(planned.problem, planned.plan, SEED)
    there = _calendar_of(place.country) if place else _home_calendar(planned)
    wanted = min(levels, key=lambda level: abs(level - settings.NODE["PROMISE_QUANTILE"]))
    return Dates(
        promised=there.end_of_work_day(levels[wanted]),
        likely=levels[0.5],
        safe=levels[0.9],
        quantiles={str(level): moment for level, moment in levels.items()},
    )


def _home_calendar(planned: Planned) -> WorkCalendar:
    last = max(planned.plan.slots, key=lambda slot: (slot.answered, slot.resource is not None))
    centre = planned.chosen[last.operation].resource.work_centre if last.operation in planned.chosen else None
    if centre is None:
        return _calendar_of("DE")
    return work_calendars({centre.id: centre.site_id})[centre.id]


@lru_cache(maxsize=256)
def _calendar_of(country: str) -> WorkCalendar:
    """Receiving hours at a buyer's place: working days of its country.

    Raises WrongRequest for a country that is none.
    """
    zones = get_global("territory_zones").get(country)
    if not zones:
        raise WrongRequest(
            _("“{country}” is not a country we know."),
            at="deliver_to.country",
            accepted=_("two letters (ISO 3166-1), as in DE"),
            country=country,
        )
    year = clock.now().year
    try:
        kept = holiday_plan(country, None, range(year - 1, year + 4))
    except UnknownPlace:
        return WorkCalendar(zones[0], [WORKING_DAY])
    return WorkCalendar(
        zones[0], [WORKING_DAY], kept.closed, make_up=kept.make_up, published_until=kept.published_until
    )


def _assumed(planned: Planned, place: Place | None, promised: int) -> list[str]:
    """Which calendars the date rests on whose holidays are not published that far."""
    centres = {each.resource.work_centre for each in planned.chosen.values()}
    hours = work_calendars({centre.id: centre.site_id for centre in centres})
    ends: dict[int, int] = {}
    for slot in planned.plan.slots:
        if slot.operation in planned.chosen:
            centre = planned.chosen[slot.operation].resource.work_centre_id
            ends[centre] = max(ends.get(centre, 0), slot.answered)
    found = {centre.site.country for centre in centres if hours[centre.id].is_assumed(ends[centre.id])}
    if place and _calendar_of(place.country).is_assumed(promised):
        found.add(place.country)
    return [f"calendar {country}" for country in sorted(found)]
