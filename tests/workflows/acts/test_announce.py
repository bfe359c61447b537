"""The resolution, yes or no, is shown to everyone; a correction supersedes."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import an_order, is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import AlreadyDone, BadInput, disclosure, supervision
from workflows.models import Notice
from workflows.stage import Stage


@pytest.fixture
def adopted(world):
    return world.matter_at(Stage.ADOPTED)


def test_what_was_adopted_is_shown(world, adopted):
    with records("matter.announced"):
        notice = world.do(adopted, disclosure.announce, world.clerk)
    assert adopted.stage == Stage.ANNOUNCED
    assert (notice.kind, notice.days) == ("resolution", 15)
    assert notice.title == "关于村口道路误工补贴决议的公示"
    assert notice.board_text == adopted.resolution.text.text
    facts = Entry.objects.of(adopted).last().facts
    assert (facts["from_stage"], facts["stage"]) == ("adopted", "announced")
    assert (facts["notice"], facts["text_hash"]) == (notice.subject, notice.text_hash)
    assert facts["ballot"] == adopted.resolution.ballot.subject


def test_nobody_but_the_clerk(world, adopted):
    may_only(world, disclosure.announce, adopted, "clerk")


@pytest.mark.parametrize("stage", [Stage.REVIEWED, Stage.ARCHIVED])
def test_neither_before_the_decision_nor_after_the_end(world, stage):
    is_out_of_turn(disclosure.announce, world.matter_at(stage), world.clerk)


def test_the_lawful_days_are_the_least(world, adopted):
    with nothing_changes(), pytest.raises(BadInput, match="不得少于 15 日，现填 14 日"):
        disclosure.announce(adopted, actor=world.clerk, days=14)
    assert world.do(adopted, disclosure.announce, world.clerk, days=16).days == 16


def test_a_peoples_no_is_shown_and_moves_nothing(world):
    matter = world.matter_at(Stage.REJECTED)
    with records("matter.announced"):
        notice = world.do(matter, disclosure.announce, world.clerk)
    assert (matter.stage, notice.kind) == (Stage.REJECTED, "resolution")


@pytest.mark.parametrize("body", ["joint", "party"])
def test_a_no_of_the_committees_or_the_party_is_answered_to_who_proposed(world, body):
    stage = Stage.DRAFTED if body == "joint" else Stage.PROPOSED
    matter = world.matter_at(stage)
    world.hold(matter, body, votes_for=0)
    notice = world.do(matter, disclosure.announce, world.clerk)
    assert (notice.kind, notice.days) == ("reply", 0)
    assert notice not in Notice.objects.public()


def test_a_correction_supersedes_and_the_old_one_stays(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    old = matter.standing_notices[0]
    with records("matter.announced"):
        new = world.do(matter, disclosure.announce, world.clerk, text="更正：一百元。")
    assert new.supersedes == old
    assert matter.standing_notices == [new]
    assert matter.stage == Stage.ANNOUNCED
    assert Entry.objects.of(matter).last().facts["supersedes"] == old.subject
    assert Notice.objects.filter(pk=old.pk).exists()


def test_what_was_ordered_to_be_corrected_is_corrected_in_place(world):
    matter = world.matter_at(Stage.RECTIFYING)
    old = matter.standing_notices[0]
    with records("matter.announced"):
        new = world.do(matter, disclosure.announce, world.clerk, text="名单附后。")
    assert (matter.stage, new.supersedes) == (Stage.RECTIFYING, old)
    facts = Entry.objects.of(matter).last().facts
    assert (facts["from_stage"], facts["stage"]) == ("rectifying", "rectifying")
    world.show(matter)
    may_only(world, disclosure.announce, matter, "clerk")
    world.do(matter, supervision.comply, world.director, text="已更正。")
    world.do(matter, supervision.examine, world.township, outcome="pass")
    assert (matter.stage, matter.notice_on_show) == (Stage.ANNOUNCED, new)


def test_what_was_never_shown_is_not_corrected_but_shown_in_its_turn(world, adopted):
    world.do(adopted, supervision.order, world.township, **an_order())
    is_out_of_turn(disclosure.announce, adopted, world.clerk)


def test_the_same_words_again_correct_nothing(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    with nothing_changes(), pytest.raises(AlreadyDone):
        disclosure.announce(matter, actor=world.clerk)


def test_but_where_an_audit_asked_for_it_they_may_be_published_again(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    given = {"of": matter.standing_notices[0], "outcome": "rectify", "note": "看不清。"}
    world.do(matter, disclosure.audit_notice, world.supervisor1, **given)
    assert world.do(matter, disclosure.announce, world.clerk).supersedes is not None


def test_numbers_of_identity_cards_do_not_hang_on_the_board(world, adopted):
    text = "补贴发给卫秀兰（140724196503152228），账号6222020409001234567。"
    notice = world.do(adopted, disclosure.announce, world.clerk, text=text)
    assert notice.board_text == "补贴发给卫秀兰（140724****2228），账号6222****4567。"
