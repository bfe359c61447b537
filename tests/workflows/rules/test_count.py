"""Who votes, whether the sums close, and whether a second person looked."""

from __future__ import annotations

import pytest

from tests.workflows.sitting_steps import (
    call,
    counted,
    held,
    nothing_changes,
    opened,
    perform,
    witnessed,
)
from workflows.acts import Refused, decision
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.figures import Figures

PAPER = {"votes_for": 3, "against": 2}


@pytest.mark.parametrize(
    ("slips", "case", "sentence"),
    [
        ({"votes_for": 5, "against": 1}, "returned", "发出 5 张，收回 6 张。"),
        ({**PAPER, "issued": 4}, "returned", "发出 4 张，收回 5 张。"),
        ({**PAPER, "issued": 6}, "issued", "发出 6 张，到会 5 人。"),
        (
            {**PAPER, "returned": 4},
            "diff",
            "赞成 3 + 反对 2 + 弃权 0 + 无效 0 = 5，收回 4 张，差 1。",
        ),
        (
            {"votes_for": 2, "against": 1, "returned": 4},
            "diff",
            "赞成 2 + 反对 1 + 弃权 0 + 无效 0 = 3，收回 4 张，差 1。",
        ),
    ],
)
def test_sums_that_do_not_close_are_refused(world, under, slips, case, sentence):
    ballot = opened(world, world.draft(), method="paper")
    figures = Figures.on_paper(5, **slips)
    with nothing_changes(), pytest.raises(Refused) as refused:
        voting.count(ballot, figures, actor=world.clerk)
    (refusal,) = refused.value.unmet
    assert (refusal.name, refusal.shortfall.case) == ("ballots_match_attendance", case)
    assert sentence in refusal.sentence


def test_more_hands_than_people_are_refused(world, under):
    ballot = opened(world, world.draft())
    with nothing_changes(), pytest.raises(Refused) as refused:
        voting.count(ballot, Figures.by_hands(5, 5, 1), actor=world.clerk)
    (refusal,) = refused.value.unmet
    assert refusal.title == "票数多于到会人数"
    assert refusal.sentence == "四项合计 6 票，到会 5 人，多出 1 票。"


@pytest.mark.parametrize(
    "slips",
    [
        {"votes_for": 3, "against": 1, "abstain": 1},
        {"votes_for": 3, "against": 1, "invalid": 1},
        {"votes_for": 3, "against": 1},  # one slip was not returned
        {"votes_for": 3, "issued": 3},  # two took none
    ],
)
def test_sums_that_close_are_taken(world, slips):
    ballot = opened(world, world.draft(), method="paper")
    figures = Figures.on_paper(5, **{"against": 0, **slips})
    perform(ballot, "count", voting.count, world.clerk, figures=figures)
    assert ballot.tally.votes_for == 3


def test_on_paper_too_sums_that_do_not_close_are_bad_input(world):
    matter = world.draft()
    with pytest.raises(Refused) as refused:
        hold_on_paper(world, matter, Figures.on_paper(5, votes_for=5, against=1))
    assert refused.value.names == ["ballots_match_attendance"]


def hold_on_paper(world, matter, figures):
    came = keeping.Came(in_person=5)
    wanted = call(world, matter)
    sitting = keeping.record_paper(world.village, wanted, came, actor=world.clerk)
    return decision.declare_paper(sitting.ballots.get(), figures, actor=world.clerk)


def test_more_came_than_are_on_the_roster(world):
    with pytest.raises(Refused) as refused:
        held(world, world.draft(), present=6)
    (refusal,) = refused.value.unmet
    assert refusal.name == "voter_is_eligible"
    assert "有 1 人不在本次会议的名册上" in refusal.sentence


def test_a_count_nobody_else_saw_is_not_announced_here(world):
    ballot = counted(world, world.draft())
    with nothing_changes(), pytest.raises(Refused) as refused:
        decision.declare(ballot, actor=world.clerk)
    (refusal,) = refused.value.unmet
    assert refusal.name == "count_witnessed"
    assert (
        refusal.because
        == "按照本县规定（《示范县内部控制规定》（示范发〔2010〕12号）第五条），"
        "计票有监票人核对。"
    )


def test_nationally_it_is_announced_and_pointed_out(world, nationally):
    ballot = counted(world, world.draft())
    perform(ballot, "declare", decision.declare, world.clerk)
    assert ballot.state == "declared"


def test_seen_by_a_second_person_it_is_announced_everywhere(world, under):
    ballot = witnessed(world, world.draft())
    perform(ballot, "declare", decision.declare, world.clerk)
    assert ballot.state == "declared"
