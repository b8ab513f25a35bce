"""Who holds which time: calendars, bookings, holds. The database itself refuses overbooking."""
