"""Sheets of paper as one PDF, A4.

The same sheets give the same bytes, whenever and in whichever process they are made:
nothing on them says when they were printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ctypes import CDLL, byref, c_char_p, c_int, c_void_p
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from PIL import ImageFile

STYLE = Path(__file__).with_name("sheets.css")
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
# By the names under which weasyprint/text/ffi.py (70.0) looks for them.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    # Without it everything comes out the same, seventy times as late.
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
PRESS = Lock()  # each document takes some hundred megabytes while it is made


class SwitchedOff(Exception):
    """This machine lacks what printing needs; the message says what."""


@dataclass(frozen=True)
class Sheet:
    """A paper of its own, whose pages are numbered from one."""

    template: str
    context: Mapping[str, Any]

    def written_out(self) -> str:
        return render_to_string(f"workflows/printed/{self.template}", self.context)


@cache
def switched_off() -> str:
    """Why nothing can be printed here; "" where it can."""
    lacking = [package for name, package in LIBRARIES.items() if not _there(name)]
    if find_spec("weasyprint") is None:
        lacking.insert(0, "weasyprint")
    if not _has_fonts():
        lacking.append("fonts-noto-cjk")
    return _("没有安装 %(what)s") % {"what": "、".join(lacking)} if lacking else ""


def _there(library: str) -> bool:
    try:
        CDLL(library)
    except OSError:
        return False
    return True


def _has_fonts() -> bool:
    try:
        config = CDLL("libfontconfig.so.1")
    except OSError:
        return False
    return all(_best(config, name) == name for name in FONTS)


def _best(config: CDLL, name: str) -> str:
    """The family that stands in for this one, which may be the one itself."""
    config.FcNameParse.restype = config.FcFontMatch.restype = c_void_p
    asked = c_void_p(config.FcNameParse(name.encode()))
    config.FcConfigSubstitute(None, asked, 0)
    config.FcDefaultSubstitute(asked)
    outcome, family = c_int(), c_char_p()
    found = c_void_p(config.FcFontMatch(None, asked, byref(outcome)))
    if found:
        config.FcPatternGetString(found, b"family", 0, byref(family))
    said = (family.value or b"").decode()
    for pattern in filter(None, (asked, found)):
        config.FcPatternDestroy(pattern)
    return said


def put_to_paper(sheets: Iterable[Sheet]) -> bytes:
    """One PDF of all these papers; raises SwitchedOff."""
    if why := switched_off():
        raise SwitchedOff(why)
    # Half a second and forty megabytes, for those processes alone that print.
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    # WeasyPrint has Pillow fill up broken pictures, for the whole process: one that
    # people hand in is to be refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False

    written = [sheet.written_out() for sheet in sheets]
    nothing = URLFetcher(allowed_protocols=())  # all that is printed is in the rows
    with PRESS:
        style = CSS(string=STYLE.read_text(encoding="utf-8"))
        documents = [
            HTML(string=html, url_fetcher=nothing).render(stylesheets=[style])
            for html in written
        ]
        pages = [page for document in documents for page in document.pages]
        printed: bytes = documents[0].copy(pages).write_pdf()
    return printed
