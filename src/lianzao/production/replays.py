"""Replaying the log in a file between two dates."""

from __future__ import annotations

from lianzao.base.messages import _
from lianzao.production.joblog import Replay, read, replay
from lianzao.trade.requests import WrongRequest, moment


def replay_file(data: bytes, first: str = "", last: str = "") -> Replay:
    """Promise each order released from `first` to the end of `last` (ISO 8601; the whole log without them).

    Raises NotALog, WrongRequest for a date that cannot be.
    """
    day = len("2012-02-01")
    start = moment(f"{first}T00:00:00" if len(first) == day else first or None, "from")
    end = moment(last or None, "to")
    if start is not None and end is not None and end < start:
        raise WrongRequest(_("The last date lies before the first."), at="to", accepted=_("a later date"))
    return replay(read(data).reports, start, end)
