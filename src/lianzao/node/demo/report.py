"""What loading the demo made, and who may sign in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict


class SignIn(TypedDict):
    """`password` is empty where the keys of this installation were lost."""

    role: str
    login: str
    password: str
    organisation: str


@dataclass(frozen=True, slots=True)
class DemoReport:
    """`loaded` is false when the demo was there already and nothing changed."""

    loaded: bool
    counts: Mapping[str, int]
    logins: Sequence[SignIn]
    took_s: float

    def as_json(self) -> dict[str, object]:
        return {
            "loaded": self.loaded,
            **self.counts,
            "logins": list(self.logins),
            "simulated": True,
            "took_s": round(self.took_s, 2),
        }
