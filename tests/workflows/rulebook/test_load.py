"""What a broken file is refused for, by file and key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from workflows import rulebook

Copy = Any  # see conftest.py
HOME = Path(rulebook.__file__).parent
NEWEST = "national-2026.toml"


def test_the_rulebook_itself_loads(copy: Copy) -> None:
    book = copy.load()
    names = [rules.name for rules in book.national]
    assert names == ["national-2010", "national-2025", "national-2026"]
    assert set(book.overlays) == {"demo-county"}


def test_a_key_nobody_knows_is_refused(copy: Copy) -> None:
    copy.edit(NEWEST, '["vr.quorum"]', '["vr.qorum"]')
    assert "vr.qorum" in copy.refused(NEWEST, "vr.qorum")


@pytest.mark.parametrize(
    "key", ["vr.quorum", "mm.pass", "pub.min_days", "text.unchanged"]
)
def test_a_key_a_rule_asks_for_may_not_be_missing(copy: Copy, key: str) -> None:
    copy.edit(NEWEST, copy.passage(NEWEST, f'"{key}"'), "")
    assert "missing" in copy.refused(NEWEST, key)


def test_the_collective_has_no_keys_before_its_statute(copy: Copy) -> None:
    oldest = "national-2010.toml"
    text = copy.passage(NEWEST, '"mm.convene"').replace("jt 第", "voc 第")
    copy.edit(oldest, '["vr.pass"]', f'{text}\n["vr.pass"]')
    assert "not yet in force" in copy.refused(oldest, "mm.convene")


@pytest.mark.parametrize(
    ("until", "complaint"),
    [
        ("until = 2025-12-30", "gap"),
        ("until = 2026-01-01", "overlaps"),
        ("", "overlaps"),
    ],
)
def test_national_texts_follow_without_gap_or_overlap(
    copy: Copy, until: str, complaint: str
) -> None:
    copy.edit("national-2025.toml", "until = 2025-12-31", until)
    assert complaint in copy.refused(NEWEST, "since")


def test_the_last_national_text_does_not_end(copy: Copy) -> None:
    copy.edit(NEWEST, "since = 2026-01-01", "since = 2026-01-01\nuntil = 2030-12-31")
    assert "follows" in copy.refused(NEWEST, "until")


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("vr.quorum", "den = 3", "den = 0"),
        ("vr.quorum", "num = 2", "num = 4"),
        ("vr.quorum", '"eligible"', '"everybody"'),
        ("vr.quorum", "num = 2", "num = 2.0"),
        ("vr.quorum", ", inclusive = true", ""),
        ("vm.notice_days", "value = 10", "value = -1"),
        ("vm.notice_days", "value = 10", "value = 10.5"),
        ("vm.notice_days", "value = 10", "value = inf"),
        ("vm.notice_days", "value = 10", "value = 99999999999"),
        ("vm.notice_days", "value = 10", "value = true"),
        ("vm.notice_special", "value = true", 'value = "yes"'),
        ("vote.method", '"hands"', '"loudly"'),
        ("construction.before_begin", '"site"', '"view"'),
        ("supervisor.kin", '"spouse"', '"friend"'),
        ("vr.households_per_rep", "[5, 15]", "[15, 5]"),
        ("mr.barred", "[1, 3,", '["one", 3,'),
    ],
)
def test_a_value_of_another_kind_is_refused(
    copy: Copy, key: str, old: str, new: str
) -> None:
    copy.edit_within(NEWEST, f'"{key}"', old, new)
    copy.refused(NEWEST, key)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('basis = "law"', 'basis = "rumour"'),
        ('basis = "law"\n', ""),
        ('override = "province"', 'override = "anyone"'),
        ('article = "voc 第三十条第二款"', 'article = "xyz 第三十条第二款"'),
        ('article = "voc 第三十条第二款"', 'article = "voc 第30条"'),
        ('article = "voc 第三十条第二款"\n', ""),
        ('basis = "law"', 'basis = "law"\nrefuse = true'),
        ('basis = "law"', 'basis = "law"\nrefuses = 1'),
    ],
)
def test_what_stands_beside_a_value_is_checked_too(
    copy: Copy, old: str, new: str
) -> None:
    copy.edit_within(NEWEST, '"vr.quorum"', old, new)
    copy.refused(NEWEST, "vr.quorum")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('value = ["members"]', 'value = ["elders"]', "bodies.M13"),
        ('value = ["members"]', 'value = "members"', "bodies.M13"),
        ("[bodies.M13]", "[bodies.M99]", "bodies.M99"),
        ("basis", 'passes = {reps = "vr.pass"}\nbasis', "bodies.M13"),
        ("basis", 'passes = {members = "mm.nothing"}\nbasis', "bodies.M13"),
        ("basis", 'passes = {members = ["mm.pass"]}\nbasis', "bodies.M13"),
        ('value = ["members"]', 'value = [["members"]]', "bodies.M13"),
    ],
)
def test_competent_bodies_are_checked(copy: Copy, old: str, new: str, key: str) -> None:
    copy.edit_within(NEWEST, "bodies.M13", old, new)
    copy.refused(NEWEST, key)


@pytest.mark.parametrize(
    "since",
    ["new year", "2026-02-30", "9" * 5000, "[" * 3000 + "]" * 3000],
    ids=["words", "no day", "too long", "too deep"],
)
def test_a_file_that_is_no_toml_is_refused(copy: Copy, since: str) -> None:
    copy.edit(NEWEST, "since = 2026-01-01", f"since = {since}")
    copy.refused(NEWEST, "")


def test_neither_is_a_folder_nor_another_script(copy: Copy) -> None:
    folder = copy.folder / "other.toml"
    folder.mkdir()
    copy.refused("other.toml", "")
    folder.rmdir()
    folder.write_bytes("title = '县'".encode("gbk"))
    copy.refused("other.toml", "")


def test_an_instant_is_not_a_day(copy: Copy) -> None:
    copy.edit(NEWEST, "since = 2026-01-01", "since = 2026-01-01T00:00:00")
    copy.refused(NEWEST, "")


def test_no_decimal_fraction_stands_in_any_file() -> None:
    def fraction(text: str) -> float:
        raise AssertionError(text)

    for path in HOME.glob("*.toml"):
        tomllib.loads(path.read_text(encoding="utf-8"), parse_float=fraction)


def test_no_article_stands_in_python() -> None:
    for path in HOME.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"第[一二三四五六七八九十百]+条", text), path.name
