"""What one notice says to everybody."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from audit import clock
from tests.disclosure.reading import address
from workflows.acts import ballot, disclosure, drafting, implementation, objection
from workflows.figures import Figures
from workflows.stage import Stage


def test_a_notice_nobody_knows_is_not_found(public, db):
    assert public.get("/notices/0000000000/").status_code == 404
    assert public.get("/notices/0000000000/print/").status_code == 404


def test_an_answer_to_a_proposer_is_never_public(replied, public):
    assert public.get(address(replied)).status_code == 404
    assert public.get(address(replied) + "print/").status_code == 404


def test_it_says_what_it_is_about(world, announced, read):
    words = read(address(announced(title="修路", type="M03", amount=Decimal("386000"))))
    assert "关于修路决议的公示" in words
    assert "公益事业兴办和建设承包方案" in words
    assert "38.6万元（386000.00元）" in words
    assert "误工补贴每人每天一百二十元" in words
    assert "提出村“两委”" in words


def test_it_is_read_before_it_is_posted(announced, read):
    words = read(address(announced()))
    assert "已发布，待张贴" in words
    assert "张贴次日起15日" in words
    assert "公示期从张贴的第二天算起，共15日" in words
    assert "办到哪一步已决议，待公示" in words


def test_it_says_from_when_till_when_and_where(world, posted, read):
    words = read(address(posted()))
    assert "2026年3月3日至3月17日，共15日，还有15天" in words
    assert "公示地点村务公开栏" in words
    assert "办到哪一步决议公示中，还有15天" in words


def test_after_the_last_day_it_says_what_comes_next(world, posted, read):
    notice = posted()
    world.pass_days(16)
    words = read(address(notice))
    assert "公示已满" in words
    assert "办到哪一步待组织实施" in words


def test_it_says_how_the_representatives_voted(posted, read):
    notice = posted()
    tally = notice.resolution.tally
    words = read(address(notice))
    assert f"赞成11反对{tally.votes_against}弃权0无效0" in words
    assert (
        "通过。依据《中华人民共和国村民委员会组织法》（2025年修正）第三十条第二款"
        in words
    )


def test_a_no_says_what_was_not_adopted(posted, read):
    words = read(address(posted(reps=4)))
    assert "没有通过的方案" in words
    assert "决议内容" not in words
    assert "组织实施不再办理" in words


# -- who says what


def test_it_says_how_to_object_and_till_when(world, posted, read):
    words = read(address(posted()))
    assert "可以在2026年3月17日前提（含当天）" in words
    assert "村委会会在10天内答复" in words
    assert "0354-4123456" in words
    assert "0354-4123457" in words
    assert "李家庄乡" in words
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


# -- what was put right


def test_a_correction_and_what_it_corrects_lead_to_each_other(world, posted, read):
    notice = posted()
    matter = notice.matter
    new = matter.text.text.replace("二十", "三十")
    world.do(matter, drafting.erratum, world.clerk, text=new, checked_by="孙建国")
    newer = world.do(matter, disclosure.announce, world.clerk, text=new)
    old, now = read(address(notice)), read(address(newer))
    assert f"本公示已由{newer.uid}号更正，更正处：内容" in old
    assert "有意见请对更正后的公示提" in old
    assert f"这张公示更正{notice.uid}号，更正处：内容" in now
    assert "“误工补贴每人每天一百二十元”应为“误工补贴每人每天一百三十元”" in now


def test_a_ballot_declared_void_is_told_with_its_reason(world, posted, read):
    notice = posted()
    question = notice.resolution.ballot
    world.do(
        notice.matter,
        ballot.void,
        world.clerk,
        of=question,
        text="漏发三张票。",
        witness_name="孙建国",
    )
    words = read(address(notice))
    assert "这次表决已经作废，需要重新表决。原因：漏发三张票。" in words


def test_a_corrected_count_makes_the_notice_stale_until_the_next(world, posted, read):
    notice = posted()
    question = notice.resolution.ballot
    present = question.sitting.present
    world.do(
        notice.matter,
        ballot.recount,
        world.clerk,
        of=question,
        figures=Figures.by_hands(present, present, 0),
        text="唱票重复。",
        witness_name="孙建国",
    )
    assert "决议有变动，待发布新的公示" in read(address(notice))
    newer = world.do(notice.matter, disclosure.announce, world.clerk)
    assert "更正处：表决结果" in read(address(notice))
    assert f"赞成{present}反对0" in read(address(newer))


# -- what came of it


@pytest.fixture
def finished(world):
    """Works that cost more than was resolved."""
    matter = world.matter_at(Stage.UNDERWAY, amount=Decimal("52000"), title="路灯")
    for progress, spent in ((40, "20000"), (100, "53200.50")):
        world.pass_days(20)
        world.do(
            matter,
            implementation.report,
            world.clerk,
            progress=progress,
            spent=Decimal(spent),
            note="见账",
        )
    world.do(matter, implementation.done, world.director, note="全部亮灯。")
    return world.do(matter, disclosure.report_result, world.clerk, text="二十盏。")


def test_a_result_says_how_far_and_for_how_much(finished, read):
    words = read(address(finished))
    assert "关于路灯实施结果的公示" in words
    assert "办结。全部亮灯。" in words
    assert "进度100%决议金额5.2万元（52000.00元）" in words
    assert "已支出5.32005万元（53200.50元）" in words
    assert "差额比决议金额多1200.50元" in words
    assert words.count("见账") == 2
    assert "办到哪一步已完成，待公示结果" in words


def test_a_bulletin_speaks_for_its_own_day(finished, read):
    first = finished.matter.notices.filter(kind="bulletin").order_by("pk").first()
    words = read(address(first))
    assert "已通报" in words
    assert "进度40%" in words
    assert "53200.50" not in words
    assert "全部亮灯" not in words


def test_other_notices_of_the_matter_are_one_step_away(finished, public):
    page = public.get(address(finished)).content.decode()
    for other in finished.matter.notices.exclude(pk=finished.pk):
        assert f'href="/notices/{other.uid}/"' in page


def test_an_item_that_does_not_apply_says_why(world, announced, read):
    matter = announced(type="M03").matter
    item = world.do(
        matter, disclosure.disclose, world.clerk, item="tender", inapplicable="限额以下"
    )
    words = read(address(item))
    assert "公开内容本项不适用：限额以下" in words


def test_reposting_counts_anew(world, posted, read):
    notice = posted()
    world.pass_days(2)
    world.do(notice.matter, disclosure.take_down, world.clerk, of=notice)
    assert "2026年3月4日提前撤下" in read(address(notice))
    world.do(notice.matter, disclosure.post, world.clerk, of=notice)
    last = clock.today() + timedelta(days=15)
    assert f"至{last.month}月{last.day}日，共15日，还有15天" in read(address(notice))
