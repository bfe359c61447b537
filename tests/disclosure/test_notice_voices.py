"""What a notice says of those who object and those who audit."""

from __future__ import annotations

import pytest

from tests.disclosure.reading import address
from workflows.acts import disclosure, objection
from workflows.stage import Stage


def test_it_says_how_to_object_and_till_when(world, posted, read):
    words = read(address(posted()))
    assert "可以在2026年3月17日前提（含当天）" in words
    assert "村委会会在10天内答复" in words
    assert "0354-4123456" in words
    assert "0354-4123457" in words
    assert "李家庄乡人民政府" in words
    assert "（《中华人民共和国村民委员会组织法》（2025年修正）第三十六条）" in words


def test_when_it_is_too_late_it_says_to_whom_else_to_turn(world, posted, read):
    notice = posted()
    world.pass_days(16)
    assert "提异议的时间已过，还可以向村务监督委员会或乡镇反映" in read(address(notice))


def test_while_it_is_put_right_one_turns_to_others(world, read):
    matter = world.matter_at(Stage.RECTIFYING)
    words = read(address(matter.notices.get()))
    assert "办到哪一步乡镇责令改正中" in words
    assert "可以向村务监督委员会或乡镇反映。" in words
    assert "时间已过" not in words


@pytest.fixture
def objected(world, posted):
    notice = posted()
    told = world.do(
        notice.matter,
        objection.object_to,
        world.clerk,
        of=notice,
        name="王建国",
        phone="13512345678",
        text="我是王建国，标准太高。",
    )
    return notice, told


def test_an_objection_is_shown_with_the_surname_alone(objected, read):
    words = read(address(objected[0]))
    assert "王某2026年3月2日提" in words
    assert "我是王某，标准太高。" in words
    assert "待答复" in words
    assert "2026年3月12日前答复" in words


def test_its_answer_is_shown(world, objected, read):
    notice, told = objected
    world.do(
        notice.matter,
        objection.answer,
        world.director,
        of=told,
        outcome="dismissed",
        text="王建国同志：标准按上年执行。",
    )
    words = read(address(notice))
    assert "不成立" in words
    assert "村民委员会2026年3月2日答复：王某同志：标准按上年执行。" in words


def test_an_answer_that_is_late_is_missed(world, objected, read):
    world.pass_days(11)
    assert "应在2026年3月12日前答复，还没有答复" in read(address(objected[0]))


def test_an_objection_upheld_undoes_the_resolution(world, objected, read):
    notice, told = objected
    world.do(
        notice.matter,
        objection.answer,
        world.director,
        of=told,
        outcome="upheld",
        text="确有不当。",
    )
    words = read(address(notice))
    assert "原决议需要重新表决" in words
    assert "成立修改后重新表决" in words
    assert "办到哪一步党员大会已审议" in words


def test_the_supervisors_opinion_is_shown(world, posted, read):
    notice = posted()
    assert "村务监督委员会意见还没有审核。" in read(address(notice))
    world.do(
        notice.matter,
        disclosure.audit_notice,
        world.supervisor1,
        of=notice,
        outcome="rectify",
        note="请附名单。",
    )
    words = read(address(notice))
    assert "2026年3月2日已审核：建议更正请附名单。" in words
    assert str(world.supervisor1) not in words
