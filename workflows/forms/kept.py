"""What is asked of who kept a head of the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import kept
from audit.note import LARGEST_NOTE, BadNote, Note, read_head

from .fields import ActForm, Line

NO_CHECKPOINT = lazy("这不是存证文件。请选从这里下载的文件，不要改动里面的内容。")


class CheckpointFile(forms.FileField):
    """A checkpoint as it was downloaded: a short text with signatures under it."""

    def __init__(self, **kwargs: Any) -> None:
        said = dict.fromkeys(("invalid", "empty"), NO_CHECKPOINT)
        widget = forms.FileInput(attrs={"accept": ".txt,text/plain"})
        super().__init__(widget=widget, error_messages=said, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Note | None:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST_NOTE:
            raise ValidationError(NO_CHECKPOINT)
        try:
            note = Note.parse(file.read())
            read_head(note.text)
        except BadNote:
            raise ValidationError(NO_CHECKPOINT) from None
        return note


class KeptHead(ActForm):
    """A file that was kept, or what stands on the paper."""

    file = CheckpointFile(label=lazy("留存的存证文件"), required=False)
    size = Line(label=lazy("总数"), max_length=30, required=False)
    root = Line(label=lazy("短码或全码"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors or given.get("file"):
            return given
        if not given.get("size") and not given.get("root"):
            raise ValidationError(_("请选留存的存证文件，或者填纸上的总数和短码。"))
        try:
            given["typed"] = kept.Kept.typed(given["size"], given["root"])
        except kept.NotRead:
            wrong = _("总数是一个数，短码是 16 个字（0 到 9、a 到 f），请照纸上写。")
            raise ValidationError(wrong) from None
        return given


class Cosigned(ActForm):
    """A checkpoint with a witness's signature under it."""

    signed = CheckpointFile(label=lazy("签过名的存证文件"))
