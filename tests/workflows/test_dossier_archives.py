"""Archives that are made to harm whoever opens them are refused unopened."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from audit import packed as reading
from tests.workflows.dossiers import Good, packed
from tests.workflows.dossiers import good as good  # noqa: PLC0414

pytestmark = pytest.mark.django_db


def with_member(good: Good, name: str, data: bytes = b"x", **of_it) -> bytes:
    """The good dossier and one file more, of any make."""
    out = BytesIO(good.whole)
    with ZipFile(out, "a") as archive:
        info = ZipInfo(name)
        info.create_system, info.external_attr = 3, 0o100644 << 16
        for key, value in of_it.items():
            setattr(info, key, value)
        archive.writestr(info, data)
    return out.getvalue()


NAMES = {
    "../x": "文件名不安全",
    "a/../../x": "文件名不安全",
    "/etc/x": "文件名不安全",
    "C:\\x": "文件名不安全",
    "a\\..\\x": "文件名不安全",
    "a//x": "文件名不安全",
    "./x": "文件名不安全",
    "x/": "文件名不安全",
    "x\n1. 通过": "文件名不安全",
    "aux.": "文件名不安全",
    "INDEX.html": "文件名重复",
    "index.html": "文件名重复",
    "n" * 201: "目录不完整",
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_that_leads_elsewhere(good: Good, name: str):
    _checked, defect, _ = good.judged(with_member(good, name))
    assert defect.startswith(NAMES[name]) or NAMES[name] in defect
    assert "\n" not in defect


def test_a_bomb(good: Good):
    bomb = with_member(good, "bomb", bytes(64 << 20), compress_type=ZIP_DEFLATED)
    assert len(bomb) < len(good.whole) + (1 << 20)
    _checked, defect, _ = good.judged(bomb)
    assert defect == "文件是压缩过的，卷宗里的文件都不压缩：bomb"


def test_a_link(good: Good):
    link = with_member(good, "x", b"/etc/passwd", external_attr=0o120777 << 16)
    _checked, defect, _ = good.judged(link)
    assert defect == "不是文件，是指向别处的链接：x"


def test_a_password(good: Good):
    whole = bytearray(good.whole)
    at = whole.index(reading.CENTRAL)
    whole[at + 8] |= 1
    _checked, defect, _ = good.judged(bytes(whole))
    assert defect.startswith("文件加了密码：")


def test_packed_again_by_another_program(good: Good):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in good.files.items():
            archive.writestr(name, data)
    _checked, defect, _ = good.judged(out.getvalue())
    assert "压缩" in defect


@pytest.mark.parametrize("part", [0.001, 0.3, 0.9, 0.999])
def test_cut_off(good: Good, part: float):
    _checked, defect, _ = good.judged(good.whole[: int(len(good.whole) * part)])
    assert "可能没有传完" in defect


def test_something_before_between_and_behind(good: Good):
    start = good.whole.index(reading.CENTRAL)
    for whole in (
        b"PK" + good.whole,
        good.whole + b"x",
        good.whole[:start] + b"x" + good.whole[start:],
    ):
        _checked, defect, _ = good.judged(whole)
        assert defect


def test_a_remark_at_the_end(good: Good):
    out = BytesIO(good.whole)
    with ZipFile(out, "a") as archive:
        archive.comment = b"hello"
    _checked, defect, _ = good.judged(out.getvalue())
    assert defect


def test_one_file_that_claims_to_be_another_size(good: Good):
    whole = bytearray(good.whole)
    at = whole.index(reading.CENTRAL)
    struct.pack_into("<II", whole, at + 20, 2**32 - 1, 2**32 - 1)
    _checked, defect, _ = good.judged(bytes(whole))
    assert defect.startswith("压缩包前后两处写的不一样")


def test_too_much_of_it(good: Good, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", len(good.whole) - 1)
    assert "没有打开" in good.judged(good.whole)[1]
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MOST_FILES", 3)
    assert "没有打开" in good.judged(good.whole)[1]


def test_a_file_too_large_to_be_read(good: Good):
    files = good.files | {"checkpoint": b"x" * (1 << 20)}
    from tests.workflows.dossiers import listed

    _checked, defect, _ = good.judged(packed(listed(files)))
    assert defect == "文件过大：checkpoint"
