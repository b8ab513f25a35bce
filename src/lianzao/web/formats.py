"""Dates, amounts, durations in the words people use, per language (`zh-hans`, `de`, `en`). Names and signs: CLDR.

Pure functions: the language is given, and so is `today` where the answer depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers, units

Moment = int | datetime

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
HOUR, DAY = 3_600, 86_400
LOCALES = {"zh": "zh_Hans_CN", "de": "de_DE", "en": "en_GB"}
TODAY = {"zh": "今天", "de": "heute", "en": "today"}
WEEK = {"de": "KW", "en": "wk"}
WHOSE = {"zh": "（{city}时间）", "de": " (Zeit in {city})", "en": " ({city} time)"}
DURATIONS = (("day", DAY), ("hour", HOUR), ("minute", 60), ("second", 1))
HAN_UNITS = {"day": "天", "hour": "小时", "minute": "分钟", "second": "秒钟"}  # the library has no long Chinese ones


@dataclass(frozen=True, slots=True)
class Figure:
    """A date as a key figure: what stands large, and what stands small beside it."""

    large: str
    small: str


def base(language: str) -> str:
    """`zh-hans` → `zh`; what is none of ours is read as English."""
    code = language.lower().replace("_", "-").split("-")[0]
    return code if code in LOCALES else "en"


@lru_cache
def locale(language: str) -> Locale:
    return Locale.parse(LOCALES[base(language)])


def local(moment: Moment, zone: tzinfo) -> datetime:
    """`moment` (seconds UTC or aware) on the clocks of `zone`."""
    aware = datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) else moment
    return aware.astimezone(zone)


def day(value: date, language: str, *, today: date, week: bool = False) -> str:
    """12月8日（周二） · Di 8.12. · Tue 8 Dec; with `week` KW 50 · wk 50; the year where it is another than today's."""
    figure = figure_day(value, language, today=today)
    if base(language) == "zh":
        return figure.large + figure.small
    return f"{figure.large} {figure.small}" if week else figure.large


def figure_day(value: date, language: str, *, today: date) -> Figure:
    """The date as a key figure: 12月21日 and （周一）; Mo 21.12. and KW 52; Mon 21 Dec and wk 52."""
    code = base(language)
    weekday = dates.format_date(value, "EEE", locale=locale(language)).rstrip(".")
    plain = plain_day(value, language, today=today)
    if code == "zh":
        return Figure(plain, f"（{weekday}）")
    return Figure(f"{weekday}{NBSP}{plain}", f"{WEEK[code]}{NBSP}{value.isocalendar().week}")


def plain_day(value: date, language: str, *, today: date) -> str:
    """Without its weekday: 12月8日 · 8.12. · 8 Dec. For charts and ranges, where room is short."""
    pattern = {
        "zh": "M月d日" if value.year == today.year else "y年M月d日",
        "de": "d.M." if value.year == today.year else "d.M.y",
        "en": "d MMM" if value.year == today.year else "d MMM y",
    }[base(language)]
    return dates.format_date(value, pattern, locale=locale(language)).replace(" ", NBSP).replace("Sept", "Sep")


def days(first: date, last: date, language: str, *, today: date) -> str:
    """A range without weekdays, as charts need it: 11月26日–30日 · 26.–30.11. · 26–30 Nov."""
    end = plain_day(last, language, today=today)
    if first == last:
        return end
    code = base(language)
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and code == "zh":
        return f"{plain_day(first, language, today=today)}{DASH}{last.day}日"
    if same_month:
        return f"{first.day}{'.' if code == 'de' else ''}{DASH}{end}"
    joint = f" {DASH} " if code == "en" else DASH
    return f"{plain_day(first, language, today=today)}{joint}{end}"


def clock(moment: Moment, zone: tzinfo) -> str:
    """14:20, in 24 hours everywhere."""
    return f"{local(moment, zone):%H:%M}"


def moment(value: Moment, language: str, *, zone: tzinfo, reader: tzinfo, now: Moment) -> str:
    """Day and time: 今天 14:20 · Di 24.11., 14:20 · Tue 24 Nov 14:20. Says whose time when it is not the reader's."""
    here, today = local(value, zone), local(now, zone).date()
    said = TODAY[base(language)] if here.date() == today else day(here.date(), language, today=today)
    between = {"zh": "", "de": ", ", "en": " "}[base(language)] if here.date() != today else " "
    whole = f"{said}{between}{here:%H:%M}"
    return whole if here.utcoffset() == local(value, reader).utcoffset() else whole + whose(zone, language)


def whose(zone: tzinfo, language: str) -> str:
    """（上海时间） · (Zeit in Schanghai) · (Shanghai time): the city CLDR names the zone by."""
    if not isinstance(zone, ZoneInfo):
        return f" ({zone})"
    city = dates.get_timezone_location(zone, locale=locale(language), return_city=True)
    return WHOSE[base(language)].format(city=city)


def week_label(monday: date, language: str, *, today: date, follows: date | None = None) -> str:
    """The head of a week in a chart: KW 50 · wk 50; Chinese calendars count no weeks: 12月7日, then 14日."""
    code = base(language)
    if code == "zh":
        same_month = follows is not None and (follows.year, follows.month) == (monday.year, monday.month)
        return f"{monday.day}日" if same_month else plain_day(monday, language, today=today)
    return f"{WEEK[code]}{NBSP}{monday.isocalendar().week}"


def money(amount: Decimal, currency: str, language: str) -> str:
    """5.601,42 € · €5,601.42 · ¥6,480.00; a negative amount with the minus sign."""
    return _minus(numbers.format_currency(amount, currency, locale=locale(language)))


def money_change(amount: Decimal, currency: str, language: str) -> str:
    """A difference, its sign always there: + 212,00 € · − 85,00 €."""
    sign = "+" if amount >= 0 else MINUS
    return f"{sign}{NBSP}{money(abs(amount), currency, language)}"


def bare_money(amount: Decimal, currency: str, language: str) -> str:
    """The amount alone, for columns whose head names the currency: 5.601,42."""
    return _minus(numbers.format_currency(amount, currency, "#,##0.00", locale=locale(language)))


def number(value: Decimal | float, language: str, *, digits: int = 2) -> str:
    """1.200 · 1,200; at most `digits` decimals, none when there is nothing to show."""
    shown = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits))
    return _minus(
        numbers.format_decimal(shown, "#,##0." + "#" * digits if digits else "#,##0", locale=locale(language))
    )


def percent(share: Decimal | float, language: str, *, digits: int = 0) -> str:
    """0.92 → 92 %."""
    return f"{number(Decimal(str(share)) * 100, language, digits=digits)}{NBSP}%"


def duration(seconds: float, language: str) -> str:
    """4小时 · 1 Tag 2 Stunden · 12 minutes: the two largest units, below an hour one; under a second one decimal."""
    if abs(seconds) < 1:
        return f"{number(seconds, language, digits=1)}{NBSP}s"
    left, said = int(abs(seconds)), list[str]()
    for unit, size in DURATIONS:
        count, left = divmod(left, size)
        if count:
            said.append(_counted(count, unit, language))
        if said and (size <= 60 or len(said) == 2 or not count):
            break
    return ("" if base(language) == "zh" else " ").join(said)


def _counted(count: int, unit: str, language: str) -> str:
    if base(language) == "zh":
        return f"{count}{HAN_UNITS[unit]}"
    return units.format_unit(count, f"duration-{unit}", "long", locale=locale(language)).replace(" ", NBSP)


def hours(seconds: float, language: str, *, digits: int = 1) -> str:
    """Work in hours: 38,4 h."""
    return f"{number(seconds / HOUR, language, digits=digits)}{NBSP}h"


def monday_of(value: date) -> date:
    return value - timedelta(days=value.weekday())


def _minus(text: str) -> str:
    return text.replace("-", MINUS)
