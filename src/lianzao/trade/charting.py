"""The reason of a promise, as its viewer may see it: a chart, a sentence, the chain in words.

Works on the JSON answer alone: what the viewer may not see is absent from it, and so from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext, ngettext

from lianzao.base import clock
from lianzao.trade.wording import BECAUSE, DECIDES, NOTHING_ELSE, UNSEEN, language, listed, said, word
from lianzao.web import formats
from lianzao.web.gantt import Bar, Chart, Join, Kind, Lane, around, weekends

MOST_LANES = 8
TO_BUYER = ">buyer"
UNTIL_ITS_END = frozenset({"queue", "calendar", "release", "consent", "material"})
WAITS = frozenset({"queue", "calendar", "release", "consent"})


@dataclass(frozen=True, slots=True)
class Work:
    """An operation of the answer, its times in seconds; `start` and `end` are None where its owner shows none."""

    key: str
    kind: str
    name: str
    owner: str = ""
    site: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A step of the chain that makes the date, of known or unknown time."""

    because: str
    operation: str
    start: int | None
    end: int | None

    @property
    def seconds(self) -> int:
        return 0 if self.start is None or self.end is None else self.end - self.start


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One operation of the chain, and what its time went into."""

    name: str
    who: str
    words: str
    start: int | None
    end: int | None
    decides: bool


@dataclass(frozen=True, slots=True)
class Reasoned:
    """`factories` are those that show themselves; `left_out` the lanes for which the chart has no room."""

    sentence: str
    chart: Chart
    chain: Sequence[ChainRow]
    works: Sequence[Work]
    factories: int
    left_out: int


@dataclass
class _Track:
    """A lane in the making."""

    name: str
    works: list[Work] = field(default_factory=list)

    @property
    def start(self) -> int:
        return min(work.start for work in self.works if work.start is not None)

    @property
    def end(self) -> int:
        return max(work.end for work in self.works if work.end is not None)


def reasoned(promise: Mapping[str, Any], *, place: str, zone: tzinfo, now: int) -> Reasoned:
    """What the page shows of why `promise` is as it is; `now` is when it was computed, `place` where it arrives."""
    works = [_work(row) for row in promise["operations"]]
    stretches = [_stretch(row) for row in promise["reason"]]
    by_key = {work.key: work for work in works}
    decisive = _decisive(stretches)
    sentence = _sentence(decisive, by_key, zone, clock.at(now).astimezone(zone).date())
    tracks = _tracks(works)
    binding = {row.operation for row in stretches}
    shown = _selected(tracks, binding)
    chart = _chart(promise, shown, stretches, decisive, place, zone, now, sentence)
    return Reasoned(
        sentence=sentence,
        chart=chart,
        chain=_chain(stretches, by_key, decisive),
        works=sorted((work for work in works if work.kind != "ship"), key=lambda work: (work.start or 0, work.key)),
        factories=len({work.owner for work in works if work.owner}),
        left_out=len(tracks) - len(shown),
    )


def _work(row: Mapping[str, Any]) -> Work:
    return Work(
        key=row["operation"],
        kind=row.get("kind", "work"),
        name=said(row.get("name"), row["operation"]),
        owner=row.get("owner", ""),
        site=row.get("site", ""),
        start=clock.from_iso(row["start"]) if "start" in row else None,
        end=clock.from_iso(row["end"]) if "end" in row else None,
    )


def _stretch(row: Mapping[str, str]) -> Stretch:
    return Stretch(
        because=row["because"],
        operation=row.get("operation", ""),
        start=clock.from_iso(row["from"]) if "from" in row else None,
        end=clock.from_iso(row["to"]) if "to" in row else None,
    )


def _decisive(stretches: Sequence[Stretch]) -> Stretch | None:
    """What took the most of the time between now and the arrival, as one stretch."""
    spent: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for row in stretches:
        if row.seconds:
            spent[row.because, row.operation].append(row)
    if not spent:
        return None
    (because, operation), rows = max(spent.items(), key=lambda item: sum(row.seconds for row in item[1]))
    return Stretch(
        because,
        operation,
        min(row.start for row in rows if row.start is not None),
        max(row.end for row in rows if row.end is not None),
    )


def _sentence(decisive: Stretch | None, by_key: Mapping[str, Work], zone: tzinfo, today: date) -> str:
    if decisive is None or decisive.end is None:
        return gettext(UNSEEN)
    on = formats.day(formats.local(decisive.end, zone).date(), language(), today=today)
    work = by_key.get(decisive.operation)
    what = gettext("“{name}”").format(name=work.name) if work else gettext("a step of another factory")
    if work and work.owner:
        what += f"（{work.owner}）" if language() == "zh" else f" ({work.owner})"
    between = "" if language() == "zh" else " "
    return between.join((gettext(DECIDES[decisive.because]).format(what=what, day=on), gettext(NOTHING_ELSE)))


def _tracks(works: Sequence[Work]) -> list[_Track]:
    """A track for each firm at each site, one for what is bought, one for what is done by lot outside."""
    outside = {"material": gettext("Bought in"), "outside": gettext("Outside process")}
    found: dict[tuple[str, str], _Track] = {}
    for work in works:
        if work.start is None or work.end is None or work.key.endswith(TO_BUYER):
            continue
        key = (work.owner, work.site) if work.owner else ("", work.kind)
        found.setdefault(key, _Track(work.owner or outside.get(work.kind, gettext("Transport")))).works.append(work)
    return list(found.values())


def _selected(tracks: Sequence[_Track], binding: set[str]) -> list[_Track]:
    """The lanes of the chain, then those that end last, in the order in which they begin."""
    urgent = sorted(tracks, key=lambda track: (not any(w.key in binding for w in track.works), -track.end))
    return sorted(urgent[:MOST_LANES], key=lambda track: (track.start, track.end))


def _chart(
    promise: Mapping[str, Any],
    tracks: Sequence[_Track],
    stretches: Sequence[Stretch],
    decisive: Stretch | None,
    place: str,
    zone: tzinfo,
    now: int,
    sentence: str,
) -> Chart:
    likely, safe = clock.from_iso(promise["p50"]), clock.from_iso(promise["p90"])
    promised = clock.from_iso(promise["promised"])
    lane_of = {work.key: index for index, track in enumerate(tracks) for work in track.works}
    binding = {row.operation for row in stretches}
    weld = None
    if decisive is not None and decisive.operation in lane_of and decisive.start is not None:
        at = decisive.end if decisive.because in UNTIL_ITS_END else decisive.start
        weld = (lane_of[decisive.operation], at or decisive.start)
    lanes = [
        Lane(
            track.name,
            _step(track),
            _bars(track, binding, stretches),
            weld=weld is not None and weld[0] == index,
        )
        for index, track in enumerate(tracks)
    ]
    lanes.append(_arrival(promise, stretches, place, zone, now, likely, safe))
    start, end = around([now, promised, safe], zone)
    return Chart(
        lanes=tuple(lanes),
        start=start,
        end=end,
        sentence=sentence,
        zone=zone,
        joins=tuple(_joins(stretches, lane_of, len(tracks))),
        rests=weekends(start, end, zone),
        now=now,
        due=promised,
        weld=weld,
        likely=(likely, max(likely, safe)),
    )


def _step(track: _Track) -> str:
    """What is done there: the step alone, or how many."""
    steps = [work for work in track.works if work.kind != "ship"]
    if len(steps) == 1:
        return steps[0].name
    return ngettext("{count} step", "{count} steps", len(steps)).format(count=len(steps))


def _bars(track: _Track, binding: set[str], stretches: Sequence[Stretch]) -> tuple[Bar, ...]:
    own = {work.key for work in track.works}
    bars = [
        Bar(Kind.LINK if work.kind == "ship" else Kind.SLACK, work.start, work.end)
        for work in track.works
        if work.start is not None and work.end is not None and (work.kind == "ship" or work.key not in binding)
    ]
    begins = {work.key: work.start for work in track.works}
    for row in stretches:
        before = (begins.get(row.operation) or 0) + 60
        if row.operation in own and row.because in WAITS and row.start and row.end and row.end <= before:
            bars.append(Bar(Kind.WAIT, row.start, row.end))
    bars += [
        Bar(Kind.WORK, work.start, work.end)
        for work in track.works
        if work.start is not None and work.end is not None and work.key in binding and work.kind != "ship"
    ]
    return tuple(bars)


def _arrival(
    promise: Mapping[str, Any],
    stretches: Sequence[Stretch],
    place: str,
    zone: tzinfo,
    now: int,
    likely: int,
    safe: int,
) -> Lane:
    today = formats.local(now, zone).date()
    name = gettext("Arrival · {place}").format(place=place) if place else gettext("Ready")
    note = gettext("likely {likely}, safe {safe}").format(
        likely=formats.plain_day(formats.local(likely, zone).date(), language(), today=today),
        safe=formats.plain_day(formats.local(safe, zone).date(), language(), today=today),
    )
    last = next((row for row in promise["operations"] if row["operation"].endswith(TO_BUYER) and "start" in row), None)
    bars: list[Bar] = []
    if last is not None:
        start, end = clock.from_iso(last["start"]), clock.from_iso(last["end"])
        cleared = [row for row in stretches if row.because == "customs" and row.start and row.end and row.end > start]
        border = min([row.start for row in cleared if row.start] or [end])
        bars.append(Bar(Kind.LINK, start, min(border, end)))
        if border < end:
            bars.append(Bar(Kind.CUSTOMS, border, end))
    return Lane(name, "", tuple(bars), note=note)


def _joins(stretches: Sequence[Stretch], lane_of: Mapping[str, int], arrival: int) -> list[Join]:
    """Where the chain goes from lane to lane, and at its end to the buyer."""
    found = []
    for before, after in pairwise(stretches):
        upper, lower = lane_of.get(before.operation), lane_of.get(after.operation)
        if upper is not None and lower is not None and upper != lower and after.start is not None:
            found.append(Join(after.start, upper, lower))
    made = [row for row in stretches if row.because in ("work", "set-up") and row.end is not None]
    if made and made[-1].operation in lane_of:
        found.append(Join(made[-1].end or 0, lane_of[made[-1].operation], arrival))
    return found


def _chain(stretches: Sequence[Stretch], by_key: Mapping[str, Work], decisive: Stretch | None) -> list[ChainRow]:
    """The chain with one row for each operation in turn."""
    runs: list[list[Stretch]] = []
    for row in stretches:
        if runs and runs[-1][0].operation == row.operation:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [_chain_row(run, by_key, decisive) for run in runs]


def _chain_row(run: Sequence[Stretch], by_key: Mapping[str, Work], decisive: Stretch | None) -> ChainRow:
    work = by_key.get(run[0].operation)
    return ChainRow(
        name=work.name if work else gettext("A step of another factory"),
        who=" · ".join(part for part in ((work.owner, work.site) if work else ()) if part),
        words=listed([word(BECAUSE, because) for because in dict.fromkeys(row.because for row in run)]),
        start=run[0].start,
        end=run[-1].end,
        decides=decisive is not None and run[0].operation == decisive.operation,
    )
