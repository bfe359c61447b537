"""A dossier with one defect is refused with a line that names the file."""

from __future__ import annotations

import random

import pytest

from audit.packed import Archive
from tests.workflows.dossiers import Good, listed, packed
from tests.workflows.dossiers import good as good  # noqa: PLC0414

pytestmark = pytest.mark.django_db

KINDS = (
    "index.html",
    "说明.txt",
    "data.json",
    "commitments.json",
    "checkpoint",
    "keys",
    "manifest.json",
    "entries/",
    "proofs/",
    "heads/",
    "attachments/",
    "核对程序/audit/verify",
)


def test_the_good_one_holds(good: Good):
    for given in ({}, {"key": good.key}, *({"kept": k} for k in good.kept.values())):
        checked, defect, _unchecked = good.judged(good.whole, **given)
        assert not defect
        assert len(checked) == 11


@pytest.mark.parametrize("kind", KINDS)
def test_a_bit_in_a_file(good: Good, kind: str):
    """As it happens on a bad disk; and by somebody who puts the check sum right."""
    name = good.first(kind)
    with good.file.open("wb+") as file:
        file.write(good.whole)
        member = Archive(file).members[name]
    flipped = bytearray(good.whole)
    flipped[member.start + member.size // 2] ^= 1
    _checked, defect, _ = good.judged(bytes(flipped))
    assert defect.endswith(name) or name == "manifest.json"
    files = good.files
    data = bytearray(files[name])
    data[len(data) // 2] ^= 1
    _checked, defect, _ = good.judged(packed({**files, name: bytes(data)}))
    assert name in defect or kind == "manifest.json"
    assert defect


def test_any_bit_at_all(good: Good):
    """Names, sizes, times, headers: there is one way only to write a dossier."""
    dice = random.Random(3)  # noqa: S311
    for _ in range(300):
        flipped = bytearray(good.whole)
        # Behind the two bytes that say what it is.
        flipped[dice.randrange(2, len(flipped))] ^= 1 << dice.randrange(8)
        assert good.judged(bytes(flipped))[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_missing_or_stands_for_another(good: Good, kind: str):
    name, files = good.first(kind), good.files
    less = {n: data for n, data in files.items() if n != name}
    if kind != "manifest.json":
        _checked, defect, _ = good.judged(packed(less))
        assert defect == f"缺少文件，清单里有：{name}"
    moved = {**less, "manifest.json": files["manifest.json"], f"{name}x": files[name]}
    _checked, defect, _ = good.judged(packed(moved))
    assert defect


def test_a_file_too_many(good: Good):
    more = {**good.files, "entries/readme.txt": b"x"}
    _checked, defect, _ = good.judged(packed(more))
    assert defect == "多出文件，清单里没有：entries/readme.txt"
    _checked, defect, _ = good.judged(packed(listed(more)))
    assert defect == "多出文件，不属于卷宗：entries/readme.txt"
