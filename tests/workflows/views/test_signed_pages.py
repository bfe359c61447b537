"""Signed paper at the desk: handed in on one page, read on the screen, given back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.workflows.everywhere import Scene
from tests.workflows.sitting_steps import (
    convened,
    declared,
    enter,
    nothing_changes,
    records,
)
from tests.workflows.views.test_scans import photograph, picture
from workflows.forms import signed as forms
from workflows.models import SignedPage

OFFERED = 'class="btn alt" href="/sittings/%s/pages/"'
TAKEN = "2026:03:05 09:12:00"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return Path(tmp_path)


@pytest.fixture
def sitting(world):
    return declared(world, world.draft()).sitting


def jpeg(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_1.jpg", content or picture(), "image/jpeg")


def pdf(n: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{n}.pdf", f"%PDF-1.4 {n}".encode())


def files(disk):
    return sorted(file.name for file in disk.rglob("*") if file.is_file())


def test_several_photographs_in_one_press(sitting, desk, press, disk):
    handed_in = [Scene.photograph(taken=TAKEN), jpeg(photograph()), pdf()]
    whole = [file.read() for file in handed_in]
    for file in handed_in:
        file.seek(0)
    with records("sitting.attached"):
        answer = press(sitting, "pages/", sort="minutes", pages=handed_in)
    assert answer.url == f"/sittings/{sitting.uid}/#pages"
    page = answer.client.get(f"/sittings/{sitting.uid}/").content.decode()
    assert "已上传 3 页" in page
    assert "第 2 页　会议记录" in page
    assert "照片自己写的拍摄时间：2026年3月5日 09:12" in page
    assert page.count("看原图") == 2
    for number, content in enumerate(whole, 1):
        got = desk(sitting, "supervisor1", f"pages/{number}/original/")
        assert b"".join(got.streaming_content) == content
    kept = [page.hash for page in SignedPage.objects.all()]
    assert kept == [hashlib.sha256(content).hexdigest() for content in whole]
    small = desk(sitting, "supervisor1", "pages/1/")
    assert small["Content-Type"] == "image/jpeg"
    assert b"Exif" not in b"".join(small.streaming_content)
    assert desk(sitting, part="pages/3/").status_code == 404
    assert len(files(disk)) == 5


def test_a_sign_in_sheet_of_a_sitting_on_paper_is_one_of_them(world, desk, press):
    sitting = enter(world, world.draft())
    press(sitting, "pages/", sort="sign_in", pages=[jpeg()])
    assert OFFERED % sitting.uid in desk(sitting).content.decode()
    assert "第 1 页　签到册" in desk(sitting, "township").content.decode()
    assert OFFERED % sitting.uid not in desk(sitting, "township").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([b"MZ no picture"], "只能传照片（jpg、png）和 PDF。"),
        ([None, b"MZ no picture"], "第 2 个文件：只能传照片（jpg、png）和 PDF。"),
        ([None, b""], "第 2 个文件：只能传照片（jpg、png）和 PDF。"),
        ([photograph()[:-40]], "这张照片没有传完整，请重新选一次再传。"),
        ([None, picture()], "第 2 个文件选了两次。请去掉一个再传。"),
        ([], "请填写照片或 PDF。"),
    ],
    ids=["no picture", "the second", "empty", "cut off", "twice", "nothing"],
)
def test_what_is_wrong_is_said_and_nothing_is_left(sitting, press, disk, wrong, said):
    handed_in = [
        SimpleUploadedFile("a.jpg", c or b"") if c is not None else jpeg()
        for c in wrong
    ]
    with nothing_changes():
        answer = press(sitting, "pages/", sort="minutes", pages=handed_in)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert files(disk) == []


def test_too_large_and_too_many_are_said(sitting, press, settings, monkeypatch, disk):
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024
    large = jpeg(picture() + b"\x00" * (3 * 1024 * 1024))
    with nothing_changes():
        answer = press(sitting, "pages/", sort="minutes", pages=[pdf(), large])
    assert "第 2 个文件：这个文件 3 MB，最大 2 MB。" in answer.content.decode()
    monkeypatch.setattr(forms, "MOST_AT_ONCE", 3)
    with nothing_changes():
        many = [pdf(n) for n in range(4)]
        answer = press(sitting, "pages/", sort="minutes", pages=many)
    assert "一次最多传 3 个文件，这次选了 4 个。" in answer.content.decode()
    assert files(disk) == []


def test_pressed_twice_it_is_told_that_it_was_done(sitting, press, disk):
    press(sitting, "pages/", sort="minutes", pages=[pdf(1), pdf(2)])
    before = files(disk)
    with nothing_changes():
        answer = press(sitting, "pages/", sort="minutes", pages=[pdf(1), pdf(2)])
    assert answer.status_code == 409
    assert "没有重复记录" in answer.content.decode()
    assert files(disk) == before


def test_before_the_sitting_it_is_not_offered(world, desk, press):
    sitting = convened(world, world.draft())
    assert OFFERED % sitting.uid not in desk(sitting).content.decode()
    assert desk(sitting, part="pages/").status_code == 409
    assert press(sitting, "pages/", sort="minutes", pages=[pdf()]).status_code == 409


def test_representatives_and_strangers_do_not_see_it(sitting, desk, press):
    press(sitting, "pages/", sort="minutes", pages=[jpeg()])
    for part in ("pages/1/", "pages/1/original/", "pages/"):
        assert desk(sitting, "rep01", part).status_code == 403
        assert desk(sitting, "zhou", part).status_code == 404
    assert 'id="pages"' not in desk(sitting, "rep01").content.decode()
    assert desk(sitting, part="pages/2/").status_code == 404


def test_a_file_that_was_exchanged_is_not_given_out(sitting, desk, press):
    press(sitting, "pages/", sort="minutes", pages=[jpeg()])
    path = Path(SignedPage.objects.get().file.path)
    path.write_bytes(picture("PNG"))
    answer = desk(sitting, part="pages/1/original/")
    assert answer.status_code == 409
    assert "和上传时的不一样" in answer.content.decode()
    path.unlink()
    assert desk(sitting, part="pages/1/original/").status_code == 404


def test_the_page_takes_several_and_works_without_scripts(sitting, desk):
    html = desk(sitting, part="pages/").content.decode()
    assert 'enctype="multipart/form-data"' in html
    assert 'type="file" name="pages"' in html
    assert " multiple" in html
