"""A vote by telephone, by slip and by the clerk's hand, without a single script."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import make_password

from audit import clock
from tests.browser.conftest import PASSWORD
from tests.workflows import sitting_steps as steps
from tests.world import lived_in
from villages import cast as casting
from workflows.models import Ballot
from workflows.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RECEIPT = re.compile(r"\w{4}-\w{4}-\w{3}")
SLIP = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
DIGITS = "表决条号码"


@pytest.fixture
def world(transactional_db):
    """Sixteen representatives are called together on one matter."""
    with lived_in() as built:
        casting.let_in(built.cast, make_password(PASSWORD))
        yield built


@pytest.fixture
def ballot(world) -> Ballot:
    called = steps.convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    clock.move(called.held_at)
    return called.ballots.get()


def test_those_in_the_room_vote(ballot, someone, anyone):
    clerk = someone("clerk").open().follow("今天开会").follow("登记到会")
    clerk.press("登记到会").follow("登记回避")
    first, second, third = names(clerk)[:3]
    clerk.choose(third).fill(回避的原因="承包人是他弟弟。").press("登记回避")
    clerk.reads(f"本项回避：{third}")
    clerk.choose("无记名电子表决：各人在手机上选，谁选什么查不到").press("开始表决")
    clerk.reads("15 人可以投票，已经收到 0 票")

    voter = someone("rep01").open().follow("等您表决")
    voter.press("反对").reads("请核对", "反对").follow("选错了，重新选")
    voter.press("赞成").press("确定，投赞成").reads("您的票已经收到")
    (receipt,) = RECEIPT.findall(voter.text)
    assert "等您表决" not in voter.open().text

    clerk.open(f"/sittings/{ballot.sitting.uid}/").follow("打印表决条")
    clerk.choose(names(clerk)[0]).press("打印表决条")
    (slip,) = SLIP.findall(clerk.page.content())
    holder = anyone().open("/vote/slip/").fill(**{DIGITS: slip}).press("看议题，表决")
    holder.press("弃权").press("选错了，重新选").press("反对").press("确定，投反对")
    holder.reads("您的票已经收到")
    holder.open(f"/vote/slip/?code={slip}", status=409).reads("已经表决过")

    clerk.open(f"/sittings/{ballot.sitting.uid}/").follow("现场代录")
    clerk.choose(names(clerk)[-1], "赞成").press("投出这一票", status=400)
    clerk.reads("请本人在签到册备注栏签字").choose("本人已经在签到册备注栏签字")
    clerk.press("投出这一票").reads("请把回执号抄给本人")

    clerk.open(f"/sittings/{ballot.sitting.uid}/").follow("结束表决")
    clerk.reads("还有 12 人没有投").press("结束表决").reads("请监票人核对")
    voter.open("/vote/receipt/").fill(回执号=receipt).press("查")
    voter.reads("这张票已经计入")
    tally = Ballot.objects.get(pk=ballot.pk).tally
    assert (tally.votes_for, tally.votes_against, tally.unreturned) == (2, 1, 12)


def names(person) -> list[str]:
    """Who can be chosen on this page."""
    labels = person.page.locator("fieldset").first.locator(".opt label")
    return [label.partition("　")[0] for label in labels.all_inner_texts()]
