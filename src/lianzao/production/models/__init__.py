"""Jobs on the shop floor, and the history of shops that brought their own log."""

from .history import LogImport as LogImport
from .history import LogRouting as LogRouting
from .history import LogRow as LogRow
from .job import JobOrder as JobOrder
from .job import JobResponse as JobResponse
from .job import reporting_for as reporting_for
