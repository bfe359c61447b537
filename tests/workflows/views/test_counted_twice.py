"""Slips of paper are counted by two people, neither of whom sees the other's counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from audit.models import Entry
from audit.verification import Run
from tests.workflows.sitting_steps import (
    enter,
    held,
    lines,
    nothing_changes,
    opened,
    perform,
    records,
)
from workflows import acts
from workflows.acts import ballot as voting
from workflows.acts import casting
from workflows.figures import Figures
from workflows.models import Ballot
from workflows.stage import Stage

COUNTS = Figures.on_paper(
    16, votes_for=9, against=4, abstain=1, invalid=1, issued=16, returned=15
)
WHO = voting.Helpers(caller="卫秀兰", teller="冯保山")


@pytest.fixture
def ballot(world):
    """On slips, counted once by the clerk."""
    matter = world.matter_at(Stage.REVIEWED)
    put = opened(world, matter, body="reps", method="paper")
    perform(put, "count", voting.count, world.clerk, figures=COUNTS, helpers=WHO)
    return put


def confirm(world, ballot, by="supervisor1", figures=COUNTS):
    voting.witness(ballot, actor=getattr(world, by), figures=figures)


def test_where_both_agree_the_counts_are_witnessed(world, ballot):
    with records("ballot.witnessed"):
        confirm(world, ballot)
    ballot = Ballot.objects.get(pk=ballot.pk)
    assert (ballot.state, ballot.tally.witness) == ("witnessed", world.supervisor1)
    assert list(Run().run()) == []


@pytest.mark.parametrize(
    "other",
    [
        {"votes_for": 10, "against": 3},
        {"abstain": 2, "invalid": 0},
        {"issued": 15},
        {"returned": 14, "invalid": 0},
    ],
)
def test_where_they_differ_nothing_is_witnessed_and_nothing_betrayed(
    world, ballot, other
):
    with nothing_changes(), pytest.raises(acts.BadInput) as bad:
        confirm(world, ballot, figures=replace(COUNTS, **other))
    assert str(bad.value).startswith("和第一遍录入的票数对不上")
    assert not any(digit.isdigit() for digit in str(bad.value))


def test_who_enters_nothing_confirms_nothing(world, ballot):
    with nothing_changes(), pytest.raises(acts.BadInput):
        confirm(world, ballot, figures=None)


def test_who_entered_them_first_does_not_enter_them_again(world, ballot):
    with nothing_changes(), pytest.raises(acts.Forbidden):
        confirm(world, ballot, "clerk")


def test_who_read_out_or_counted_does_not_witness(world, ballot):
    for by in ("rep01", "deputy_director"):
        with nothing_changes(), pytest.raises(acts.Forbidden, match="唱票人、计票人"):
            confirm(world, ballot, by)


def test_nor_by_a_name_on_the_sheet(world):
    put = opened(world, world.draft(), method="paper")
    counts = Figures.on_paper(5, votes_for=5, against=0)
    with nothing_changes(), pytest.raises(acts.BadInput) as bad:
        voting.count(
            put,
            counts,
            actor=world.clerk,
            witness_name="冯保山",
            helpers=voting.Helpers("赵长河", "冯保山"),
        )
    assert bad.value.field == "witness_name"


def test_who_read_out_and_who_counted_is_kept_and_sealed(world, ballot):
    tally = ballot.tally
    assert (tally.caller_name, tally.teller_name) == ("卫秀兰", "冯保山")
    entry = Entry.objects.of(ballot).of_kind("ballot.counted").ready_to_open().get()
    assert (entry.opened()["caller"], entry.opened()["teller"]) == ("卫秀兰", "冯保山")
    assert "卫秀兰" not in entry.body


def test_hands_are_seen_by_all_and_only_confirmed(world):
    put = opened(world, world.draft())
    figures = Figures.by_hands(5, 4, 1)
    perform(put, "count", voting.count, world.clerk, figures=figures)
    voting.witness(put, actor=world.secretary)
    assert Ballot.objects.get(pk=put.pk).state == "witnessed"


def test_who_stood_back_takes_no_slip_in_either_count(world, desk, press):
    sitting = held(world, world.draft(), ticked=True)
    ballot = sitting.ballots.get()
    last = lines(ballot)[-1]
    casting.recuse(ballot, last, actor=world.clerk, reason="承包人是他弟弟。")
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk, method="paper")
    first = {"votes_for": 4, "against": 0, "caller_name": "甲", "teller_name": "乙"}
    press(sitting, "1/count/", **first)
    tally = Ballot.objects.get(pk=ballot.pk).tally
    assert (tally.present, tally.issued) == (5, 4)
    said = "回避的人不表决，4 人参加本项表决。"
    for page, who in (("1/count/", "clerk"), ("1/witness/", "secretary")):
        assert said in desk(sitting, who, page).content.decode()
    votes = {"votes_for": 4, "against": 0}
    press(sitting, "1/witness/", "secretary", seen=tally.pk, **votes)
    found = Ballot.objects.get(pk=ballot.pk)
    assert (found.state, found.voting) == ("witnessed", 4)


def test_who_puts_the_first_counts_right_does_not_see_them(world, ballot, desk):
    form = desk(ballot.sitting, "director", "1/count/").context["form"]
    assert form["votes_for"].value() is form["issued"].value() is None
    assert form["caller_name"].value() == "卫秀兰"


def test_a_sitting_held_on_paper_is_entered_once(world):
    sitting = enter(world, world.draft())
    ballot = sitting.ballots.get()
    ballot.method = Ballot.Method.PAPER
    assert not ballot.counted_twice


def test_the_log_does_not_tell_the_first_counts_before_the_second(world, ballot):
    sealed = Entry.objects.of(ballot).of_kind("ballot.counted").ready_to_open().get()
    assert set(sealed.facts["votes_for"]) == {"sealed"}
    assert sealed.opened()["votes_for"] == 9
    confirm(world, ballot)
    told = Entry.objects.of(ballot).of_kind("ballot.witnessed").get()
    assert told.facts["votes_for"] == 9


def test_nor_does_the_dossier(world, ballot, client):
    client.force_login(world.supervisor1)
    where = [world.village.slug, ballot.matter.number]
    page = client.get(reverse("workflows:dossier", args=where))
    assert page.status_code == 409
    assert "第一遍的票数还不能看" in page.content.decode()
