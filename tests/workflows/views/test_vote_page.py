"""Choose, check, done: three plain pages, and nothing in an address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit import clock, codes
from tests.workflows import sitting_steps as steps
from workflows.acts import ballot as voting
from workflows.acts import casting, leaving
from workflows.models import Ballot, Participation, Receipt, SecretVote

SURE = {"choice": "2", "sure": "1"}


@pytest.fixture
def ballot(world) -> Ballot:
    return steps.voting_on(world, world.draft())


@pytest.fixture
def director(world, page_of) -> Client:
    return page_of(world.director)


def at(ballot: Ballot) -> str:
    return f"/vote/{ballot.uid}/"


def line_of(ballot: Ballot, user):
    return ballot.sitting.roster.entries.get(resident=user.resident_id)


def test_one_question_its_text_and_three_buttons(ballot, director):
    html = director.get(at(ballot)).content.decode()
    assert f"<h1>{ballot.matter.title}</h1>" in html
    assert ballot.version.text in html
    for value, label in (("1", "赞成"), ("2", "反对"), ("3", "弃权")):
        button = (
            f'<button class="btn alt" name="choice" value="{value}">{label}</button>'
        )
        assert button in html
    assert "<script" not in html.partition("<main")[2]


def test_what_was_chosen_is_looked_at_before_it_counts(ballot, director):
    with steps.nothing_changes():
        page = director.post(at(ballot), {"choice": "2"})
    assert page.status_code == 200
    html = page.content.decode()
    assert '<b class="live">反对</b>' in html
    assert "确定，投反对" in html
    assert '<input type="hidden" name="choice" value="2">' in html
    assert not Participation.objects.exists()


def test_no_server_can_tell_them_apart_by_the_length_of_the_page(ballot, director):
    pages = [director.post(at(ballot), {"choice": each}) for each in "123"]
    assert len({len(page.content) for page in pages}) == 1


def test_then_it_is_cast_and_the_receipt_is_handed_over(ballot, director):
    page = director.post(at(ballot), SURE)
    assert page.status_code == 200
    assert SecretVote.objects.get().choice == "against"
    assert codes.spell(Receipt.objects.get().code) in page.content.decode()
    assert "反对" not in page.content.decode()


@pytest.mark.parametrize("sent", [{}, {"choice": "2"}, SURE])
def test_no_browser_keeps_any_of_it(ballot, director, sent):
    page = director.post(at(ballot), sent) if sent else director.get(at(ballot))
    assert "no-store" in page["Cache-Control"]


def test_no_address_says_what_was_chosen(ballot, director):
    page = director.get(at(ballot), SURE)
    assert "您的意见" in page.content.decode()
    assert not Participation.objects.exists()


def test_pressed_again_it_says_that_it_was_cast(ballot, director):
    director.post(at(ballot), SURE)
    for again in (director.post(at(ballot), SURE), director.get(at(ballot))):
        assert again.status_code == 409
        assert "已经表决过，一人一票" in again.content.decode()
    assert SecretVote.objects.count() == 1


def test_of_a_named_vote_it_is_said_that_it_stands_beside_the_name(world, page_of):
    ballot = steps.voting_on(world, world.draft(), method="named")
    page = page_of(world.director).post(at(ballot), {"choice": "1"})
    assert "记在您的名字后面" in page.content.decode()


def test_who_is_recused_or_left_is_told_why(world, page_of):
    sitting = steps.held(world, world.draft(), ticked=True)
    ballot = sitting.ballots.get()
    gone, recused = (
        sitting.roster.entries.get(resident=user.resident_id)
        for user in (world.secretary, world.director)
    )
    leaving.leave(sitting, [gone], actor=world.clerk)
    casting.recuse(ballot, recused, actor=world.clerk, reason="承包人是他弟弟。")
    steps.perform(
        ballot, "open_ballot", voting.open_ballot, world.clerk, method="secret"
    )
    for user, why in (("director", "本项回避"), ("secretary", "已经离会")):
        page = page_of(getattr(world, user)).post(at(ballot), SURE)
        assert page.status_code == 422
        assert why in page.content.decode()
    assert not Participation.objects.exists()


def test_where_the_chair_ends_it_no_hour_is_told(world, director):
    ballot = steps.voting_on(world, world.draft())
    assert "截止" not in director.get(at(ballot)).content.decode()
    assert (
        "截止" not in director.get(f"/sittings/{ballot.sitting.uid}/").content.decode()
    )


def test_before_and_after_there_is_nothing_to_vote_on(world, director):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    until = clock.now() + timedelta(minutes=3)
    assert director.get(at(ballot)).status_code == 409
    given = {"method": "secret", "closes_at": until}
    steps.perform(ballot, "open_ballot", voting.open_ballot, world.clerk, **given)
    assert "截止" in director.get(at(ballot)).content.decode()
    clock.move(until)
    for late in (director.get(at(ballot)), director.post(at(ballot), SURE)):
        assert late.status_code == 409
        assert "表决已经截止" in late.content.decode()


def test_a_stranger_finds_nothing_and_a_neighbour_learns_why_not(world, page_of):
    ballot = steps.voting_on(world, world.draft())
    for user, status in ((world.zhou, 404), (world.rep01, 403), (world.clerk, 403)):
        for sent in (None, {"choice": "1"}, SURE):
            browser = page_of(user)
            page = (
                browser.get(at(ballot))
                if sent is None
                else browser.post(at(ballot), sent)
            )
            assert page.status_code == status, user
    assert not Participation.objects.exists()


def test_it_is_owed_until_it_is_cast(world, page_of, ballot):
    browser = page_of(world.director)
    owed = browser.get("/").content.decode()
    assert "等您表决" in owed
    assert at(ballot) in owed
    assert (
        at(ballot) in browser.get(f"/sittings/{ballot.sitting.uid}/").content.decode()
    )
    browser.post(at(ballot), SURE)
    assert "等您表决" not in browser.get("/").content.decode()
    assert at(ballot) not in page_of(world.rep01).get("/").content.decode()


def test_a_vote_asks_little_of_the_database(ballot, director):
    director.get(at(ballot))
    with CaptureQueriesContext(connection) as queries:
        director.post(at(ballot), SURE)
    # Session, person, and the two statements of the vote.
    assert len(queries) == 4, [query["sql"] for query in queries]
