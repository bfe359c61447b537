from __future__ import annotations

from typing import Any

from django.contrib.auth import views
from django.http import HttpResponse

from villages.forms import SignInForm


class SignIn(views.LoginView):
    """Who fails five times waits fifteen minutes: django-axes answers with 429."""

    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: Any) -> HttpResponse:
        """What cannot be read as an account and a password is no attempt."""
        response = super().form_invalid(form)
        if set(form.errors) - {"__all__"}:
            response.status_code = 400
        return response


class SignOut(views.LogoutView):
    """By POST only, so that no link can sign anybody out."""
