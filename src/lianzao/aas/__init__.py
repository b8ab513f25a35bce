"""Asset Administration Shells: one port, and the documents behind it. No Django.

Floors, each knowing only those below: `platform` (the port), `documents`.
"""

from .documents import Names as Names
from .platform import Platform as Platform
from .platform import Token as Token
from .platform import Unauthenticated as Unauthenticated
