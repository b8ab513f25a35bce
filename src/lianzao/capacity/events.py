"""What happens here, for the ledger."""

from lianzao.ledger.kinds import kind

HELD = kind("capacity.hold.made", "bookings", "expires")
TAKEN = kind("capacity.hold.taken")
RELEASED = kind("capacity.hold.released", "why")
MOVED = kind("capacity.bookings.moved", "bookings")
OWN_WORK_CHANGED = kind("capacity.own-work.changed", "source", "rows", "overloaded")
CALENDAR_CHANGED = kind("capacity.calendar.changed", "version")
CALENDAR_CONFIRMED = kind("capacity.calendar.confirmed")
