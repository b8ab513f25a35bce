"""Why a plan is refused."""

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed, Refused


class BadProblem(Malformed):
    """The problem contradicts itself; a fault of whoever composed it."""

    code = "bad-problem"


class NoPlan(Refused):
    """No plan exists for the problem as it stands."""

    code = "no-plan"
    text = _("There is no plan for this.")


class NoMode(NoPlan):
    code = "no-mode"
    text = _("Nobody offers operation “{operation}”.")
    hint = _("at least one resource that can do it")


class NoTime(NoPlan):
    code = "no-time"
    text = _("No resource has time for operation “{operation}” in the days that were looked at.")
    hint = _("a smaller quantity, another resource, or more days")


class NoWay(NoPlan):
    code = "no-way"
    text = _("There is no transport to where “{operation}” has to go.")
    hint = _("a transport between these places")


class TooLate(NoPlan):
    code = "too-late"
    text = _("This cannot arrive by then; the earliest is {earliest}.")
    hint = _("{earliest} or later")
