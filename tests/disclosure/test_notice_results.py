"""What came of a matter, told to everybody."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from audit import clock
from tests.disclosure.reading import address
from workflows.acts import disclosure, implementation
from workflows.stage import Stage


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
