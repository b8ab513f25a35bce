"""From what a shop reported to what it is and how long it takes: resources, calendars, routings, times, lead times."""

from .lead_time import PROBABILITIES as PROBABILITIES
from .lead_time import promise as promise
from .lead_time import reference as reference
from .learning import learn as learn
from .reports import Kind as Kind
from .reports import Report as Report
from .site import LearnedMode as LearnedMode
from .site import LearnedOperation as LearnedOperation
from .site import LearnedPart as LearnedPart
from .site import LearnedResource as LearnedResource
from .site import LearnedRouting as LearnedRouting
from .site import LearnedSite as LearnedSite
from .site import Shift as Shift
from .site import Time as Time
from .survival import Lead as Lead
