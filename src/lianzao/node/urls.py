"""All addresses of the node; each room lists its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("lianzao.trust.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
