"""Tags of every page: `{% load lz %}`. What they say comes from `formats`, what they draw from `gantt` and `parts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext

from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.web import formats, gantt, parts

register = template.Library()

TABS = 4  # with “more” the five words a thumb's bar may have

When = date | datetime | int
Zone = tzinfo | str | None
Text = str | Promise


def _language() -> str:
    return get_language() or "en"


def _zone(zone: Zone) -> tzinfo:
    """Named or given; without one the reader's."""
    if isinstance(zone, str) and zone:
        return ZoneInfo(zone)
    return zone if isinstance(zone, tzinfo) else timezone.get_current_timezone()


def _date(value: When, zone: Zone) -> date:
    if isinstance(value, int | datetime):
        return formats.local(value, _zone(zone)).date()
    return value


def _today(zone: Zone) -> date:
    return _date(clock.seconds(), zone)


def _time(machine: str, said: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, said)


@register.simple_tag
def day(value: When | None, zone: Zone = None, *, week: bool = False) -> SafeString | str:
    """A date with its weekday, on the clocks of `zone` (else the reader's); nothing for None."""
    if value is None:
        return ""
    on = _date(value, zone)
    return _time(on.isoformat(), formats.day(on, _language(), today=_today(zone), week=week))


@register.simple_tag
def days(first: When, last: When, zone: Zone = None) -> SafeString:
    """A range of days without weekdays, for narrow places: 26.–30.11."""
    begin, end = _date(first, zone), _date(last, zone)
    return _time(begin.isoformat(), formats.days(begin, end, _language(), today=_today(zone)))


@register.simple_tag
def figure_day(value: When, zone: Zone = None) -> SafeString:
    """A date as a key figure: the inside of `<dd class="lz-fig__v">`."""
    on = _date(value, zone)
    figure = formats.figure_day(on, _language(), today=_today(zone))
    space = "" if figure.small.startswith("（") else " "
    return format_html('<time datetime="{}">{}<small>{}{}</small></time>', on, figure.large, space, figure.small)


@register.simple_tag
def moment(value: datetime | int | None, zone: Zone = None) -> SafeString | str:
    """Day and hour on the clocks of `zone`; says whose they are when they are not the reader's."""
    if value is None:
        return ""
    said = formats.moment(value, _language(), zone=_zone(zone), reader=_zone(None), now=clock.seconds())
    return _time(clock.iso(value), said)


@register.simple_tag
def hour(value: datetime | int, zone: Zone = None) -> SafeString:
    """The hour alone: 14:20."""
    return _time(clock.iso(value), formats.clock(value, _zone(zone)))


@register.simple_tag
def money(value: Money) -> SafeString:
    """With its currency; say net or gross beside it, or take `net`."""
    return format_html('<span class="num">{}</span>', formats.money(value.amount, value.currency, _language()))


@register.simple_tag
def net(value: Money) -> SafeString:
    """An amount that says it is without tax: 5.601,42 € netto."""
    said = gettext("{amount} net").format(amount=formats.money(value.amount, value.currency, _language()))
    return format_html('<span class="num">{}</span>', said)


@register.simple_tag
def money_change(value: Money) -> SafeString:
    """A difference with its sign."""
    return format_html('<span class="num">{}</span>', formats.money_change(value.amount, value.currency, _language()))


@register.filter
def amount(value: Money) -> str:
    """Without currency, for a column whose head names it."""
    return formats.bare_money(value.amount, value.currency, _language())


@register.filter
def number(value: Decimal | float, digits: int = 2) -> str:
    return formats.number(value, _language(), digits=digits)


@register.filter
def percent(share: Decimal | float, digits: int = 0) -> str:
    return formats.percent(share, _language(), digits=digits)


@register.filter
def duration(seconds: float) -> str:
    return formats.duration(seconds, _language())


@register.filter
def work_hours(seconds: float) -> str:
    return formats.hours(seconds, _language())


@register.simple_tag
def text(value: Mapping[str, str] | str | None) -> SafeString | str:
    """A user's text `{language: text}` in the reader's language, else as it is, marked with the language it is in."""
    if not value:
        return ""
    if isinstance(value, str):
        return value
    wanted = formats.base(_language())
    tagged = {formats.base(code): (code, said) for code, said in value.items() if said}
    if wanted in tagged:
        return tagged[wanted][1]
    code, said = tagged.get("en") or next(iter(tagged.values()), ("en", ""))
    return format_html('<span lang="{}">{}</span>', code, said)


@register.simple_tag
def status(joint: str, word: Text) -> SafeString:
    """A word with its joint: ok, risk, late, held, wait, half or none."""
    return format_html('<span class="lz-st lz-st--{}">{}</span>', parts.Joint(joint).value, word)


@register.inclusion_tag("web/_gantt.html", name="gantt")
def gantt_chart(chart: gantt.Chart) -> dict[str, object]:
    """The chart with its list of lanes and the key of what occurs in it."""
    return {"drawing": gantt.draw(chart, _language())}


@register.inclusion_tag("web/_timeline.html")
def timeline(events: Sequence[parts.Event]) -> dict[str, object]:
    return {"rows": [{"event": event, "when": _when(event)} for event in events]}


def _when(event: parts.Event) -> SafeString:
    """Future events and ranges go by the day, what happened by the minute, what is now by the word for it."""
    on = _date(event.at, event.zone)
    if event.until is not None and _date(event.until, event.zone) != on:
        return format_html("{} {} {}", day(on), formats.DASH, day(_date(event.until, event.zone)))
    if event.timed and event.course in (parts.Course.DONE, parts.Course.LATE):
        said = formats.moment(event.at, _language(), zone=event.zone, reader=_zone(None), now=clock.seconds())
        return _time(clock.iso(event.at), said)
    if on == _today(event.zone):
        return format_html('{} <span class="keep">{}</span>', day(on), gettext("today"))
    return format_html("{}", day(on))


@register.inclusion_tag("web/_load.html", name="load_bars")
def load_chart(shares: Sequence[float | None], sentence: Text) -> dict[str, object]:
    """Load by day over capacity (1.0 is full, None is rest); `sentence` says what the bars show."""
    return {"bars": parts.load_bars(list(shares)), "sentence": sentence, "full": f"{parts.LOAD_TOP - 0.5}"}


@register.inclusion_tag("web/_load_scale.html")
def load_scale(first: date, count: int) -> dict[str, object]:
    """The weeks above load bars of `count` days from `first`."""
    language, previous = _language(), None
    labels: list[dict[str, str | bool]] = []
    for offset in range(count):
        on = date.fromordinal(first.toordinal() + offset)
        if on.weekday() and offset:
            continue
        if not on.weekday():
            said = formats.week_label(on, language, today=first, follows=previous)
            labels.append({"x": f"{100 * offset / count:.2f}%", "label": said, "wide": len(labels) % 2 == 1})
            previous = on
    return {"labels": labels}


@register.inclusion_tag("web/_progress.html")
def progress(sentence: Text, *, total: float, good: float = 0, scrap: float = 0, half: float = 0) -> dict[str, object]:
    """One bar of `total`: good, then scrap or what is half done. `sentence` says the same in words."""
    share = 100 / max(total, 1)
    return {
        "sentence": sentence,
        "good": f"{share * good:.1f}%",
        "scrap": f"{share * scrap:.1f}%" if scrap else "",
        "half": f"{share * (good + half):.1f}%" if half else "",
    }


@register.inclusion_tag("web/_clock.html")
def hold_clock(
    since: int, until: int, *, then: Text, kind: str = "held", zone: Zone = None, left: Text = ""
) -> dict[str, object]:
    """The clock of a hold (`kind` held) or of an owner's answer (wait): time left, end, what happens `then`.

    `left` replaces the counted time where it is counted otherwise, as in working days. It then does not tick.
    """
    now, pattern = clock.seconds(), gettext("{left} left")
    rest = max(0, until - now)
    shown = rest if rest < 60 else rest // 60 * 60
    return {
        "pattern": pattern,
        "since": since,
        "until": until,
        "now": now,
        "share": f"{100 * rest / max(1, until - since):.1f}",
        "words": left or pattern.format(left=formats.duration(shown, _language())),
        "ticks": not left and rest > 0,
        "over": rest == 0,
        "kind": kind,
        "end": moment(until, zone),
        "then": then,
    }


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The control of a field in the look; Django adds what ties it to its help and errors."""
    kind = getattr(bound.field.widget, "input_type", "")
    css = {"select": "form-select", "checkbox": "", "radio": "", "hidden": ""}.get(kind, "form-control")
    given = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{css} {given}".strip()} if css or given else None)


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField, *, label: Text = "") -> dict[str, object]:
    """One field of a form: label, help, what is wrong, the control."""
    return {"field": bound, "label": label or bound.label, "kind": getattr(bound.field.widget, "input_type", "")}


@register.inclusion_tag("web/_fields.html")
def fields(form: BaseForm) -> dict[str, object]:
    """All fields of a form and what is wrong with it as a whole; not the `<form>`, nor its buttons."""
    return {"form": form}


@register.inclusion_tag("web/_pagination.html", takes_context=True)
def pages(context: Context, page: Page[object]) -> dict[str, object]:
    """Where one is in a long list; other parameters of the address stay."""
    return {"page": page, "request": context.get("request")}


@register.simple_tag
def languages() -> list[dict[str, str | bool]]:
    """The languages of the switch, each by its own name."""
    now = _language()
    names = {"zh-hans": "中文", "de": "DE", "en": "EN"}
    return [
        {
            "code": code,
            "tag": "zh-Hans" if code == "zh-hans" else code,
            "short": short,
            "name": get_language_info(code)["name_local"],
            "current": formats.base(code) == formats.base(now),
        }
        for code, short in names.items()
    ]


@register.simple_tag
def split_menu(menu: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The menu for the thumb: what is shown (at most four words), and what stands under “more”."""
    rest = menu[TABS:]
    return {"shown": menu[:TABS], "rest": rest, "current_in_rest": any(item.get("current") for item in rest)}


@register.simple_tag
def language_tag() -> str:
    """What `<html lang>` says: zh-Hans, de, en."""
    return {"zh": "zh-Hans"}.get(formats.base(_language()), formats.base(_language()))
