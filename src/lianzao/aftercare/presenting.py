"""A product and its care as pages show them; from the JSON answers of the viewer, so that both tell the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_skeleton
from django.urls import reverse
from django.utils.translation import gettext

from lianzao.aftercare import billing
from lianzao.aftercare.accounts import Account, Month, counted_months
from lianzao.aftercare.answers import maintenance_json
from lianzao.aftercare.counting import total, under_contract
from lianzao.aftercare.models import MaintenanceJob, Need, Product
from lianzao.aftercare.wording import LEFT, LINES, MAINTENANCE, NEED_KINDS, NEED_STATES
from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.base.places import zone_of
from lianzao.catalog.models import Item
from lianzao.trade.demand import family_of
from lianzao.trade.wording import language, listed, said, word
from lianzao.trust.viewer import Viewer
from lianzao.web import formats
from lianzao.web.parts import Joint

DATE_ONLY = 10
"""Characters of a date without its hour: all that is shown of who shows whole days only."""


@dataclass(frozen=True, slots=True)
class Care:
    """What comes next: the maintenance that is due or promised, else the hours at which the next one is."""

    joint: Joint
    word: str
    at_hours: int | None = None
    left: Decimal | None = None
    starts: int | None = None
    ended: bool = False

    @property
    def waits(self) -> bool:
        """A maintenance is due or promised."""
        return self.joint in (Joint.RISK, Joint.HELD)


@dataclass(frozen=True, slots=True)
class StepShown:
    name: Mapping[str, str]
    maker: str
    site: str
    day: date | int | None
    good: int | None
    scrap: int | None


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of a statement; `hours` × the rate is `amount` but for corrections, which are differences to the cent."""

    word: str
    hours: Decimal
    amount: Money
    job: str


@dataclass(frozen=True, slots=True)
class Check:
    """A month computed again from the readings of now; `same` when that is what the statement bills for it."""

    hours: Decimal
    amount: Money
    same: bool
    first_open: str


def zone(product: Product) -> tzinfo:
    """The clocks where the product is used, as far as its order says."""
    to = product.order.quote.request.get("deliver_to") or {}
    return zone_of(to.get("country") or product.owner.country)


def month_word(month: str) -> str:
    """November 2026 · 2026年11月."""
    on = date.fromisoformat(f"{month}-01")
    return str(format_skeleton("yMMMM", on, locale=formats.locale(language())))


def care(found: Account, *, now: int) -> Care:
    """Where the care of a product stands."""
    contract = found.contract
    if contract is None:
        return Care(Joint.NONE, gettext("No service contract"))
    waiting = [job for job in found.jobs if job.state != MaintenanceJob.State.DONE]
    if waiting:
        job = min(waiting, key=lambda job: job.starts or 0)
        joint, state = (
            (Joint.HELD, gettext("Maintenance promised"))
            if job.starts is not None
            else (Joint.RISK, gettext("Maintenance due"))
        )
        return Care(joint, state, job.number * contract.threshold_hours, starts=job.starts)
    if now > contract.ends:
        return Care(Joint.NONE, gettext("Service contract ended"), ended=True)
    counted = total(under_contract(found.spans, starts=contract.starts, ends=contract.ends))
    number = int(counted // contract.threshold_hours) + 1
    at = number * contract.threshold_hours
    return Care(Joint.OK, gettext("In use, under contract"), at, at - counted)


def configuration(product: Product, item: Item | None) -> str:
    """The options it was ordered with, by name where the catalogue still has them."""
    options = product.order.quote.request.get("options", {})
    known = family_of(item.family).by_code if item and item.family else {}
    codes = [
        code
        for option, choice in options.items()
        if choice is not False
        for code in ([option] if choice is True else [choice] if isinstance(choice, str) else choice)
    ]
    return listed([said(known[code].names, code) if code in known else code for code in codes])


def steps(built: Sequence[Mapping[str, Any]]) -> list[StepShown]:
    """As built; a step of who does not show itself has its name only."""
    return [
        StepShown(
            step["name"],
            step.get("maker", ""),
            step.get("site", ""),
            _day(step.get("finished_at", "")),
            step.get("good"),
            step.get("scrap"),
        )
        for step in built
    ]


def _day(text: str) -> date | int | None:
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == DATE_ONLY else clock.from_iso(text)


def maintenance(found: Account, viewer: Viewer) -> list[dict[str, Any]]:
    """The maintenance jobs, the newest first."""
    may = found.contract is not None and viewer.roles.get(found.contract.provider_id, "reader") != "reader"
    rows = []
    for job in reversed(maintenance_json(found.jobs, viewer)):
        joint, state = MAINTENANCE[job["state"]]
        moments = {name: clock.from_iso(job[name]) for name in ("due", "starts", "ends", "done_at") if name in job}
        done = may and job["state"] != MaintenanceJob.State.DONE
        rows.append({**job, **moments, "joint": joint.value, "word": gettext(state), "may_finish": done})
    return rows


def needs(rows: Sequence[Need], product: Product, found: Account, viewer: Viewer) -> list[dict[str, Any]]:
    """The needs of a product, each with what this viewer can do about it."""
    provider = found.contract.provider_id if found.contract else product.maker_id
    answers = viewer.may_write_for(product.maker_id) or viewer.may_write_for(provider)
    buys = product.owner_id in viewer.roles
    shown = []
    for need in rows:
        joint, state = NEED_STATES[need.state]
        new = need.state == Need.State.NEW
        shown.append(
            {
                "need": need,
                "joint": joint.value,
                "word": gettext(state),
                "kind": gettext(NEED_KINDS[need.kind]),
                "may_answer": answers and new,
                "ask": _ask(need.request) if new and buys and need.request else "",
            }
        )
    return shown


def _ask(request: Mapping[str, Any]) -> str:
    """The page of the catalogue that asks for price and date of what a need asks for."""
    if request.get("site"):
        return ""
    to = request.get("deliver_to") or {}
    options = [
        ("c", f"{code}:{choice if isinstance(choice, str) else ','.join(choice)}")
        for code, choice in request.get("options", {}).items()
        if not isinstance(choice, bool)
    ]
    asked = [("quantity", str(request["quantity"])), *((name, to[name]) for name in ("country", "place") if to)]
    return f"{reverse('product', args=[request['item']])}?{urlencode([*asked, *options])}"


def lines(stated: Month, found: Account) -> list[LineShown]:
    numbers = {str(job.ref): job for job in found.jobs}
    return [
        LineShown(
            gettext(LINES[line.kind]).format(month=month_word(line.month)),
            line.hours,
            Money(line.amount, stated.currency),
            str(numbers[line.job].number) if line.job in numbers else "",
        )
        for line in stated.lines
    ]


def check(stated: Month, found: Account) -> Check | None:
    """The month of a statement computed again, as each side can from the same readings."""
    contract = found.contract
    if contract is None:
        return None
    hours = counted_months(found, contract).get(stated.month, Decimal("0.000"))
    amount = billing.price(hours, contract.rate, contract.currency)
    own = [line for line in stated.lines if line.kind == "hours"]
    same = (sum(line.hours for line in own), sum(line.amount for line in own)) == (hours, amount)
    return Check(hours, Money(amount, contract.currency), same, contract.next_month)


def metered_message(answer: Mapping[str, Any]) -> str:
    """What a file of readings did, in a sentence."""
    sentence = gettext("{used} of {read} readings are new and count.").format(
        used=answer["rows_used"], read=answer["rows_read"]
    )
    if answer["rows_left"]:
        left = listed([f"{word(LEFT, reason)} ({count})" for reason, count in answer["rows_left"].items()])
        sentence += " " + gettext("Left: {reasons}.").format(reasons=left)
    if answer["maintenance"]:
        sentence += " " + gettext("They made a maintenance due; it stands below.")
    return sentence
