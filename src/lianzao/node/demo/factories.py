"""Which factories the demo has: forty written by hand, any more invented after their pattern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from lianzao.node.demo.dice import dice
from lianzao.trust.levels import Level
from lianzao.vocabulary.tables import rows

PACKAGE = "lianzao.node.demo"
RARE = "honing"  # done only by firms that want to be asked, so that whoever needs it must wait for a yes
CHINESE = ("霖", "砺", "珹", "珏", "澔", "铄", "骁", "芃", "旻", "瑭", "昱", "淳", "岑", "栎", "钧", "禹")
CHINESE_SOUNDS = ("lin", "li", "cheng", "jue", "hao", "shuo", "xiao", "peng", "min", "tang", "yu", "chun", "cen", "lyu",
                  "jun", "yue")  # fmt: skip
GERMAN = ("Ahren", "Birk", "Dachs", "Eschen", "Falken", "Ginster", "Heidel", "Immen", "Kiebitz", "Lerchen", "Molken",
          "Otter", "Quell", "Reiher", "Schlehen", "Tannen")  # fmt: skip
GERMAN_ENDS = ("horst", "moor", "kamp", "holm", "bruch", "lohe", "winkel", "schlag")
WORKS = {
    "turning": ("车削", "Drehteile"),
    "milling": ("铣削", "Fräswerk"),
    "grinding": ("磨削", "Schleifwerk"),
    "honing": ("珩磨", "Honwerk"),
    "gears": ("齿轮", "Verzahnung"),
    "sheet": ("钣金", "Blechteile"),
    "welding": ("焊接", "Schweißbau"),
    "heat": ("热处理", "Härterei"),
    "surface": ("表面处理", "Oberflächen"),
    "assembly": ("装配", "Montagetechnik"),
    "inspection": ("测控", "Messtechnik"),
}


@dataclass(frozen=True, slots=True)
class Factory:
    """`shows` is the level for members; `note` marks a calendar as unconfirmed, full for a while, or with overtime."""

    login: str
    name: str
    place: str
    country: str
    subdivision: str
    postcode: str
    street: str
    trades: tuple[str, ...]
    shifts: str
    shows: Level
    consent: str
    note: str

    @property
    def chinese(self) -> bool:
        return self.country == "CN"

    @property
    def currency(self) -> str:
        return "CNY" if self.chinese else "EUR"

    @property
    def language(self) -> str:
        return "zh" if self.chinese else "de"

    @property
    def zone(self) -> str:
        return "Asia/Shanghai" if self.chinese else "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Buyer:
    login: str
    name: str
    place: str
    country: str
    postcode: str
    street: str


def factories(number: int, seed: int) -> list[Factory]:
    """The first `number`: all trades are there from the twelfth on."""
    written = [_read(row) for row in rows(PACKAGE, "factories.csv")]
    names = {factory.name for factory in written}
    found = written[:number]
    for index in range(len(written), number):
        pattern = written[index % len(written)]
        name, login = next(pair for pair in _names(pattern, index, seed) if pair[0] not in names)
        names.add(name)
        found.append(
            replace(
                pattern,
                login=login,
                name=name,
                trades=tuple(dict.fromkeys("turning" if trade == RARE else trade for trade in pattern.trades)),
                street=f"示例路 {100 + index} 号" if pattern.chinese else f"Musterweg {100 + index}",
                consent="automatic",
                note="",
            )
        )
    return found


def buyers() -> list[Buyer]:
    """Those who buy; the last is the rival who looks on."""
    return [Buyer(**row) for row in rows(PACKAGE, "buyers.csv")]


def _read(row: dict[str, str]) -> Factory:
    texts = {name: value for name, value in row.items() if name not in {"trades", "shows"}}
    return Factory(**texts, trades=tuple(row["trades"].split()), shows=Level(int(row["shows"])))


def _names(pattern: Factory, index: int, seed: int) -> Iterator[tuple[str, str]]:
    """Names to try, each with a login."""
    zh, de = WORKS[pattern.trades[0]]
    for attempt in count():
        draw = dice(seed, "name", index, attempt)
        if pattern.chinese:
            first, second = draw.sample(range(len(CHINESE)), 2)
            sound = CHINESE_SOUNDS[first] + CHINESE_SOUNDS[second]
            yield f"{CHINESE[first]}{CHINESE[second]}{zh} {sound.title()}", f"{sound}-{index}"
        else:
            stem = draw.choice(GERMAN) + draw.choice(GERMAN_ENDS)
            yield f"{stem} {de} GmbH", f"{stem.lower()}-{index}"
