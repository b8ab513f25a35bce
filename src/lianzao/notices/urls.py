from django.urls import path

from lianzao.notices import pages

urlpatterns = [
    path("inbox", pages.inbox, name="inbox"),
    path("inbox/read", pages.read, name="inbox_read"),
]
