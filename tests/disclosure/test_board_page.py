"""The board of a village."""

from __future__ import annotations

import pytest

from villages.models import Village
from workflows.acts import disclosure
from workflows.stage import Stage

BOARD = "/villages/140724200205/"


@pytest.fixture
def halves(read):
    """The words of what is up now, and of what was up before."""

    def both():
        now, before = read(BOARD).split("以前的公示哪一年")
        return now, before

    return both


def test_an_empty_board_says_so(world, read):
    words = read(BOARD)
    assert "现在没有公示" in words
    assert "以前没有公示" in words


def test_a_village_nobody_knows_is_not_found(public, db):
    assert public.get("/villages/999/").status_code == 404


def test_a_notice_is_seen_before_it_is_posted(announced, halves):
    announced(title="误工补贴标准")
    now, before = halves()
    assert "关于误工补贴标准决议的公示已发布，待张贴" in now
    assert "误工补贴标准" not in before


@pytest.mark.parametrize(("days", "left"), [(0, 15), (1, 15), (2, 14), (15, 1)])
def test_a_notice_that_hangs_says_how_long_still(world, posted, halves, days, left):
    posted()
    world.pass_days(days)
    now, _before = halves()
    assert f"公示中，还有{left}天" in now
    assert "村代会赞成11票，反对" in now
    assert "弃权0票，通过。" in now
    assert "2026年3月3日至3月17日，共15日" in now


def test_after_the_last_day_it_is_among_the_earlier_ones(world, posted, halves):
    posted()
    world.pass_days(16)
    now, before = halves()
    assert "现在没有公示" in now
    assert "公示已满" in before


def test_one_taken_down_early_has_to_be_posted_again(world, posted, halves):
    notice = posted()
    world.pass_days(3)
    world.do(notice.matter, disclosure.take_down, world.clerk, of=notice)
    now, _before = halves()
    assert "已撤下（提前，需重新公示）" in now


def test_one_that_was_put_right_names_the_newer(world, posted, halves):
    notice = posted()
    newer = world.do(
        notice.matter, disclosure.announce, world.clerk, text="每人每天一百三十元。"
    )
    now, before = halves()
    assert newer.uid in now
    assert f"已更正，请看{newer.uid}" in before


def test_a_no_is_shown_as_such(posted, halves):
    posted(reps=4)
    now, _before = halves()
    assert "未通过，公示中，还有15天" in now
    assert "弃权0票，未通过。" in now


def test_an_answer_to_a_proposer_is_not_on_the_board(world, replied, read):
    assert "换锁" not in read(BOARD)


def test_what_was_archived_says_so(world, halves):
    world.matter_at(Stage.ARCHIVED)
    now, before = halves()
    assert "现在没有公示" in now
    assert before.count("现在：已办结归档") == 2


def test_notices_of_one_matter_stand_together(world, posted, halves):
    notice = posted(type="M03", title="修路")
    for item in ("site", "budget"):
        world.do(
            notice.matter, disclosure.disclose, world.clerk, item=item, text="见图"
        )
    now, _before = halves()
    assert "这件事另有2张公示" in now
    assert now.index("关于修路决议的公示") < now.index("修路：选址公开")


def test_the_board_of_a_merged_village_leads_on(world, read):
    Village.objects.filter(pk=world.next_village.pk).update(successor=world.village)
    assert "北岭村已并入王家山村" in read(f"/villages/{world.next_village.slug}/")
