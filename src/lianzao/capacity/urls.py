from django.urls import path

from lianzao.capacity import pages

urlpatterns = [path("calendar", pages.calendar, name="calendar")]
