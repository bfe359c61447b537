"""The notice for the wall."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.disclosure.reading import address
from workflows.acts import disclosure


@pytest.fixture
def paper(read):
    def words(notice):
        return read(f"{address(notice)}print/")

    return words


def test_it_has_the_parts_of_the_form(world, posted, paper):
    words = paper(posted(title="修路", amount=Decimal("386000")))
    parts = ("一、事项概况", "二、四步进展", "三、决议内容", "四、公示时间")
    parts += (
        "五、有意见怎么办",
        "六、村务监督委员会意见",
        "王家山村村民委员会（盖章）",
    )
    places = [words.index(part) for part in parts]
    assert places == sorted(places)
    assert "王家山村（行政区划码140724200205）" in words
    assert "38.6万元（386000.00元），大写叁拾捌万陆仟元整" in words
    assert "2026年3月3日至3月17日，共15日；公示地点：村务公开栏" in words
    assert "村民委员会电话：0354-4123456" in words
    assert "异议应在2026年3月17日前提出（含当天），10日内答复" in words
    assert "第三十六条" in words


def test_before_it_is_posted_the_days_are_those_of_today(announced, paper):
    words = paper(announced())
    assert "下面的公示时间按今天张贴计算" in words
    assert "2026年3月3日至3月17日，共15日" in words


def test_a_no_says_so(posted, paper):
    words = paper(posted(reps=4))
    assert "三、没有通过的方案" in words
    assert "本决议为不通过，按规定予以公示。" in words


def test_one_that_was_replaced_warns_who_would_print_it(world, posted, paper):
    notice = posted()
    world.do(notice.matter, disclosure.announce, world.clerk, text="改")
    assert "请张贴更正后的公示" in paper(notice)
