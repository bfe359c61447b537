"""What was signed by hand comes back: each page once, with its hash in the record."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from audit.models import Entry
from tests.workflows.everywhere import Scene
from tests.workflows.sitting_steps import (
    convened,
    declared,
    enter,
    held,
    nothing_changes,
    records,
    sign,
)
from workflows.acts import (
    AlreadyDone,
    BadInput,
    Forbidden,
    OutOfTurn,
    attaching,
)
from workflows.models import SignedPage
from workflows.pictures import page_of


@pytest.fixture(autouse=True)
def disk(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return Path(tmp_path)


def scan(n: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{n}.pdf", f"%PDF-1.4 page {n}".encode())


def files(disk):
    return sorted(file.name for file in disk.rglob("*") if file.is_file())


def test_several_pages_are_one_act_and_their_hashes_stand_in_its_entry(world):
    sitting = declared(world, world.draft()).sitting
    with records("sitting.attached"):
        first = sign(world, sitting, scan(1), scan(2))
    with records("sitting.attached"):
        [third] = sign(world, sitting, scan(3), sort="sign_in")
    assert [page.number for page in (*first, third)] == [1, 2, 3]
    entry = Entry.objects.order_by("-id")[1]
    told = [hashlib.sha256(f"%PDF-1.4 page {n}".encode()).hexdigest() for n in (1, 2)]
    assert entry.subject == sitting.subject
    assert entry.facts["hashes"] == told == [page.hash for page in first]
    assert (entry.facts["sort"], entry.facts["first"]) == ("minutes", 1)
    assert str(third) == "第 3 页　签到册"


def test_what_the_camera_wrote_is_sealed_and_not_said(world):
    sitting = enter(world, world.draft())
    sign(world, sitting, Scene.photograph(taken="2026:03:05 09:12:00"))
    entry = Entry.objects.latest("id")
    assert "2026:03:05" not in entry.body
    sealed = entry.commitments.get(path="/facts/persons").value
    assert "2026:03:05 09:12:00" in sealed


@pytest.mark.parametrize("again", [[1, 2], [2]])
def test_the_button_pressed_twice_keeps_each_page_once(world, disk, again):
    sitting = declared(world, world.draft()).sitting
    sign(world, sitting, scan(1), scan(2))
    before = files(disk)
    with nothing_changes(), pytest.raises(AlreadyDone):
        sign(world, sitting, *map(scan, again))
    assert files(disk) == before


def test_a_page_that_is_there_already_is_named(world, disk):
    sitting = declared(world, world.draft()).sitting
    sign(world, sitting, scan(1), scan(2))
    before = files(disk)
    there = "第 2 个文件已经传过，是第 1 页"
    with nothing_changes(), pytest.raises(BadInput, match=there):
        sign(world, sitting, scan(3), scan(1))
    with nothing_changes(), pytest.raises(BadInput, match="第 2 个文件选了两次"):
        sign(world, sitting, scan(3), scan(3))
    with nothing_changes(), pytest.raises(BadInput, match="请选择照片或 PDF"):
        sign(world, sitting)
    assert files(disk) == before


def test_there_is_an_end_to_it(world, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_PAGES", 3)
    sitting = declared(world, world.draft()).sitting
    sign(world, sitting, scan(1), scan(2))
    with nothing_changes(), pytest.raises(BadInput, match="最多传 3 页，已经有 2 页"):
        sign(world, sitting, scan(3), scan(4))
    sign(world, sitting, scan(3))


def test_a_dossier_must_be_able_to_hold_it(world, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_BYTES", 3 * 1024 * 1024)
    sitting = declared(world, world.draft()).sitting
    large = [SimpleUploadedFile(f"{n}.pdf", b"%PDF" * 2**18 + n) for n in (b"1", b"2")]
    sign(world, sitting, *large, scan(1))
    third = SimpleUploadedFile("3.pdf", b"%PDF" * 2**18 + b"3")
    with nothing_changes(), pytest.raises(BadInput, match="最多 3 MB，已经有 2 MB"):
        sign(world, sitting, third)
    sign(world, sitting, scan(2))


def test_before_the_sitting_nobody_has_signed(world, disk):
    with pytest.raises(OutOfTurn, match="会还没有开"):
        sign(world, convened(world, world.draft()), scan(1))
    assert files(disk) == []


@pytest.mark.parametrize("body", ["joint", "party"])
def test_who_kept_the_sitting_hands_it_in(world, body):
    sitting = held(world, world.draft(), body=body)
    sign(world, sitting, scan(1), sort="sign_in")
    for person in (world.supervisor1, world.township, world.rep01, world.zhou):
        with nothing_changes(), pytest.raises(Forbidden):
            attaching.attach_pages(sitting, "minutes", [page_of(scan(2))], actor=person)


def test_the_database_refuses_the_same_page_twice(world):
    sitting = declared(world, world.draft()).sitting
    [page] = sign(world, sitting, scan(1))
    page.pk, page.number = None, 2
    once = pytest.raises(IntegrityError, match="each_page_once_a_sitting")
    with once, transaction.atomic():
        page.save(force_insert=True)
    assert SignedPage.objects.count() == 1
