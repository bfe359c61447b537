"""Photographs of paper: a copy for the screen, and what the camera wrote into them.

The file itself is kept as it came, for the record holds its hash. What is shown is
smaller and carries nothing of the camera: where it was taken is for the record alone.
"""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import ExifTags, Image, ImageOps

from .uploads import sha256_of

SIDE = 1280  # points along the longer side: handwriting on A4 can still be read
QUALITY = 75
WHITE = (255, 255, 255)
# The camera's own notes are long and nobody else can read them.
LONGEST, MOST_TAGS = 100, 80
FOLDERS = {ExifTags.IFD.Exif: ExifTags.TAGS, ExifTags.IFD.GPSInfo: ExifTags.GPSTAGS}
CLOCK = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d)")
TAKEN = ("DateTimeOriginal", "DateTime")


class Unreadable(Exception):
    """The picture broke off, or its bytes are no picture."""


@dataclass(frozen=True)
class Page:
    """One page as it was handed in."""

    file: Any
    hash: str
    reading: ContentFile[bytes] | None = None  # of a photograph
    exif: str = ""


def page_of(file: Any) -> Page:
    """The file with its hash, and what is to be shown of it; raises Unreadable."""
    sha256 = sha256_of(file)
    if str(file.name).endswith(".pdf"):
        return Page(file, sha256)
    small, exif = _looked_at(file)
    return Page(file, sha256, ContentFile(small, f"{sha256[:16]}-small.jpg"), exif)


def _looked_at(file: Any) -> tuple[bytes, str]:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a camera wrote in error
            with Image.open(file) as picture:
                exif = exif_of(picture)
                return _smaller(picture), exif
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise Unreadable from broken
    finally:
        file.seek(0)


def _smaller(picture: Image.Image) -> bytes:
    """As a JPEG of that side at most, upright, without anything but points."""
    picture.draft("RGB", (SIDE, SIDE))  # a JPEG is read no larger than is needed
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("LA", "PA", "P", "RGBA"):
        over = upright.convert("RGBA")
        upright = Image.new("RGB", over.size, WHITE)
        upright.paste(over, mask=over)
    plain = upright.convert("RGB")
    plain.thumbnail((SIDE, SIDE))
    bare = Image.frombytes("RGB", plain.size, plain.tobytes())
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def exif_of(picture: Image.Image) -> str:
    """What the camera wrote, as JSON, for people to compare; "" where it wrote none."""
    try:
        written = picture.getexif()
        found = dict(_said(written, ExifTags.TAGS))
        for folder, names in FOLDERS.items():
            found |= dict(_said(written.get_ifd(folder), names))
    except Exception:  # noqa: BLE001 (bytes of any maker of telephones)
        return ""
    few = dict(sorted(found.items())[:MOST_TAGS])
    return json.dumps(few, ensure_ascii=False, sort_keys=True) if few else ""


def _said(written: Any, names: Any) -> list[tuple[str, str]]:
    told = ((names.get(tag), _plain(value)) for tag, value in written.items())
    return [(str(name), value) for name, value in told if name and value]


def _plain(value: Any) -> str:
    """A few words or numbers; nothing of what is neither."""
    if isinstance(value, bytes):
        return ""
    if isinstance(value, tuple):
        value = " ".join(str(each) for each in value)
    text = "".join(c for c in str(value) if c.isprintable()).strip()
    return text if len(text) <= LONGEST else ""


def taken_at(exif: str) -> str:
    """When the camera says that it was taken; it may be set to any time."""
    said = json.loads(exif) if exif else {}
    taken = next((said[name] for name in TAKEN if name in said), "")
    found = CLOCK.match(taken)
    if found is None:
        return str(taken)
    year, month, day, time = found.groups()
    return f"{year}年{int(month)}月{int(day)}日 {time}"
