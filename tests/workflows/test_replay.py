"""Scenarios: played through the same acts as from a page, judged by the database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import clock
from audit.models import Entry
from tests.tampering import verified
from workflows.models import Matter, Sitting
from workflows.replay import database
from workflows.replay.company import divisions
from workflows.replay.player import Played, play
from workflows.replay.reading import Malformed
from workflows.replay.report import Case, case_of
from workflows.replay.scenario import read

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.yaml"))
STORY = """\
case: two-acts
chain: four_step
village:
  name: 某村
  bodies: {joint: 5, party: 16, reps: {total: 30, committee: 5, women: 10}}
matter: {type: M01, title: 绿化, text: 植树。, amount: "100.00"}
acts:
  - draft:   {at: 2026-03-02T09:00}
  - sitting: {at: 2026-03-05T19:00, body: joint, present: 5, tally: {for: 4}}
expect: {stage: proposed, sittings: 1, last: {for: 4, against: 0, abstain: 1}}
"""


def played(file: Path) -> tuple[Played, Case]:
    scenario = read(file)
    township = divisions()[scenario.ruleset != ""]
    found = play(scenario, slug="replayed", division=township)
    case = case_of(scenario, found.scene, found.refusals, found.failures)
    return found, case


@pytest.fixture
def told(tmp_path: Path):
    """A scenario with some of its words replaced, in a file of its own."""

    def write(*changes: tuple[str, str], name: str = "story.yaml") -> Path:
        text: str = STORY
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.mark.django_db
@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_case_ends_as_it_says(file: Path) -> None:
    _found, case = played(file)
    assert case["failures"] == []
    assert case["ok"]
    assert case["entries"] == Entry.objects.count()
    assert not clock.moved()
    assert verified() == []


@pytest.mark.django_db
def test_what_is_reported_is_what_the_database_holds(told) -> None:
    _found, case = played(told())
    matter, sitting = Matter.objects.get(), Sitting.objects.get()
    assert case["stage"] == matter.stage == "proposed"
    [only] = case["sittings"]
    assert only == {
        "body": "joint",
        "eligible": sitting.eligible,
        "present": sitting.present,
        "for": 4,
        "against": 0,
        "abstain": 1,
        "invalid": 0,
        "lapsed": False,
        "passed": True,
        "citation": "《示范县内部控制规定》（示范发〔2010〕12号）第三条",
    }
    assert sitting.attendances.count() == 5
    assert Entry.objects.filter(scenario=True).count() == case["entries"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "failure"),
    [
        (("stage: proposed", "stage: adopted"), "expect stage：应为 adopted"),
        (("sittings: 1", "sittings: 2"), "expect sittings：应为 2，实为 1"),
        (("against: 0", "against: 1"), "expect last.against：应为 1，实为 0"),
        (
            ("{for: 4}}\n", "{for: 4}}\n    refused: [quorum_present]\n"),
            "应当被拒绝（quorum_present），却办成了",
        ),
        (
            ("present: 5", "present: 2"),
            "acts[1] sitting：被拒绝了：quorum_present",
        ),
        (
            (
                "present: 5, tally: {for: 4}}\n",
                "present: 2, tally: {for: 4}}\n    refused: [authorised]\n",
            ),
            "应当因 authorised 被拒绝，实为 quorum_present",
        ),
        (("body: joint", "body: joint, by: rep09"), "这个村没有“rep09”"),
        (("present: 5", "present: [党员99]"), "没有叫“党员99”的人"),
        (("tally: {for: 4}", "tally: {}"), "被拒绝了：out_of_turn（到会人数已经够了"),
    ],
)
def test_what_does_not_hold_is_a_failure(told, change, failure) -> None:
    _found, case = played(told(change))
    assert not case["ok"]
    assert failure in "\n".join(case["failures"])


@pytest.mark.django_db
def test_after_an_act_that_failed_nothing_else_is_done(told) -> None:
    more = "{for: 4}}\n  - withdraw: {at: 2026-03-06T09:00, text: 撤回。}\n"
    _found, case = played(told(("present: 5", "present: 2"), ("{for: 4}}\n", more)))
    assert case["stage"] == "drafted"
    assert case["sittings"] == []


@pytest.mark.django_db
def test_a_flaw_that_was_not_foreseen_is_a_failure(told) -> None:
    paper = "record_paper: {recorded_at: 2026-03-05T20:00, at"
    body = ("body: joint", "body: party")
    _found, case = played(told(("sitting: {at", paper), body))
    assert "程序瑕疵应为 无，实为 out_of_turn" in case["failures"][0]


@pytest.mark.django_db
def test_the_clock_works_on_the_days_that_pass(told) -> None:
    change = (
        "body: joint, present: 5, tally: {for: 4}}\n",
        "leave: convened, body: joint, present: 5}\n"
        "  - clock: {at: 2026-06-01T09:00}\n",
    )
    played(told(change, ("stage: proposed", "stage: drafted")))
    entry = Entry.objects.get(kind="sitting.not_held")
    assert clock.local(entry.recorded_at).date().isoformat() == "2026-03-06"


MALFORMED = [
    (("case: two-acts\n", ""), 1, "少了“case”"),
    (("case: two-acts", "kase: two-acts"), 1, "没有“kase”这个键"),
    (("chain: four_step", "chain: five_step"), 2, "没有“five_step”"),
    (("chain: four_step", "chain: four_step\nruleset: martian"), 3, "martian"),
    (("name: 某村", "name: [某村]"), 4, "应当是文字"),
    (("joint: 5", "joints: 5"), 5, "没有“joints”"),
    (("joint: 5", "joint: five"), 5, "应当是“键: 值”"),
    (("joint: 5", "joint: 2"), 5, "村民委员会至少三人|两委成员少于"),
    (("women: 10", "women: 40"), 5, "妇女多于组成人员"),
    (("joint: 5", f"joint: {'9' * 5000}"), 5, "最大 100000"),
    (("joint: 5", "joint: .nan"), 5, "应当是“键: 值”"),
    (("party: 16", "party: 16, villagers: {adults: 3}"), 5, "成年村民太少"),
    (("party: 16", "party: 16, group: {adults: 5, households: 0}"), 5, "对不上"),
    (("type: M01", "type: M99"), 6, "M99"),
    (('"100.00"', "100.00"), 6, "金额要加引号"),
    (('"100.00"', '"1e3"'), 6, "金额要加引号"),
    (('"100.00"', '"١٢"'), 6, "金额要加引号"),
    (("amount:", "guarantee: 1, amount:"), 6, "true 或 false"),
    (("amount:", "guarantee: !!bool maybe, amount:"), 6, "true 或 false"),
    (("title: 绿化", 'title: "绿\\ud800"'), 6, "不完整的字"),
    (("type: M01", '"\\udfff": 1, type: M01'), 6, "不完整的字"),
    (("- draft:  ", "- clock:  "), 8, "第一件事应当是 draft"),
    (("2026-03-02T09:00", "2026-03-32T09:00"), 8, "时间写成"),
    (("2026-03-02T09:00", "2026-02-30T09:00"), 8, "时间写成"),
    (("2026-03-02T09:00", "2026-03-02"), 8, "时间写成"),
    (("2026-03-02T09:00", "D-3 09:00"), 8, "时间写成"),
    (("2026-03-02T09:00", "2009-03-02T09:00"), 8, "没有收录法律"),
    (("2026-03-05T19:00", "2026-03-01T19:00"), 9, "时间倒回去了"),
    (
        (
            "- sitting: {at: 2026",
            "- record_paper: {recorded_at: 2026-03-05T20:00, at: 2010",
        ),
        8,
        "2010-10-28 以前没有收录法律",
    ),
    (("present: 5", f"special: {'急' * 301}, present: 5"), 9, "最多 300 个字"),
    (("amount:", "monitors: 40000, amount:"), 6, "最大 1000"),
    (("- sitting:", "- meeting:"), 9, "没有“meeting”这件事"),
    (("body: joint", "body: senate"), 9, "没有“senate”"),
    (("body: joint, ", ""), 9, "少了“body”"),
    (("present: 5, ", ""), 9, "少了“present”"),
    (("present: 5", "present: -5"), 9, "不带符号的整数"),
    (("present: 5", "present: five"), 9, "应当是“键: 值”"),
    (("present: 5", "present: [党员01, 党员01]"), 9, "写了两次"),
    (("{for: 4}", "{against: 4}"), 9, "少了“for”"),
    (("{for: 4}", "{for: 4, maybe: 1}"), 9, "没有“maybe”"),
    (("{for: 4}", "{for: 4, issued: 5}"), 9, "method: paper"),
    (("body: joint", "body: joint, method: voice"), 9, "没有“voice”"),
    (("tally: {for: 4}", "votes: {党员01: for}"), 9, "named 或 secret"),
    (("tally: {for: 4}", "method: named, votes: {党员01: yes}"), 9, "没有“yes”"),
    (("tally: {for: 4}", "method: named, votes: {}"), 9, "至少写一个人"),
    (("{for: 4}", "{for: 4}, method: named, votes: {党员01: for}"), 9, "只写一样"),
    (("{for: 4}", "{for: 4, invalid: 1}, method: secret"), 9, "没有无效票"),
    (("{for: 4}", "{for: 4, returned: 5}, method: secret"), 9, "method: paper"),
    (("{for: 4}", "{for: 4}, left: [党员01, 党员01]"), 9, "写了两次"),
    (("{for: 4}", "{for: 4}, recused: [党员01]"), 9, "应当是“键: 值”"),
    (
        (
            "- sitting: {at: 2026-03-05T19:00",
            "- record_paper: {recorded_at: 2026-03-05T20:00, method: named, "
            "at: 2026-03-05T19:00",
        ),
        9,
        "会后录入的是",
    ),
    (("body: joint", "body: joint, body: party"), 9, "写了两次"),
    (("body: joint", "body: joint, by: king"), 9, "没有“king”这个职务"),
    (("body: joint", "body: joint, notice_at: 2026-03-06T09:00"), 9, "notice_at"),
    (("body: joint", "body: joint, notice_at: 0001-01-01T00:00"), 9, "时间写成"),
    (("{for: 4}}", "{for: 4}}\n    refused: []"), 10, "至少写一条规则"),
    (("{for: 4}}", "{for: 4}}\n    refused: [luck]"), 10, "没有“luck”"),
    (("{for: 4}}", "{for: 4}}\n    refused: [forbidden, authorised]"), 10, "单独"),
    (("{for: 4}}", "{for: 4}}\n    flawed: [authorised]"), 10, "record_paper"),
    (("{for: 4}}", "{for: 4}}\n    begin: {at: 2026-03-06T09:00}"), 9, "写一件事"),
    (
        ("{for: 4}}", "{for: 4}}\n  - publish: {at: 2026-03-06T09:00, kind: 招标}"),
        10,
        "招标",
    ),
    (("stage: proposed", "stage: done"), 10, "没有“done”"),
    (("sittings: 1", "meetings: 1"), 10, "没有“meetings”"),
    (("{for: 4, ag", "{four: 4, ag"), 10, "没有“four”"),
    (("chain: four_step", "chain: {four_step"), None, "不是 YAML"),
    (("chain: four_step", "chain: statutory"), 6, "origin"),
]


@pytest.mark.parametrize(("change", "line", "why"), MALFORMED)
def test_a_malformed_file_is_told_with_its_line(told, change, line, why) -> None:
    with pytest.raises(Malformed, match=why) as wrong:
        read(told(change))
    assert wrong.value.file.endswith("story.yaml")
    if line is not None:
        assert wrong.value.line == line


SHORT = [
    b"",
    b"\xff\xfe",
    b"- 1",
    b"a: 1\n---\nb: 1\n",
    b"a: &a [*a]",
    STORY.encode("gbk"),
]
DEEP = [b"[" * 5000, b"a: " + b"[" * 3000 + b"]" * 3000]
LAUGHS = b"a: &a [x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (n + 1, n + 1, b",".join([b"*%c" % n] * 9)) for n in b"abcdefgh"
)


@pytest.mark.parametrize("content", [*SHORT, *DEEP, LAUGHS], ids=lambda told: told[:9])
def test_what_is_no_scenario_at_all_is_malformed(tmp_path, content) -> None:
    file = tmp_path / "story.yaml"
    file.write_bytes(content)
    with pytest.raises(Malformed):
        read(file)


def test_a_file_that_is_not_there_is_malformed(tmp_path) -> None:
    with pytest.raises(Malformed, match="读不了"):
        read(tmp_path / "nowhere.yaml")


def databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_the_command_plays_in_a_database_of_its_own(told, capsys) -> None:
    good, bad = told(), told(("sittings: 1", "sittings: 3"), name="bad.yaml")
    with pytest.raises(CommandError) as failed:
        call_command("replay", str(good), str(bad), "--json")
    assert failed.value.returncode == 1
    cases = json.loads(capsys.readouterr().out)["cases"]
    assert [case["ok"] for case in cases] == [True, False]
    assert not Matter.objects.exists()
    assert not [name for name in databases() if name.startswith(database.RUNNING)]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_kept_is_named(told, capsys) -> None:
    call_command("replay", str(told()), "--keep")
    output = capsys.readouterr()
    assert "符合  two-acts" in output.out
    name = output.err.strip().removeprefix("数据库留在：")
    assert name in databases()
    with database.working_in(name):
        assert Matter.objects.count() == 1
    database.Server().drop(name)


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_replay_has_left_is_cleared_away(told) -> None:
    left = f"{database.RUNNING}left"
    server = database.Server()
    server.create(left, "template0")
    call_command("replay", str(told()), "--json")
    assert left not in databases()
    server.close()


@pytest.mark.django_db(transaction=True)
def test_an_error_leaves_no_database_behind() -> None:
    with pytest.raises(ZeroDivisionError), database.of_its_own() as name:
        raise ZeroDivisionError
    assert name not in databases()
    assert connection.settings_dict["NAME"] != name


def test_malformed_files_are_told_before_anything_is_played(told, capsys) -> None:
    wrong = told(("case: two-acts", "kase: two-acts"))
    with pytest.raises(CommandError, match=r"story.yaml 第 1 行") as refused:
        call_command("replay", str(wrong), str(wrong), "--json")
    assert refused.value.returncode == 2
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert [error["line"] for error in errors] == [1, 1]
