"""A request as its form has it: what was typed, kept as typed, and the request it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.base.refusals import Refused
from lianzao.trade.answers import promise_json
from lianzao.trade.configuring import as_sent
from lianzao.trade.presenting import PromiseShown, shown
from lianzao.trade.requests import Choice, Request, as_request
from lianzao.trade.solving import solve
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they came; `country` and `place` begin with those of the buyer's firm."""

    quantity: str
    country: str
    place: str
    wanted: str

    @classmethod
    def of(cls, sent: QueryDict, firm: Organisation | None) -> Typed:
        def field(name: str, otherwise: str, longest: int) -> str:
            return sent.get(name, otherwise)[:longest].replace("\x00", "")

        return cls(
            quantity=field("quantity", "1", 20),
            country=field("country", firm.country if firm else "", 2),
            place=field("place", firm.place if firm else "", 120),
            wanted=field("wanted", "", 40),
        )

    def request(self, code: str, choices: Mapping[str, Choice]) -> Request:
        """Raises WrongRequest."""
        number = self.quantity.strip()
        to = {"country": self.country, "place": self.place.strip()}
        return as_request(
            {
                "item": code,
                "quantity": int(number) if number.isascii() and number.isdigit() else number,
                "options": dict(choices),
                "deliver_to": to if any(to.values()) else None,
                "wanted": self.wanted.strip() or None,
            }
        )

    def fields(self, choices: Mapping[str, Choice]) -> list[tuple[str, str]]:
        """What asks the same again, as names and values."""
        typed = [("quantity", self.quantity), ("country", self.country), ("place", self.place), ("wanted", self.wanted)]
        return [(name, value) for name, value in typed if value] + [("c", each) for each in as_sent(choices)]


@dataclass(frozen=True, slots=True)
class Change:
    """How another promise differs: whole days later (negative: earlier), and its price."""

    days: int
    money: Money | None
    refused: str = ""

    @property
    def earlier(self) -> int:
        return -self.days

    @property
    def is_none(self) -> bool:
        return not self.days and not self.refused and (self.money is None or not self.money.amount)


def promised(request: Request, viewer: Viewer, *, now: int) -> PromiseShown:
    """The promise for `request`, as its viewer may see it.

    Raises the refusals of `solve`.
    """
    solution = solve(request, viewer, now=now)
    home = Organisation.objects.filter(id=solution.seller).values_list("country", flat=True).get()
    place = request.deliver_to
    asked = {"deliver_to": {"country": place.country, "place": place.place} if place else None}
    return shown(promise_json(solution, viewer), asked, home=home, now=now)


def change(before: PromiseShown, after: PromiseShown) -> Change:
    days = after.promised // DAY - before.promised // DAY
    if before.price is None or after.price is None or before.price.net.currency != after.price.net.currency:
        return Change(days, None)
    return Change(days, Money(after.price.net.amount - before.price.net.amount, after.price.net.currency))


def changes(
    request: Request, variants: Mapping[str, Mapping[str, Choice]], base: PromiseShown, viewer: Viewer
) -> dict[str, Change]:
    """For each variant of the options: how its promise differs from `base`, or why there is none."""
    now, found = clock.seconds(), {}
    for code, options in variants.items():
        varied = replace(request, options=options)
        try:
            found[code] = change(base, promised(varied, viewer, now=now))
        except Refused as refused:
            found[code] = Change(0, None, refused=refused.in_english())
    return found
