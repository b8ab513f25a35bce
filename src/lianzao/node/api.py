"""The API of the node: each room's operations under /api, one description of them all."""

from __future__ import annotations

from lianzao import __version__
from lianzao.aftercare.api import router as aftercare
from lianzao.node.api_examples import ExemplifiedAPI
from lianzao.production.api import router as production
from lianzao.trade.api import router as trade
from lianzao.trust.api import signed_in
from lianzao.web.api import create_api

api = create_api(__version__, auth=signed_in, kind=ExemplifiedAPI)
api.add_router("", trade)
api.add_router("", production)
api.add_router("", aftercare)
