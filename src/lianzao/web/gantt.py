"""The bar chart of a promise: from lanes and times to positions. Pure; the drawing itself is `web/_gantt.html`.

Across, positions are percent of the chart; down, pixels: text never scales. Times are seconds UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from lianzao.web import formats

HEAD = 24  # pixels above the first lane
LANE = 56
MIDDLE = 40  # of a lane's bars, from its top: below the lane's two lines of words on a phone
NEAR, NEAR_ON_PHONE = 14, 27  # percent: a label closer than this to that of the promise would touch it
WEEKS_SHOWN = 9  # beyond, every second week is labelled, then every fourth


class Kind(StrEnum):
    """What a stretch of time is; the names are those of the classes in the stylesheet (g-…)."""

    WORK = "work"  # sets the date
    SLACK = "slack"  # could be later without moving the date
    WAIT = "wait"
    LINK = "link"  # transport
    CUSTOMS = "customs"
    REST = "rest"  # nobody works


@dataclass(frozen=True, slots=True)
class Bar:
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A firm and its step. `note` replaces the dates in the list beside the chart where they do not say enough."""

    name: str
    step: str
    bars: tuple[Bar, ...] = ()
    note: str = ""
    weld: bool = False  # the lane that decides


@dataclass(frozen=True, slots=True)
class Join:
    """At `at`, the work of lane `upper` is handed to lane `lower` (indices)."""

    at: int
    upper: int
    lower: int
    slack: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A promise over lanes. `sentence` says in words what the chart shows: it is read out instead of the drawing."""

    lanes: tuple[Lane, ...]
    start: int
    end: int
    sentence: str
    zone: tzinfo = UTC
    joins: tuple[Join, ...] = ()
    rests: tuple[Bar, ...] = ()  # when all rest; a lane's own rests are among its bars
    now: int | None = None
    due: int | None = None
    weld: tuple[int, int] | None = None  # (lane, time): the point that decides
    likely: tuple[int, int] | None = None  # P50 and P90 of the last lane


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape: a class of the stylesheet and numbers ready for attributes."""

    css: str
    x: str
    y: str = "0"
    width: str = ""
    height: str = ""
    to: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    step: str
    dates: str
    weld: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    height: int
    sentence: str
    boxes: list[Mark] = field(default_factory=list)
    lines: list[Mark] = field(default_factory=list)
    points: list[Mark] = field(default_factory=list)
    labels: list[Mark] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    kinds: frozenset[str] = frozenset()


def around(moments: list[int], zone: tzinfo) -> tuple[int, int]:
    """Start and end of a chart that shows `moments`: from midnight before the first to a day after the last."""
    first, last = (formats.local(moment, zone).date() for moment in (min(moments), max(moments)))
    return _midnight(first, zone), _midnight(last + timedelta(days=2), zone)


def weekends(start: int, end: int, zone: tzinfo) -> tuple[Bar, ...]:
    """Saturdays and Sundays between `start` and `end`; a firm that works then draws its own rests instead."""
    at = formats.local(start, zone).date()
    saturday = at + timedelta(days=(5 - at.weekday()) % 7 if at.weekday() < 6 else -1)
    found = []
    while (begin := _midnight(saturday, zone)) < end:
        found.append(Bar(Kind.REST, max(start, begin), min(end, _midnight(saturday + timedelta(days=2), zone))))
        saturday += timedelta(days=7)
    return tuple(found)


def draw(chart: Chart, language: str) -> Drawing:
    """The shapes of `chart`, with the words of `language`."""
    scale = _Scale(chart.start, chart.end)
    height = HEAD + LANE * len(chart.lanes)
    drawing = Drawing(
        height=height,
        sentence=chart.sentence,
        rules=[HEAD + LANE * index for index in range(len(chart.lanes))],
        kinds=_kinds(chart),
    )
    drawing.boxes.extend(_box(bar, scale, HEAD, height - HEAD) for bar in chart.rests)
    for index, lane in enumerate(chart.lanes):
        _draw_lane(drawing, lane, HEAD + LANE * index, scale)
        drawing.rows.append(_row(lane, chart, language))
    _draw_scale(drawing, chart, scale, language)
    _draw_joins(drawing, chart, scale)
    _draw_likely(drawing, chart, scale)
    if chart.weld is not None:
        lane_of_weld, at = chart.weld
        drawing.points.append(Mark("g-weld", scale.at(at), y=str(_middle(lane_of_weld)), width="8"))
    return drawing


@dataclass(frozen=True, slots=True)
class _Scale:
    start: int
    end: int

    def percent(self, moment: int) -> float:
        return max(0.0, min(100.0, 100 * (moment - self.start) / max(1, self.end - self.start)))

    def at(self, moment: int) -> str:
        return f"{self.percent(moment):.2f}%"

    def over(self, start: int, end: int) -> str:
        return f"{self.percent(end) - self.percent(start):.2f}%"


def _draw_lane(drawing: Drawing, lane: Lane, top: int, scale: _Scale) -> None:
    middle = top + MIDDLE
    for bar in lane.bars:
        if bar.kind is Kind.REST:
            drawing.boxes.append(_box(bar, scale, top, LANE))
        elif bar.kind in (Kind.LINK, Kind.CUSTOMS):
            drawing.lines.append(
                Mark(f"g-{bar.kind}", scale.at(bar.start), y=str(middle), to=scale.at(bar.end), height=str(middle))
            )
        elif bar.kind is Kind.WAIT:
            drawing.boxes.append(
                Mark("g-wait", scale.at(bar.start), f"{middle - 5.5}", scale.over(bar.start, bar.end), "11")
            )
        else:
            css = "g-bar" if bar.kind is Kind.WORK else "g-slack"
            drawing.boxes.append(Mark(css, scale.at(bar.start), str(middle - 6), scale.over(bar.start, bar.end), "12"))


def _box(bar: Bar, scale: _Scale, top: int, height: int) -> Mark:
    return Mark("g-rest", scale.at(bar.start), str(top), scale.over(bar.start, bar.end), str(height))


def _draw_scale(drawing: Drawing, chart: Chart, scale: _Scale, language: str) -> None:
    """Weeks (for a short chart days), the moment of now and the promise, with their labels above."""
    today = formats.local(chart.start if chart.now is None else chart.now, chart.zone).date()
    due = None if chart.due is None else scale.percent(chart.due)
    for tick, label, shown in _ticks(chart, language):
        at = scale.percent(tick)
        drawing.lines.append(Mark("g-week", scale.at(tick), y="18", to=scale.at(tick), height=str(drawing.height)))
        gap = 100.0 if due is None else due - at
        if label and at < 100 - NEAR / 2 and not -NEAR / 2 < gap < NEAR:
            on_phone = shown and not 0 < gap < NEAR_ON_PHONE
            drawing.labels.append(Mark("g-t" if on_phone else "g-t g-t--wide", scale.at(tick), label=label))
    if chart.now is not None and chart.start <= chart.now <= chart.end:
        now = scale.at(chart.now)
        drawing.lines.append(Mark("g-now", now, y=str(HEAD), to=now, height=str(drawing.height)))
    if chart.due is not None:
        promised = scale.at(chart.due)
        said = formats.plain_day(formats.local(chart.due, chart.zone).date(), language, today=today)
        drawing.lines.append(Mark("g-due", promised, y="18", to=promised, height=str(drawing.height)))
        drawing.labels.append(Mark("g-t g-t--key", promised, label=said))


def _ticks(chart: Chart, language: str) -> Iterator[tuple[int, str, bool]]:
    """(time, label, shown on a phone too) of each Monday; of each day when the chart is shorter than ten days."""
    first = formats.local(chart.start, chart.zone).date()
    span = (chart.end - chart.start) / formats.DAY
    step = 1 if span < 10 else 7
    day = first if step == 1 else formats.monday_of(first)
    every = 1 if span <= WEEKS_SHOWN * 7 else 2 if span <= WEEKS_SHOWN * 14 else 4
    previous, count = None, 0
    while (at := _midnight(day, chart.zone)) < chart.end:
        if at >= chart.start:
            label = (
                formats.plain_day(day, language, today=first)
                if step == 1
                else formats.week_label(day, language, today=first, follows=previous)
            )
            yield at, label if count % every == 0 else "", span / step <= 5 * every or count % (2 * every) == 0
            previous, count = day, count + 1
        day += timedelta(days=step)


def _draw_joins(drawing: Drawing, chart: Chart, scale: _Scale) -> None:
    for join in chart.joins:
        at, top, bottom = scale.at(join.at), _middle(join.upper), _middle(join.lower)
        drop, joint = ("g-drop--slack", "g-joint--slack") if join.slack else ("g-drop", "g-joint")
        drawing.lines.append(Mark(drop, at, str(top), to=at, height=str(bottom)))
        drawing.points.extend(Mark(joint, at, str(y), width="3") for y in (top, bottom))


def _draw_likely(drawing: Drawing, chart: Chart, scale: _Scale) -> None:
    if chart.likely is None:
        return
    half, nine = chart.likely
    middle = _middle(len(chart.lanes) - 1)
    drawing.boxes.append(Mark("g-range", scale.at(half), str(middle - 3), scale.over(half, nine), "6"))
    drawing.boxes.append(Mark("g-bar", scale.at(half), str(middle - 6), "2", "12"))


def _row(lane: Lane, chart: Chart, language: str) -> Row:
    busy = [bar for bar in lane.bars if bar.kind not in (Kind.WAIT, Kind.REST)]
    if lane.note or not busy:
        return Row(lane.name, lane.step, lane.note, lane.weld)
    first = formats.local(min(bar.start for bar in busy), chart.zone).date()
    last = formats.local(max(bar.end for bar in busy) - 1, chart.zone).date()
    today = formats.local(chart.start if chart.now is None else chart.now, chart.zone).date()
    return Row(lane.name, lane.step, formats.days(first, last, language, today=today), lane.weld)


def _kinds(chart: Chart) -> frozenset[str]:
    """What the key below the chart must explain."""
    kinds = {bar.kind.value for lane in chart.lanes for bar in lane.bars} - {Kind.REST.value}
    kinds |= {
        name for name, value in (("now", chart.now), ("due", chart.due), ("weld", chart.weld)) if value is not None
    }
    return frozenset(kinds)


def _middle(lane: int) -> int:
    return HEAD + LANE * lane + MIDDLE


def _midnight(day: date, zone: tzinfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp())
