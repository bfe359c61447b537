from __future__ import annotations

from django.contrib.auth import views

from villages.forms import SignInForm


class SignIn(views.LoginView):
    """Who fails five times waits fifteen minutes: django-axes answers with 429."""

    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(views.LogoutView):
    """By POST only, so that no link can sign anybody out."""
