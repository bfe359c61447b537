from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """An account and its password.

    One sentence for whatever is wrong: it does not tell which accounts exist.
    """

    username = UsernameField(
        label=_("账号"),
        max_length=150,
        error_messages={
            "required": _("请填写账号。"),
            "max_length": _("账号最多 %(limit_value)s 个字。"),
        },
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        error_messages={"required": _("请填写密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        key: _("账号或密码不对。连错五次要等十五分钟，可以请乡镇帮您重设密码。")
        for key in ("invalid_login", "inactive")
    }
