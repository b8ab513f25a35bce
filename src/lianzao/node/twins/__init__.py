"""Sites, resources and products as twins: the AAS server over this platform, behind the doors of every other page."""

from django.conf import settings

from lianzao.aas import create_app
from lianzao.base import clock
from lianzao.node.twins.naming import NAMES
from lianzao.node.twins.platform import TwinPlatform

twins = create_app(TwinPlatform(), names=NAMES, now=clock.now, session_cookie=settings.SESSION_COOKIE_NAME)
