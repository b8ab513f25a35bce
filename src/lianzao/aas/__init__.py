"""Asset Administration Shells: a server over one port, and the documents it serves. No Django.

Floors, each knowing only those below: `server`, `platform` (the port), `documents`.
"""

from .documents import Names as Names
from .platform import Platform as Platform
from .platform import Token as Token
from .platform import Unauthenticated as Unauthenticated
from .server import create_app as create_app
