"""What a buyer asks, read strictly: a request is right as a whole or refused with the place that is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed, Refused, storable

MOST_PIECES = 1_000_000
FIRST_MOMENT, LAST_MOMENT = 0, 4_102_444_800  # 1970 to 2100
FIELDS = ("item", "quantity", "site", "options", "deliver_to", "as_of", "wanted")
Choice = str | bool | list[str]


class WrongRequest(Refused):
    code = "wrong-request"


@dataclass(frozen=True, slots=True)
class Place:
    """Where goods go: a country (ISO 3166-1) and a place in it."""

    country: str
    place: str


@dataclass(frozen=True, slots=True)
class Request:
    """`wanted` is the latest arrival wished for, seconds UTC; `as_of` the moment whose state is asked about."""

    item: str
    quantity: int
    site: str = ""
    options: Mapping[str, Choice] = field(default_factory=dict)
    deliver_to: Place | None = None
    as_of: int | None = None
    wanted: int | None = None


def read_request(text: str | bytes) -> Request:
    """The request written as JSON in `text`.

    Raises Malformed when it is no JSON object, WrongRequest for a field that cannot be.
    """
    try:
        value = json.loads(text, parse_constant=_no_constant)
        if not storable(json.dumps(value, ensure_ascii=False)) or "\\u0000" in json.dumps(value):
            raise ValueError("a sign that is none")
    except (ValueError, RecursionError) as error:
        raise Malformed(
            _("This is not JSON: {why}."), at="request", accepted=_("one JSON object"), why=str(error)[:120]
        ) from None
    return as_request(value)


def as_request(value: object) -> Request:
    """The request in a parsed JSON `value`.

    Raises WrongRequest.
    """
    if not isinstance(value, dict):
        raise WrongRequest(_("A request is one JSON object."), at="request", accepted=_('{{"item", "quantity", …}}'))
    for name in value:
        if name not in FIELDS:
            raise WrongRequest(
                _("A request has no field “{name}”."),
                at=str(name)[:60],
                accepted=", ".join(FIELDS),
                name=str(name)[:60],
            )
    return Request(
        item=_text(value, "item", needed=True),
        quantity=_quantity(value.get("quantity")),
        site=_text(value, "site"),
        options=_options(value.get("options")),
        deliver_to=_place(value.get("deliver_to")),
        as_of=moment(value.get("as_of"), "as_of"),
        wanted=moment(value.get("wanted"), "wanted"),
    )


def as_json(request: Request) -> dict[str, Any]:
    """The request as it would be asked again."""
    place = request.deliver_to
    optional = {
        "site": request.site,
        "options": dict(request.options),
        "deliver_to": {"country": place.country, "place": place.place} if place else None,
        "as_of": _iso(request.as_of),
        "wanted": _iso(request.wanted),
    }
    return {"item": request.item, "quantity": request.quantity, **{k: v for k, v in optional.items() if v}}


def _iso(moment: int | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def _text(value: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    given = value.get(name)
    if given is None and not needed:
        return ""
    if not isinstance(given, str) or not given.strip() or len(given) > 200 or "\x00" in given:
        raise WrongRequest(
            _("“{name}” must be a text."), at=name, accepted=_("a text of 1 to 200 characters"), name=name
        )
    return given.strip()


def _quantity(given: object) -> int:
    if isinstance(given, float) and given.is_integer() and abs(given) <= MOST_PIECES:
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_PIECES:
        raise WrongRequest(
            _("The quantity must be a whole number of pieces."),
            at="quantity",
            accepted=_("1 to {most}"),
            most=MOST_PIECES,
        )
    return given


def _options(given: object) -> dict[str, Choice]:
    if given is None:
        return {}
    if not isinstance(given, dict) or len(given) > 500:
        raise WrongRequest(_("Options are a JSON object."), at="options", accepted=_("{{option: choice}}"))
    for name, choice in given.items():
        listed = isinstance(choice, list) and all(isinstance(one, str) for one in choice)
        if not isinstance(choice, str | bool) and not listed:
            raise WrongRequest(
                _("The choice for “{name}” cannot be read."),
                at=f"options.{name}"[:200],
                accepted=_("a text, true or false, or a list of texts"),
                name=str(name)[:60],
            )
    return given


def _place(given: object) -> Place | None:
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) != {"country", "place"}:
        raise WrongRequest(
            _("The place of delivery needs a country and a place."),
            at="deliver_to",
            accepted='{{"country": "DE", "place": "Stuttgart"}}',
        )
    country, place = given["country"], given["place"]
    if not isinstance(country, str) or len(country) != 2 or not country.isascii() or not country.isalpha():
        raise WrongRequest(
            _("The country is not a code."), at="deliver_to.country", accepted=_("two letters (ISO 3166-1), as in DE")
        )
    if not isinstance(place, str) or not place.strip() or len(place) > 100:
        raise WrongRequest(_("The place must be a text."), at="deliver_to.place", accepted=_("the name of a place"))
    return Place(country.upper(), place.strip())


def moment(given: object, at: str) -> int | None:
    """ISO 8601; a date alone is its end for `wanted` and its beginning for `as_of`."""
    if given is None:
        return None
    try:
        if not isinstance(given, str) or not 10 <= len(given) <= 40:
            raise ValueError
        if len(given) == 10:
            clock = time.min if at == "as_of" else time.max
            return _in_bounds(int(datetime.combine(date.fromisoformat(given), clock, UTC).timestamp()))
        moment = datetime.fromisoformat(given.replace("Z", "+00:00"))
        return _in_bounds(int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError):
        raise WrongRequest(
            _("“{given}” is not a date."),
            at=at,
            accepted=_("a date that exists, as in 2026-12-08T16:00:00Z"),
            given=str(given)[:40],
        ) from None


def _in_bounds(seconds: int) -> int:
    """Raises ValueError for a moment that no plan will ever see."""
    if not FIRST_MOMENT <= seconds <= LAST_MOMENT:
        raise ValueError
    return seconds
