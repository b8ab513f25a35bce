"""From what a shop reported to what it is and how long it takes: resources, calendars, routings, times, lead times."""

from .lead_time import PROBABILITIES as PROBABILITIES
from .lead_time import promise as promise
from .lead_time import reference as reference
from .reports import Kind as Kind
from .reports import Report as Report
from .survival import Lead as Lead
