from django.urls import path

from lianzao.trust import pages

urlpatterns = [
    path("login", pages.sign_in, name="login"),
    path("logout", pages.sign_out, name="logout"),
    path("password", pages.change_password, name="password_change"),
]
