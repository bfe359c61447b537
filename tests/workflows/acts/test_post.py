"""It hangs on the board; the days count from the later of claim and record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import AlreadyDone, BadInput, OutOfTurn, disclosure, implementation
from workflows.stage import Stage


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


@pytest.fixture
def notice(announced):
    return announced.standing_notices[0]


def test_posting_says_from_when_to_when(world, announced, notice):
    with records("notice.posted"):
        posting = world.do(announced, disclosure.post, world.clerk, of=notice)
    assert (posting.posted_on, posting.place) == (date(2026, 3, 2), "村务公开栏")
    assert (posting.first_day, posting.last_day) == (
        date(2026, 3, 3),
        date(2026, 3, 17),
    )
    entry = Entry.objects.of(notice).last()
    assert entry.label == "2026年3月2日张贴，公示至2026年3月17日"
    assert entry.facts["days"] == 15


def test_a_photograph_leaves_its_hash_in_the_entry(world, announced, notice):
    given = {"of": notice, "photo_hash": "ab" * 32, "place": "北坡小卖部"}
    posting = world.do(announced, disclosure.post, world.clerk, **given)
    assert posting.place == "北坡小卖部"
    assert Entry.objects.of(notice).last().facts["photo_hash"] == "ab" * 32


def test_nobody_but_the_clerk(world, notice):
    may_only(world, disclosure.post, notice, "clerk")


def test_it_hangs_once_at_a_time(world, announced, notice):
    world.do(announced, disclosure.post, world.clerk, of=notice)
    with nothing_changes(), pytest.raises(AlreadyDone):
        disclosure.post(notice, actor=world.clerk)


def test_neither_tomorrow_nor_before_it_was_published(world, notice):
    for days, why in ((1, "不能晚于今天"), (-1, "不能早于发布日期")):
        day = clock.today() + timedelta(days=days)
        with nothing_changes(), pytest.raises(BadInput, match=why):
            disclosure.post(notice, actor=world.clerk, posted_on=day)


def test_what_was_replaced_is_not_posted_any_more(world, announced, notice):
    world.do(announced, disclosure.announce, world.clerk, text="更正：一百元。")
    with nothing_changes(), pytest.raises(OutOfTurn, match="已经更正"):
        disclosure.post(notice, actor=world.clerk)


def test_an_answer_to_who_proposed_is_not_posted(world):
    matter = world.draft()
    world.hold(matter, "joint", votes_for=0)
    reply = world.do(matter, disclosure.announce, world.clerk)
    with nothing_changes(), pytest.raises(BadInput, match="不张贴"):
        disclosure.post(reply, actor=world.clerk)


def test_not_of_a_closed_matter(world):
    matter = world.matter_at(Stage.REPORTED)
    old = matter.notices.get(kind="resolution")
    world.pass_days(world.show(matter).days + 1)
    world.do(matter, implementation.archive, world.clerk)
    is_out_of_turn(disclosure.post, old, world.clerk)
