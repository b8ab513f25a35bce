"""Signing in and out, and changing one's password: Django's own views in our templates."""

from django.contrib.auth import views

sign_in = views.LoginView.as_view(template_name="web/login.html", redirect_authenticated_user=True)
sign_out = views.LogoutView.as_view()
change_password = views.PasswordChangeView.as_view(template_name="web/password_change.html", success_url="/")
