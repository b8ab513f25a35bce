"""What is needed against what is offered: who can, in which order by a published rule, and why the rest cannot."""

from .criteria import Criterion as Criterion
from .criteria import Failure as Failure
from .matching import Candidate as Candidate
from .matching import Matches as Matches
from .matching import Rejected as Rejected
from .matching import match as match
from .need import MalformedMatch as MalformedMatch
from .need import Need as Need
from .need import Offer as Offer
from .need import Record as Record
from .points import PUBLISHED as PUBLISHED
from .points import Points as Points
from .points import Rule as Rule
from .taxonomy import Taxonomy as Taxonomy
from .tolerance import Tolerance as Tolerance
from .tolerance import width_mm as width_mm
from .why import Why as Why
from .why import why_above as why_above
