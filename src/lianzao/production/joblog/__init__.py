"""A shop's own production log: read it, know it as of any moment, promise from it, and walk through it as if live."""

from .orders import KnownLog as KnownLog
from .orders import as_known as as_known
from .promising import PromiseFn as PromiseFn
from .promising import Quantiles as Quantiles
from .promising import promise_from_log as promise_from_log
from .reading import Log as Log
from .reading import read as read
from .replay import Replay as Replay
from .replay import replay as replay
from .site import site_from_log as site_from_log
from .text import NotALog as NotALog
