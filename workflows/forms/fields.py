"""Questions as the forms ask them, and what is said where an answer cannot be read."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_stubs_ext import StrOrPromise
from PIL import Image

from workflows.days import in_our_time
from workflows.uploads import sha256_of

Label = StrOrPromise

# All but line breaks and tabs; also what turns the order of digits round on the
# board, what XML forbids, and what nobody sees: a name of such signs alone would be
# no name, and one among others would make two of one. NUL is refused by Django's own
# validator.
CONTROLS = re.compile(
    r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    r"\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    r"\ufffe\uffff]"
)
SOFT_BREAKS = re.compile(r"[\x0b\x0c]")
BREAKS = re.compile(r"[\n\r]+")
MEBIBYTE = 1024 * 1024
# Some telephones put a second, smaller picture behind the first: MPO.
PICTURES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png"}
FILL, SCAN, END = 0xFF, 0xDA, b"\xff\xd9"  # of a JPEG: ITU-T T.81, B.1.1
PDF = b"%PDF-"
AMOUNT = lazy("金额写到元，最多两位小数，例如 380000.00。")
TOO_LONG = lazy("%(label)s最多写 %(limit_value)s 个字。")
WRONG_FILE = lazy("只能传照片（jpg、png）和 PDF。")
CUT_OFF = lazy("这张照片没有传完整，请重新选一次再传。")


class ActForm(forms.Form):
    """A form of one act: its cleaned data are the act's keyword arguments.

    `about` is the row the act is about; it shapes choices and first answers, and
    decides nothing.
    """

    def __init__(self, *args: Any, about: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        if about is not None:
            self.shape(about)
        for field in self.fields.values():
            self._say_it_plainly(field)

    def shape(self, about: Any) -> None:
        """Choices and first answers that depend on the row."""

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """The answers among which one chooses."""
        cast(forms.ChoiceField, self.fields[name]).choices = list(choices)

    def _say_it_plainly(self, field: forms.Field) -> None:
        said = field.error_messages
        said["required"] = _("请填写%(label)s。")
        if isinstance(field, forms.ChoiceField):
            said["required"] = said["invalid_choice"] = _("请选择%(label)s。")
        for error, message in said.items():
            # What the validators fill in stays open.
            said[error] = str(message).replace("%(label)s", str(field.label))


def readable(text: str) -> str:
    """Without what no page and no feed can show; word processors send such things."""
    return CONTROLS.sub("", SOFT_BREAKS.sub("\n", text)).strip()


class Line(forms.CharField):
    """A few words."""

    def __init__(self, *, label: Label, max_length: int = 100, **kwargs: Any) -> None:
        super().__init__(label=label, max_length=max_length, **kwargs)
        self.error_messages["max_length"] = TOO_LONG

    def to_python(self, value: Any) -> str:
        said = super().to_python(value) or ""
        return BREAKS.sub(" ", readable(said))


class Text(Line):
    """Some sentences."""

    def to_python(self, value: Any) -> str:
        return readable(forms.CharField.to_python(self, value) or "")

    def __init__(
        self, *, label: Label, rows: int = 6, max_length: int = 20_000, **kwargs: Any
    ) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, max_length=max_length, widget=widget, **kwargs)


class Day(forms.DateField):
    """A day, in the calendar's own form."""

    def __init__(self, *, label: Label, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={
                "invalid": lazy("%(label)s要写成 2026-03-20 这样，或在日历里选。")
            },
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        """A year beyond any calendar is a slip of the pen, not a day."""
        super().validate(value)
        if value and not in_our_time(value):
            raise ValidationError(str(self.error_messages["invalid"]), code="invalid")


class Count(forms.IntegerField):
    """So many people, days or hundredths."""

    def __init__(
        self, *, label: Label, most: int = 1_000_000, least: int = 0, **kwargs: Any
    ) -> None:
        attrs = {"min": least, "max": most, "inputmode": "numeric"}
        super().__init__(
            label=label,
            min_value=least,
            max_value=most,
            widget=forms.NumberInput(attrs=attrs),
            error_messages={
                "invalid": lazy("%(label)s要填整数。"),
                "min_value": lazy("%(label)s不能小于 %(limit_value)s。"),
                "max_value": lazy("%(label)s不能大于 %(limit_value)s。"),
            },
            **kwargs,
        )


class Money(forms.DecimalField):
    """Yuan, to the fen, never less than nothing."""

    def __init__(self, *, label: Label, **kwargs: Any) -> None:
        wrong = (
            "invalid",
            "min_value",
            "max_value",
            "max_digits",
            "max_decimal_places",
        )
        super().__init__(
            label=label,
            min_value=Decimal(0),
            max_digits=14,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages=dict.fromkeys((*wrong, "max_whole_digits"), AMOUNT),
            **kwargs,
        )


class OneOf(forms.ChoiceField):
    """One of a few answers, each a large box."""

    def __init__(self, *, label: Label, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(
            label=label, choices=choices, widget=forms.RadioSelect, **kwargs
        )


class SomeOf(forms.MultipleChoiceField):
    """Any number of answers."""

    def __init__(self, *, label: Label, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(
            label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs
        )

    def to_python(self, value: Any) -> list[str]:
        """Each once, however often it was sent."""
        return list(dict.fromkeys(super().to_python(value)))


class Scan(forms.FileField):
    """A photograph or a PDF, told by what is in the file and not by its name."""

    def __init__(self, *, label: Label, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,.pdf"}),
            error_messages={"empty": WRONG_FILE, "invalid": WRONG_FILE},
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file under a name of our own, with its hash as `sha256`; or None."""
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(_too_large(file.size), code="too_large")
        suffix = _suffix(file)
        if suffix == "jpg" and _cut_off(file):
            raise ValidationError(str(CUT_OFF), code="cut_off")
        if suffix is None:
            raise ValidationError(str(WRONG_FILE), code="wrong_file")
        file.sha256 = sha256_of(file)
        file.name = f"{file.sha256[:16]}.{suffix}"
        return file


def _too_large(size: int) -> str:
    return _("这个文件 %(size)s，最大 %(max)s。照片请在手机里选“原图以外”。") % {
        "size": _size(size),
        "max": _size(settings.UPLOAD_MAX_BYTES),
    }


def _size(size: int) -> str:
    if size < MEBIBYTE:
        return f"{max(size // 1024, 1)} KB"
    return f"{size / MEBIBYTE:.1f} MB".replace(".0 ", " ")


def _suffix(file: UploadedFile[Any]) -> str | None:
    """What the bytes are, or None where they are nothing we take."""
    file.seek(0)
    is_pdf = file.read(len(PDF)) == PDF
    file.seek(0)
    suffix = "pdf" if is_pdf else _picture(file)
    file.seek(0)
    return suffix


def _cut_off(file: UploadedFile[Any]) -> bool:
    """Whether a JPEG ends before its end mark, as on a network that broke off.

    Pillow 13 looks at no more than the head; and the small picture inside the head,
    which has an end mark of its own, is passed over.
    """
    data, at = file.read(), 2
    file.seek(0)
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != bytes([SCAN]):
        filled = data[at + 1 : at + 2] == bytes([FILL])
        at += 1 if filled else 2 + int.from_bytes(data[at + 2 : at + 4])
    return END not in data[at:]


def _picture(file: UploadedFile[Any]) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=["JPEG", "PNG"])
            found = PICTURES[str(picture.format)]
            picture.verify()
    except (OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombWarning):
        return None
    except Image.DecompressionBombError:
        return None
    return found
