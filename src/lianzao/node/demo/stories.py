"""What is ordered in the demo, and how far each order has come: together they show every state there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Options = Mapping[str, str | bool]
STUTTGART, DORTMUND, SUZHOU = ("DE", "Stuttgart"), ("DE", "Dortmund"), ("CN", "Suzhou")


@dataclass(frozen=True, slots=True)
class Story:
    """A quote and what became of it.

    `asked` is the reply of owners who want to be asked. Of an accepted order the share `done` of the jobs is finished
    and all up to the next work or shipment, which is begun or paused (`then`); `scrap` pieces were lost in the first.
    """

    buyer: str
    item: str
    quantity: int
    place: tuple[str, str]
    options: Options = field(default_factory=dict)
    asked: Literal["yes", "no", "dearer", "silent"] = "yes"
    end: Literal["held", "released", "accepted"] = "accepted"
    done: float = 0.0
    then: Literal["", "start", "pause", "ship"] = ""
    scrap: int = 0
    cancelled: bool = False

    @property
    def request(self) -> dict[str, object]:
        country, place = self.place
        return {
            "item": self.item,
            "quantity": self.quantity,
            "options": dict(self.options),
            "deliver_to": {"country": country, "place": place},
        }


BY_THE_HOUR: Options = {"use": "per-operating-hour", "encoder": True, "certificate-3.1": True, "packing": True}
WASHABLE: Options = {
    "guide": "guide-stainless",
    "lubrication": "grease-food",
    "drive": "belt",
    "surface": "surface-hard",
}
PRECISE: Options = {"accuracy": "accuracy-high", "hardness": "hrc-60", "first-article": True}

STORIES = (
    Story("buyer", "LA-80", 2, STUTTGART, BY_THE_HOUR, done=1),
    Story("buyer", "LA-80", 4, STUTTGART, PRECISE, done=0.4, then="start"),
    Story("buyer-cn", "LA-80", 3, SUZHOU, WASHABLE),
    Story("buyer", "BRACKET-120", 40, STUTTGART, done=1),
    Story("buyer", "SHAFT-30", 50, STUTTGART, done=0.2, then="pause"),
    Story("buyer-cn", "GEAR-M2-40", 60, SUZHOU, done=0.5, then="start", scrap=2),
    Story("buyer-north", "COVER-600", 30, DORTMUND, done=0.6, then="ship"),
    Story("buyer-north", "SLEEVE-40", 15, DORTMUND, asked="dearer", done=0.2, then="start"),
    Story("buyer-north", "SPINDLE-HEAD", 3, DORTMUND, cancelled=True),
    Story("buyer-cn", "BRACKET-120", 100, SUZHOU, done=0.5, cancelled=True),
    Story("buyer-cn", "SHAFT-30", 80, SUZHOU, done=1, scrap=1),
    Story("buyer-north", "SHAFT-30", 25, DORTMUND, then="start"),
    Story("buyer", "GEAR-M2-40", 24, STUTTGART, done=0.8, then="ship"),
    Story("buyer", "SPINDLE-HEAD", 2, STUTTGART, end="held"),
    Story("buyer-north", "BRACKET-120", 20, DORTMUND, end="released"),
    Story("buyer", "SLEEVE-40", 25, STUTTGART, asked="silent"),
    Story("buyer-cn", "SLEEVE-40", 40, SUZHOU, asked="no"),
)
