"""Planning the rest of an order again on today's calendars."""

from __future__ import annotations

from lianzao.base.messages import _
from lianzao.base.refusals import Refused


class NothingToPlan(Refused):
    code = "nothing-to-plan"
    status = 409
    text = _("Nothing of this order is left to plan.")
