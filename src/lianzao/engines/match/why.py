"""Why one candidate stands above another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianzao.base.messages import _
from lianzao.base.refusals import Fact, filled

from .criteria import Criterion
from .matching import Candidate

_TEXTS = {
    Criterion.RECORD: _("It kept more of its promises: {ours} against {theirs} ({points} points more)."),
    Criterion.ENVELOPE: _("Its machine fits the piece more closely: {ours} against {theirs} ({points} points more)."),
    Criterion.TOLERANCE: _("It works more finely: {ours} against {theirs} ({points} points more)."),
    Criterion.DISTANCE: _("It is nearer: {ours} against {theirs} ({points} points more)."),
    Criterion.SPEED: _("It is faster: {ours} against {theirs} ({points} points more)."),
    Criterion.CERTIFICATE: _("Its certificate holds longer: {ours} against {theirs} ({points} points more)."),
}
_LOT = _("Both have {total} points; between equals a lot decides, drawn for this need without regard to names.")


@dataclass(frozen=True, slots=True)
class Why:
    """`code` is the criterion that tells most, or "lot"; `text` a template filled by `facts`."""

    code: str
    text: str
    facts: Mapping[str, Fact]

    def in_english(self) -> str:
        return filled(self.text, dict(self.facts))


def why_above(above: Candidate, below: Candidate) -> Why:
    """By the criterion in which `above` leads most; both must come from one match.

    Raises ValueError when `above` does not stand above `below`.
    """
    if above.order >= below.order:
        raise ValueError("the first candidate does not stand above the second")
    if above.total == below.total:
        return Why("lot", _LOT, {"total": above.total})
    theirs = {each.criterion: each for each in below.points}
    best = max(above.points, key=lambda each: each.got - theirs[each.criterion].got)
    other = theirs[best.criterion]
    return Why(
        best.criterion.value,
        _TEXTS[best.criterion],
        {
            "points": best.got - other.got,
            "ours": best.offered,
            "theirs": other.offered,
            "total": above.total,
            "total_theirs": below.total,
        },
    )
