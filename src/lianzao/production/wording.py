"""The words for the codes of production: states, reports, reasons, and why a forecast moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from lianzao.base.messages import _
from lianzao.trade.wording import said
from lianzao.web.parts import Joint

JOB_STATES = {
    "waiting": (Joint.NONE, _("Not begun")),
    "running": (Joint.OK, _("At work")),
    "paused": (Joint.RISK, _("Interrupted")),
    "finished": (Joint.OK, _("Finished")),
    "cancelled": (Joint.NONE, _("Cancelled")),
}
SHIP_STATES = {
    "waiting": (Joint.NONE, _("To be shipped")),
    "running": (Joint.OK, _("On its way")),
    "finished": (Joint.OK, _("Received")),
    "cancelled": (Joint.NONE, _("Cancelled")),
}
ORDER_STATES = {
    "open": (Joint.OK, _("In work")),
    "delivered": (Joint.OK, _("Delivered")),
    "handed-over": (Joint.OK, _("Handed over")),
    "cancelled": (Joint.NONE, _("Cancelled")),
}
REASONS = {
    "machine": _("Machine"),
    "material": _("Material fault"),
    "tool": _("Tool"),
    "drawing": _("Drawing unclear"),
    "inspection": _("Out of tolerance"),
    "people": _("Handling"),
    "other": _("Another reason"),
}
CAUSES = {
    "finished-late": _("“{operation}” was finished later than planned."),
    "running-late": _("“{operation}” takes longer than planned."),
    "not-started": _("“{operation}” has not begun as planned."),
    "paused": _("“{operation}” is interrupted."),
    "back-on-plan": _("The work is back on plan."),
    "replanned": _("The seller planned the rest of the work again."),
}
CAUSE_UNKNOWN = _("The work goes differently than planned.")


def cause_in_words(cause: Mapping[str, Any] | None) -> str:
    """Why the forecast moved, as a sentence; nothing for an order that keeps its plan."""
    if not cause:
        return ""
    template = gettext(CAUSES.get(str(cause.get("because")), CAUSE_UNKNOWN))
    return template.format(operation=said(cause.get("operation")))
