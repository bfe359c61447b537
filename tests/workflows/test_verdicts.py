"""The first thing a user sees of a vote is a sentence with the numbers and the law."""

from __future__ import annotations

import pytest

from tests.workflows.sitting_steps import counted, declared, held
from workflows import rulebook, verdicts
from workflows.stage import Stage

ARTICLE = "《中华人民共和国村民委员会组织法》（2025年修正）第三十条第二款"
SIZES = {
    "reps": {"total": 35, "committee": 3, "women": 12},
    "villagers": {"adults": 900, "households": 300},
    "collective": {"members": 900, "reps": 45},
}


@pytest.fixture
def large(village):
    return village(**SIZES)


def vote(world, body, votes_for, against, *, stage=Stage.REVIEWED, **more):
    kind = {"members": "M13", "member_reps": "M11"}.get(body, "M05")
    matter = world.matter_at(stage, type=kind)
    given = {"votes_for": votes_for, "against": against} | more
    return declared(world, matter, body=body, **given)


def test_the_representatives_say_no(large):
    ballot = vote(large, "reps", 14, 19, present=33)
    assert verdicts.verdict(ballot) == (
        "组成人员 35 人，到会 33 人，达到三分之二以上（至少 24 人）；"
        "赞成 14 票，反对 19 票，弃权 0 票，"
        f"赞成未超过到会人员的半数（至少 17 票），未通过。依据{ARTICLE}。"
    )


def test_the_representatives_say_yes(large):
    ballot = vote(large, "reps", 17, 10, present=33)
    assert verdicts.verdict(ballot) == (
        "组成人员 35 人，到会 33 人，达到三分之二以上（至少 24 人）；"
        f"赞成 17 票，超过到会人员的半数（至少 17 票），通过。依据{ARTICLE}。"
    )


def test_the_party_members(village):
    world = village(party={"full": 24})
    ballot = vote(world, "party", 12, 8, present=20, stage=Stage.PROPOSED)
    assert verdicts.verdict(ballot) == (
        "应到会有表决权的党员 24 人，到会 20 人，达到半数以上（至少 12 人）；"
        "赞成 12 人，未超过应到会人数 24 人的半数（至少 13 人），审议未通过。"
        "按照《中国共产党支部工作条例（试行）》第十一条。"
    )


@pytest.mark.parametrize(("votes_for", "outcome"), [(3, "形成提议"), (2, "未形成提议")])
def test_the_two_committees(world, votes_for, outcome):
    ballot = vote(world, "joint", votes_for, 5 - votes_for, stage=Stage.DRAFTED)
    assert verdicts.verdict(ballot).startswith(
        f"两委成员 5 人，到会 5 人，赞成 {votes_for} 人，{outcome}。"
    )


def test_the_two_committees_where_they_decide_by_themselves(world):
    matter = world.draft(type="M16", chain="committee")
    ballot = declared(world, matter, votes_for=3, against=2)
    assert "赞成 3 人，超过两委成员的半数（至少 3 人），通过。" in (
        verdicts.verdict(ballot)
    )
    assert verdicts.short(ballot) == "通过"


@pytest.mark.parametrize(
    ("mode", "of", "need"),
    [
        ("persons", "十八周岁以上村民 900 人", "451"),
        ("households", "本村 300 户", "101"),
    ],
)
def test_the_villagers_meeting(large, mode, of, need):
    present = 900 if mode == "persons" else 200
    ballot = vote(large, "villagers", int(need), 0, present=present, mode=mode)
    verdict = verdicts.verdict(ballot)
    assert verdict.startswith(of)
    assert f"赞成 {need} 票，超过到会人员的半数（至少 {need} 票），通过。" in verdict


def test_the_members_of_the_collective(large):
    ballot = vote(large, "members", 599, 1, present=600)
    assert verdicts.verdict(ballot) == (
        "具有完全民事行为能力的成员 900 人，参加 600 人"
        "（现场 600、在线 0、书面委托 0），达到三分之二以上；"
        "赞成 599 票，反对 1 票，弃权 0 票，"
        "未达到全体成员 900 人的三分之二（至少 600 票），未通过。"
        "依据《中华人民共和国农村集体经济组织法》第二十七条第三款。"
    )


def test_their_representatives(large):
    ballot = vote(large, "member_reps", 30, 10, present=40)
    assert "赞成 30 票，达到全体成员代表的三分之二以上（至少 30 票），通过。" in (
        verdicts.verdict(ballot)
    )


def test_a_sitting_that_too_few_came_to(large):
    sitting = held(large, large.matter_at(Stage.REVIEWED), body="reps", present=23)
    assert verdicts.lapsed(sitting) == (
        "应到 35 人，到会 23 人，未达到法定人数（至少 24 人），"
        "会议没有开成，事项留待下次会议。"
    )


def test_how_party_and_committees_voted_is_not_for_everyone(village):
    world = village(party={"full": 24})
    ballot = vote(world, "party", 20, 3, stage=Stage.PROPOSED)
    said = verdicts.public_verdict(ballot)
    assert said == "党员大会于2026年3月5日审议，应到 24 人，到会 24 人，审议通过。"
    joint = vote(world, "joint", 4, 1, stage=Stage.DRAFTED)
    assert "赞成" not in verdicts.public_verdict(joint)


def test_how_the_people_voted_is(large):
    ballot = vote(large, "reps", 30, 5)
    assert verdicts.public_verdict(ballot) == verdicts.verdict(ballot)


def test_the_article_is_that_of_the_day_of_the_sitting(world):
    with rulebook.illustrate("national-2010"):
        ballot = vote(world, "reps", 16, 0)
    assert "第二十六条第二款" in verdicts.verdict(ballot)


def test_before_it_is_announced_it_says_where_it_stands(world):
    ballot = counted(world, world.draft())
    assert verdicts.short(ballot) == "形成提议"
    ballot.state, ballot.__dict__["tally"] = "open", None
    assert verdicts.short(ballot) == "表决中"
