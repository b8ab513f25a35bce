"""Pure decisions of aftercare: who gets a service contract, what may be reported, answered and done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lianzao.base.messages import _
from lianzao.base.refusals import Refused

Choice = str | bool | Sequence[str]


class NotDue(Refused):
    code = "maintenance-not-open"
    status = 409
    text = _("This maintenance is done already.")
    hint = _("a maintenance job that is due or promised")


class WrongNeed(Refused):
    code = "wrong-need"


class NotOrderable(Refused):
    code = "not-orderable"
    status = 409
    text = _("The catalogue has nothing to order for this need.")
    hint = _("an answer of the provider in words")


class NeedAnswered(Refused):
    code = "need-answered"
    status = 409
    text = _("This need was answered already.")
    hint = _("a need that is new")


class NoStatement(Refused):
    code = "no-statement"
    status = 404
    text = _("There is no statement for this month.")
    hint = _("a month of the contract, from {first} to {last}")


class SeveralProducts(Refused):
    code = "several-products"
    status = 409
    text = _("This order delivered several products.")
    hint = _("one serial number of: {serials}")


def chosen(options: Mapping[str, Choice], features: Collection[str]) -> str:
    """The one of `features` that a request's options choose, by its group or by itself; empty when none."""
    for option, choice in options.items():
        if choice is True and option in features:
            return option
        wanted = [choice] if isinstance(choice, str) else [] if isinstance(choice, bool) else choice
        for feature in wanted:
            if feature in features:
                return feature
    return ""


def serials(number: str, pieces: int) -> list[str]:
    """The serial numbers of an order's pieces: all of one length, so that they sort."""
    width = len(str(pieces))
    return [f"{number}-{piece:0{width}}" for piece in range(1, pieces + 1)]


def may_answer(state: str) -> None:
    """Raises NeedAnswered."""
    if state != "new":
        raise NeedAnswered(at="need")


def may_finish(state: str) -> None:
    """Raises NotDue."""
    if state == "done":
        raise NotDue(at="maintenance")
