"""Photographs of paper: smaller on the screen, bare of what the camera wrote."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from workflows.pictures import SIDE, Unreadable, page_of, taken_at

LARGE = (3000, 4000)
TURNED = 6  # the camera was held on its side


def photograph(size=LARGE, kind="JPEG", mode="RGB", **more) -> SimpleUploadedFile:
    out, exif = BytesIO(), Image.Exif()
    exif[ExifTags.Base.Make] = "山寨"
    exif[ExifTags.Base.Orientation] = more.pop("orientation", 1)
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: "2026:03:05 09:12:00",
            ExifTags.Base.MakerNote: b"\x00\x01" * 4000,
            ExifTags.Base.ExposureTime: IFDRational(1, 0),
        }
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (37.0, 36.0, 12.5),
        }
    )
    Image.new(mode, size, more.pop("colour", None)).save(out, kind, exif=exif, **more)
    return SimpleUploadedFile(f"a.{kind.lower()}", out.getvalue())


def shown(page) -> Image.Image:
    return Image.open(BytesIO(page.reading.read()))


def test_what_is_shown_is_small_and_the_hash_is_of_what_came():
    file = photograph()
    whole = file.read()
    page = page_of(file)
    assert page.hash == hashlib.sha256(whole).hexdigest()
    assert page.file.read() == whole
    small = shown(page)
    assert (small.format, small.size) == ("JPEG", (SIDE * 3 // 4, SIDE))


def test_nothing_of_the_camera_is_in_what_is_shown():
    page = page_of(photograph())
    small = shown(page)
    assert not small.getexif()
    told = {key for key in small.info if not key.startswith(("jfif", "progress"))}
    assert told == set()


def test_what_the_camera_wrote_is_kept_beside():
    page = page_of(photograph())
    said = json.loads(page.exif)
    assert said["DateTimeOriginal"] == "2026:03:05 09:12:00"
    assert said["GPSLatitude"] == "37.0 36.0 12.5"
    assert "MakerNote" not in said
    assert taken_at(page.exif) == "2026年3月5日 09:12"


def test_a_picture_taken_sideways_is_shown_upright():
    assert shown(page_of(photograph(orientation=TURNED))).size == (SIDE, SIDE * 3 // 4)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_every_kind_of_drawing_is_shown(mode):
    out = BytesIO()
    Image.new(mode, (40, 60)).save(out, "PNG")
    page = page_of(SimpleUploadedFile("a.png", out.getvalue()))
    assert shown(page).size == (40, 60)
    assert page.exif == ""


def test_what_is_clear_is_white_on_the_screen():
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    page = page_of(SimpleUploadedFile("a.png", out.getvalue()))
    assert min(shown(page).getpixel((4, 4))) > 250


def test_a_pdf_is_shown_as_it_is():
    page = page_of(SimpleUploadedFile("a.pdf", b"%PDF-1.4"))
    assert (page.reading, page.exif) == (None, "")


def test_a_picture_that_breaks_off_is_told():
    whole = photograph().read()
    with pytest.raises(Unreadable):
        page_of(SimpleUploadedFile("a.jpg", whole[: len(whole) // 2]))


def test_what_the_camera_wrote_in_error_stops_nothing():
    whole = photograph((8, 8)).read()
    start = whole.index(b"Exif\x00\x00") + 6
    broken = whole[: start + 4] + b"\xff" * 60 + whole[start + 64 :]
    page = page_of(SimpleUploadedFile("a.jpg", broken))
    assert shown(page).size == (8, 8)
    assert taken_at(page.exif) == ""
