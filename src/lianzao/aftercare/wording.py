"""The words for the codes of aftercare: states, kinds of lines, why readings were left. Translated where shown."""

from __future__ import annotations

from lianzao.base.messages import _
from lianzao.web.parts import Joint

MAINTENANCE = {
    "due": (Joint.RISK, _("Due")),
    "booked": (Joint.HELD, _("Promised")),
    "done": (Joint.OK, _("Done")),
}
NEED_STATES = {"new": (Joint.WAIT, _("Not answered yet")), "answered": (Joint.OK, _("Answered"))}
NEED_KINDS = {"maintenance": _("Maintenance"), "spare": _("Spare part"), "replacement": _("Another one")}
LINES = {
    "hours": _("Operating hours"),
    "correction": _("Correction for {month}"),
    "maintenance": _("Maintenance, included"),
}
LEFT = {
    "double": _("known already"),
    "contradicts-known": _("another counter for a known moment"),
    "before-delivery": _("before the delivery"),
    "in-the-future": _("in the future"),
    "unknown-product": _("unknown product"),
    "not-allowed": _("product of another firm"),
    "missing-product": _("no product"),
    "missing-time": _("no time"),
    "missing-hours": _("no hours"),
    "bad-time": _("not a time"),
    "no-such-date": _("a date that does not exist"),
    "bad-hours": _("not a number of hours"),
    "negative-hours": _("hours below zero"),
    "wrong-number-of-cells": _("too many or too few cells"),
}
