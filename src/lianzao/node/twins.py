"""The port through which the AAS server asks the platform: sites, resources and products behind the same doors."""

from __future__ import annotations

from lianzao.aas import Names, create_app
from lianzao.base import clock
from lianzao.node.twin_platform import TwinPlatform

twins = create_app(
    TwinPlatform(), names=Names("https://lianzao.example/id"), now=clock.now, session_cookie="__Host-session"
)
