"""A notice that is no longer the last word says so."""

from __future__ import annotations

from tests.disclosure.reading import address
from workflows.acts import correction, disclosure, drafting
from workflows.figures import Figures


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


def declare_void(world, notice):
    world.do(
        notice.matter,
        correction.void,
        world.clerk,
        of=notice.resolution.ballot,
        text="漏发三张票。",
        witness_name="孙建国",
    )


def test_a_ballot_declared_void_is_told_with_its_reason(world, posted, read):
    notice = posted()
    declare_void(world, notice)
    words = read(address(notice))
    assert "原决议需要重新表决" in words
    assert "这次表决已经作废，需要重新表决。原因：漏发三张票。" in words


def test_decided_anew_the_void_ballot_waits_for_no_vote(world, posted, read):
    notice = posted()
    declare_void(world, notice)
    world.hold(notice.matter, "reps")
    words = read(address(notice))
    assert "决议有变动，待发布新的公示" in words
    assert "这次表决已经作废。原因：漏发三张票。" in words


def test_withdrawn_after_its_ballot_was_void_nothing_is_awaited(world, posted, read):
    notice = posted()
    declare_void(world, notice)
    world.do(notice.matter, drafting.withdraw, world.clerk, text="不办了。")
    words = read(address(notice))
    assert "已撤回" in words
    assert "需要重新表决" not in words
    assert "待发布新的公示" not in words


def test_a_corrected_count_makes_the_notice_stale_until_the_next(world, posted, read):
    notice = posted()
    question = notice.resolution.ballot
    present = question.sitting.present
    world.do(
        notice.matter,
        correction.recount,
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
