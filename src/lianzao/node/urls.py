"""All addresses of the node; each room lists its own."""

from django.urls import include, path

from lianzao.node import health
from lianzao.node.api import api

urlpatterns = [
    path("api/", api.urls),
    path("healthz", health.healthz),
    path("", include("lianzao.trust.urls")),
    path("", include("lianzao.trade.urls")),
    path("", include("lianzao.capacity.urls")),
    path("", include("lianzao.production.urls")),
    path("", include("lianzao.aftercare.urls")),
    path("", include("lianzao.notices.urls")),
]
