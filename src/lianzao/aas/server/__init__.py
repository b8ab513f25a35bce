"""The AAS server over the port `Platform`."""

from .app import create_app as create_app
from .encoding import decode as decode
from .encoding import encode as encode
