"""What is asked of one person at the door: a signature, a reason, in which capacity."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

from workflows.models import Absence, Observer

from .fields import ActForm, Line, OneOf


class SignByFinger(ActForm):
    """The strokes that the script on the page wrote down."""

    written = forms.CharField(
        label=lazy("签名"),
        widget=forms.HiddenInput,
        error_messages={"required": lazy("没有看到签名，请重新签。")},
    )

    def _say_it_plainly(self, field: forms.Field) -> None:
        """The field says it already."""


class Excuse(ActForm):
    """Why somebody is not there."""

    reason = OneOf(label=lazy("缺席原因"), choices=Absence.Reason.choices)
    note = Line(label=lazy("说明"), max_length=100, required=False)


class Observe(ActForm):
    """Who listens, and as what."""

    name = Line(
        label=lazy("姓名"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "officers", "autocomplete": "off"}),
    )
    capacity = OneOf(label=lazy("身份"), choices=Observer.Capacity.choices)
    post = Line(label=lazy("单位及职务"), max_length=60, required=False)
