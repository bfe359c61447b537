"""Photographs and PDFs: told by what is in them, kept under names of our own."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from workflows.stage import Stage

HTML = b"<html><script>alert(1)</script></html>"


def picture(kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "#9b1c1c").save(out, kind)
    return out.getvalue()


def photograph(**more) -> bytes:
    """As from a telephone: with a small picture of itself in its head."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x9286] = picture()
    noise = Image.effect_noise((64, 64), 40)
    noise.save(out, more.pop("kind", "JPEG"), exif=exif, **more)
    assert out.getvalue().count(END) >= 2
    return out.getvalue()


END = b"\xff\xd9"
TWO_IN_ONE = {
    "kind": "MPO",
    "save_all": True,
    "append_images": [Image.new("L", (8, 8))],
}
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def bomb() -> bytes:
    """A few bytes that would be a picture of 3600 million points."""
    small = picture("PNG")
    head = b"IHDR" + struct.pack(">II", 60_000, 60_000) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def address(matter, verb: str = "attach") -> str:
    return reverse("workflows:act", args=[matter.village.slug, matter.number, verb])


def sent(page, matter, content: bytes, name: str = "a.jpg"):
    file = SimpleUploadedFile(name, content, "image/jpeg")
    given = {"code": "other", "name": "照片", "file": file}
    return page.post(address(matter), given)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (picture("JPEG"), "jpg"),
        (photograph(progressive=True), "jpg"),
        (photograph(**TWO_IN_ONE), "jpg"),
        (photograph() + b"what the maker of the telephone adds", "jpg"),
        (picture("PNG"), "png"),
        (PDF, "pdf"),
    ],
    ids=["jpg", "progressive", "two in one", "jpg and more", "png", "pdf"],
)
def test_what_we_take_is_kept_with_its_hash(world, page_of, content, suffix) -> None:
    matter, page = world.draft(), page_of(world.clerk)
    assert sent(page, matter, content, "../../合同.exe").status_code == 302
    document = matter.documents.get()
    assert document.hash == hashlib.sha256(content).hexdigest()
    assert document.file.name.endswith(f"{document.hash[:16]}.{suffix}")
    args = [matter.village.slug, matter.number, document.uid]
    url = reverse("workflows:document", args=args)
    assert page_of(world.zhou).get(url).status_code == 404
    got = page_of(world.rep01).get(url)
    assert b"".join(got.streaming_content) == content
    assert got["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HTML, "a.jpg"),
        (b"GIF89a" + b"\x00" * 60, "a.gif"),
        (picture()[:20], "a.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
        (b"PK\x03\x04" + b"\x00" * 60, "a.pdf"),
        (b"", "empty.jpg"),
        (picture("PNG")[:-20], "a.png"),
        (bomb(), "a.png"),
    ],
    ids=["html", "gif", "cut", "svg", "zip", "empty", "cut png", "bomb"],
)
def test_anything_else_is_not_taken(world, page_of, entries, content, name) -> None:
    matter = world.draft()
    before = entries()
    answer = sent(page_of(world.clerk), matter, content, name)
    assert answer.status_code == 400
    assert "只能传照片（jpg、png）和 PDF。" in answer.content.decode()
    assert entries() == before
    assert not matter.documents.exists()


@pytest.mark.parametrize("share", [0.5, 0.99])
@pytest.mark.parametrize("more", [{}, {"progressive": True}], ids=["plain", "steps"])
def test_half_a_photograph_is_told_from_a_whole_one(
    world, page_of, entries, more, share
) -> None:
    matter, whole, before = world.draft(), photograph(**more), entries()
    cut = whole[: int(len(whole) * share)]
    answer = sent(page_of(world.clerk), matter, cut)
    assert answer.status_code == 400
    assert "这张照片没有传完整，请重新选一次再传。" in answer.content.decode()
    assert entries() == before
    assert not matter.documents.exists()


def test_a_file_over_the_limit_is_not_taken(world, page_of, entries, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024
    matter = world.draft()
    before = entries()
    large = picture() + b"\x00" * (3 * 1024 * 1024)
    answer = sent(page_of(world.clerk), matter, large)
    assert answer.status_code == 400
    assert "这个文件 3 MB，最大 2 MB。" in answer.content.decode()
    assert entries() == before


def test_no_file_needs_a_reason(world, page_of) -> None:
    matter, page = world.draft(), page_of(world.clerk)
    given = {"code": "other", "name": "合同"}
    answer = page.post(address(matter), given)
    assert answer.status_code == 400
    assert "写明“无此材料”的原因" in answer.content.decode()
    given["absent_because"] = "还没有签。"
    assert page.post(address(matter), given).status_code == 302


def test_the_photograph_of_a_posting_is_kept(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    notice, page = matter.standing_notices[0], page_of(world.clerk)
    args = [matter.village.slug, matter.number, notice.uid]
    photo = reverse("workflows:photo", args=args)
    assert page.get(photo).status_code == 404
    url = reverse("workflows:notice_act", args=[*args, "post"])
    file = SimpleUploadedFile("IMG_1.jpg", picture(), "image/jpeg")
    given = {"posted_on": "2026-03-02", "place": "村务公开栏", "photo": file}
    assert page.post(url, given).status_code == 302
    posting = notice.postings.get()
    assert posting.photo_hash == hashlib.sha256(picture()).hexdigest()
    assert b"".join(page.get(photo).streaming_content) == picture()
    assert page_of(world.zhou).get(photo).status_code == 404


def test_the_form_says_that_it_brings_files(world, page_of) -> None:
    text = page_of(world.clerk).get(address(world.draft())).content.decode()
    assert 'enctype="multipart/form-data"' in text


def test_what_is_cut_short_on_the_way_is_refused(world, page_of, entries) -> None:
    matter = world.draft()
    before = entries()
    answer = page_of(world.clerk).post(
        address(matter), b"--x\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 400
    answer = page_of(world.clerk).post(
        address(matter), b"", content_type="multipart/form-data"
    )
    assert answer.status_code == 400
    assert entries() == before
