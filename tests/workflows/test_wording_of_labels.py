"""Stages, bodies, buttons and duties are called what docs/wording.md calls them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workflows import wording
from tests.workflows.wording import same, section, tables
from villages.models import Office
from workflows import verdicts
from workflows.bodies import BODIES
from workflows.rulebook import CHAINS

ROOT = Path(__file__).resolve().parents[2]
WAITS = {  # buttons and duties whose act or page has not been built yet
    "补录已办结事项",
    "开工",
    "变更（撤销）决议",
    "请打印会议资料袋并通知到人，还有 □ 人未登记通知",
    "请做会后录入并上传签到册、计票单照片",
    "□ 名村民（代表）提议召开□，应当召集",
    "对村民代表会议的授权将于□到期，请提请村民会议",
}
OTHERWISE = {
    "公开□": "专项公开",
    "提异议 / 登记异议": "登记异议",  # a villager has no account yet
    "可以组织实施了 / 还差：□": "可以组织实施了",
    "请审核结果公示 / 到期可归档": "到期可归档",
}


def stages(column: int) -> dict[str, list[str]]:
    rows = {row[0]: row for row in tables(2)[0][1:]}
    first = {key: row[1] for key, row in rows.items()}
    here = {}
    for key, row in rows.items():
        if key.isascii() and key.isupper():
            told = first[key] if row[column] == "同左" else row[column]
            here[key.lower()] = told
    return here


@pytest.mark.parametrize(
    ("chain", "column"), [("four_step", 1), ("four_deliberations", 2)]
)
def test_what_has_been_done(chain, column):
    for stage, said in stages(column).items():
        if said != "—":
            plain, _, without_works = said.partition("（非工程：")
            found = CHAINS[chain]
            assert found.label(stage, "%(body)s") == plain
            if without_works:
                label = found.label(stage, "%(body)s", works=False)
                assert label == without_works.rstrip("）")


@pytest.mark.parametrize("chain", ["four_step", "four_deliberations"])
def test_what_is_awaited_and_what_villagers_read(chain):
    four = chain == "four_deliberations"
    for stage, told in stages(4).items():
        if stage == "initiated" and not four:
            continue
        usual, _, ours = told.partition("（四议：")
        expected = ours.rstrip("）") if four and ours else usual.partition("（或")[0]
        found = CHAINS[chain]
        assert found.todo(stage, "%(body)s") == expected.replace("—", "")
        seen = stages(5)[stage].replace("%(days)s", "9").replace("（不公开）", "")
        assert found.seen(stage, "%(body)s", days=9) == seen


def test_who_said_no():
    (row,) = (row for row in tables(2)[0] if row[0].startswith("REJECTED"))
    for chain, column in (("four_step", 1), ("four_deliberations", 2)):
        by = [CHAINS[chain].rejected(b, "%(body)s") for b in ("joint", "party", "reps")]
        assert " / ".join(by) == row[column]


def test_what_bodies_are_called():
    for row in tables(3)[0][1:]:
        code, *_new = row[0].split()
        body = BODIES.get(code.strip("`"))
        if body is None or "按户" in row[0]:
            continue
        name, short, base, present = (same(cell) for cell in row[1:])
        assert same(body.name) == name
        assert same(body.short) in short.split(" / ")
        assert same(body.base) in base.split(" / ")
        assert present.startswith(same(body.present))


def everything_said() -> str:
    """Every string of the code and the templates."""
    files = [*ROOT.glob("workflows/**/*.py"), *ROOT.glob("templates/**/*.html")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    return same(re.sub(r'"\s*\n\s*"', "", text))


def test_buttons_and_duties_are_named_so():
    buttons = [row[1] for row in tables(5)[0][1:]]
    duties = [row[2] for row in tables(6)[0][1:]]
    said = everything_said()
    for words in map(same, [*buttons, *duties]):
        assert (OTHERWISE.get(words, words) in said) is not (words in WAITS), words


def test_offices_are_called_so():
    known = section(4)
    told_otherwise = {"村务监督委员会成员", "村民委员会副主任", "村民委员会委员"}
    for role in Office.Role:
        label = str(role.label)
        assert label in known or label in told_otherwise, role


def without_least(words: str) -> str:
    """Our sentences always say how many would have been enough."""
    return re.sub(r"（至少 □ ?\S?）", "", words)


def test_verdicts_are_worded_so():
    rows = {row[0]: row[1] for row in tables(8)[0][1:]}
    for code, body in (
        ("`reps`", "reps"),
        ("`villagers` 按人", "villagers"),
        ("`villagers` 按户", "households"),
        ("`group`", "group"),
        ("`party`", "party"),
        ("`members`", "members"),
        ("`member_reps`", "member_reps"),
    ):
        of_all = body in ("members", "member_reps")
        kind = "party" if body == "party" else ("eligible" if of_all else "present")
        whole = str(verdicts.WHOLE.get(body, ""))
        voted = "" if kind == "party" else str(verdicts.VOTED)
        passed = voted + str(verdicts.PASSED[kind]).replace("%(whole)s", whole)
        ours = wording.verdict_as_today(verdicts.CAME[body], passed, body)
        theirs = same(rows[code].partition("依据")[0])
        assert without_least(same(ours)) == without_least(theirs), body
