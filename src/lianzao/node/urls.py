"""All addresses of the node; each room lists its own."""

from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from lianzao.node import api_docs, health, home
from lianzao.node.api import api

urlpatterns = [
    path("", home.home, name="home"),
    path("api/docs", api_docs.api_docs, name="api_docs"),
    path("api/", api.urls),
    path("healthz", health.healthz),
    path("favicon.ico", RedirectView.as_view(url=static("web/mark.svg"))),
    path("", include("lianzao.trust.urls")),
    path("", include("lianzao.trade.urls")),
    path("", include("lianzao.capacity.urls")),
    path("", include("lianzao.production.urls")),
    path("", include("lianzao.aftercare.urls")),
    path("", include("lianzao.notices.urls")),
]
