"""Which signed pages are handed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflows.models import SignedPage
from workflows.pictures import Page, Unreadable, page_of

from .fields import CUT_OFF, ActForm, OneOf, Scan

MOST_AT_ONCE = 20


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class Scans(Scan):
    """Several photographs or PDFs; what is wrong says with which."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = ManyFiles(attrs={**self.widget.attrs, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Page]:
        files = (data if isinstance(data, list) else [data]) or [None]
        if len(files) > MOST_AT_ONCE:
            words = _("一次最多传 %(most)s 个文件，这次选了 %(n)s 个。请分几次传。")
            raise ValidationError(words % {"most": MOST_AT_ONCE, "n": len(files)})
        several = len(files) > 1
        return [
            self._page(file, place if several else 0)
            for place, file in enumerate(files, 1)
        ]

    def _page(self, data: Any, place: int) -> Page:
        try:
            return page_of(super().clean(data))
        except Unreadable:
            wrong = str(CUT_OFF)
        except ValidationError as refused:
            wrong = " ".join(refused.messages)
        if place:
            facts = {"place": place, "wrong": wrong}
            wrong = _("第 %(place)s 个文件：%(wrong)s") % facts
        raise ValidationError(wrong)


class AttachPages(ActForm):
    sort = OneOf(label=lazy("是什么"), choices=SignedPage.Sort.choices)
    pages = Scans(
        label=lazy("照片或 PDF"),
        help_text=lazy(
            "可以一次选几张，按选的顺序编页。签过字的每一页都要拍全、拍清楚。"
        ),
    )
