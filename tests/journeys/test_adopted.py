"""From the draft to the archive: proposed, reviewed, adopted, shown, done, shown."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.journeys.story import Story
from workflows import verdicts
from workflows.acts import Refused


def test_a_matter_is_adopted_carried_out_and_archived(world):
    story = Story(world, title="村口道路误工补贴")
    story.stands_at("drafted", "propose")

    story.sit("joint", votes_for=5, against=0)
    story.stands_at("proposed", "review")
    story.advise("请写明补贴的计算依据。")
    story.sit("party", votes_for=8, against=1)
    story.stands_at("reviewed", "adopt")
    story.amend("误工补贴每人每天一百元，按出工登记发放。", source="党员大会")
    ballot = story.sit("reps", votes_for=13, against=3)
    story.stands_at("adopted", "announce")
    assert verdicts.verdict(ballot) == (
        "组成人员 16 人，到会 16 人，达到三分之二以上（至少 11 人）；"
        "赞成 13 票，超过到会人员的半数（至少 9 票），通过。"
        "依据《中华人民共和国村民委员会组织法》（2025年修正）第三十条第二款。"
    )

    notice = story.announce()
    assert notice.board_text == "误工补贴每人每天一百元，按出工登记发放。"
    story.stands_at("announced", "begin")
    with pytest.raises(Refused) as refused:
        story.begin()
    assert refused.value.names == ["shown_long_enough", "supervisors_reviewed"]
    story.post()
    story.audit()
    story.wait(16)
    story.begin()

    story.stands_at("underway", "done")
    story.report(60, "9000.00")
    story.done()
    story.stands_at("completed", "report_result")
    story.report_result("补贴已发完，共支出 15000.00 元。")
    story.stands_at("reported", "archive")
    story.post()
    story.audit()
    story.wait(16)
    story.archive()
    story.stands_at("archived", None)

    sitting = ["sitting.convened", "sitting.attended", "ballot.opened"]
    counting = ["ballot.counted", "ballot.witnessed"]
    assert story.record() == [
        "matter.drafted",
        *sitting,
        *counting,
        "matter.proposed",
        "matter.advised",
        *sitting,
        *counting,
        "matter.reviewed",
        "matter.amended",
        *sitting,
        *counting,
        "matter.adopted",
        "matter.announced",
        "notice.posted",
        "notice.audited",
        "matter.begun",
        "report.given",
        "matter.completed",
        "matter.reported",
        "notice.posted",
        "notice.audited",
        "matter.archived",
    ]


def test_the_entry_of_each_move_carries_its_tally(world):
    story = Story(world)
    story.sit("joint", votes_for=4, against=1)
    story.sit("party", votes_for=6, against=3)
    story.sit("reps", votes_for=12, against=2)
    moves = ("matter.proposed", "matter.reviewed", "matter.adopted")
    entries = Entry.objects.of(story.matter).of_kind(*moves).ready_to_open()
    opened = [entry.opened() for entry in entries]
    assert [(o["votes_for"], o["votes_against"], o["abstain"]) for o in opened] == [
        (4, 1, 0),
        (6, 3, 0),
        (12, 2, 2),
    ]
    # How the committees and the party voted is sealed; how the people did is not.
    assert [isinstance(e.facts["votes_for"], dict) for e in entries] == [
        True,
        True,
        False,
    ]


def test_in_four_deliberations_the_branch_comes_first(world):
    story = Story(world, chain="four_deliberations")
    story.stands_at("drafted", "initiate")
    story.initiate()
    story.stands_at("initiated", "propose")
    story.sit("joint", votes_for=5, against=0)
    story.sit("party", votes_for=9, against=0)
    story.sit("villagers", votes_for=30, against=15)
    story.stands_at("adopted", "announce")
    assert story.matter.stage_label == "村民会议已决议"


def test_on_petition_the_partys_no_does_not_close_the_road(world):
    story = Story(world, chain="statutory", origin_by="reps", origin_count=9)
    story.stands_at("drafted", "review")
    story.sit("party", votes_for=1, against=8)
    story.stands_at("reviewed", "adopt")
    assert story.matter.stage_label == "党组织已讨论"
    story.sit("reps", votes_for=10, against=6)
    story.stands_at("adopted", "announce")
