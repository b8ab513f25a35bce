from django.urls import path

from lianzao.aftercare import pages

urlpatterns = [
    path("products", pages.products, name="products"),
    path("products/<str:ref>/statements/<str:month>", pages.statement, name="statement"),
    path("passport/<str:ref>", pages.passport, name="passport"),
]
