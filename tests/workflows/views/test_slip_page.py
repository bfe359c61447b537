"""A slip votes once, for whoever holds it, signed in or not."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.workflows import sitting_steps as steps
from workflows.acts import casting
from workflows.models import Ballot, Participation, SecretVote, Slip

AT = "/vote/slip/"
SURE = {"choice": "1", "sure": "1"}
SQUARE = re.compile(r'<div class="qr"')


@pytest.fixture
def ballot(world) -> Ballot:
    return steps.voting_on(world, world.draft())


@pytest.fixture
def slip(world, ballot) -> str:
    ((_entry, code),) = casting.issue_slips(
        ballot, steps.lines(ballot)[:1], actor=world.clerk
    )
    return code


def test_it_is_scanned_without_signing_in_and_nothing_happens_yet(ballot, slip):
    for _time in (1, 2):
        page = Client().get(AT, {"code": slip, **SURE})
        assert page.status_code == 200
        html = page.content.decode()
        assert ballot.matter.title in html
        assert f"表决人：{steps.lines(ballot)[0].name}" in html
    assert not Participation.objects.exists()


def test_it_is_typed_chosen_and_checked_and_votes(ballot, slip):
    browser = Client()
    typed = f"{slip[:4]} {slip[4:8]} {slip[8:]}"
    assert "您的意见" in browser.post(AT, {"code": typed}).content.decode()
    chosen = browser.post(AT, {"code": typed, "choice": "1"}).content.decode()
    assert "确定，投赞成" in chosen
    assert f'name="code" value="{typed}"' in chosen
    assert not Participation.objects.exists()
    done = browser.post(AT, {"code": slip, **SURE})
    assert "您的票已经收到" in done.content.decode()
    assert Participation.objects.get().entry == steps.lines(ballot)[0]


def test_used_up_it_says_so(ballot, slip):
    Client().post(AT, {"code": slip, **SURE})
    for again in (
        Client().get(AT, {"code": slip}),
        Client().post(AT, {"code": slip, **SURE}),
    ):
        assert again.status_code == 409
        assert "已经表决过" in again.content.decode()
    assert SecretVote.objects.count() == 1


@pytest.mark.parametrize("code", ["0" * 16, "abc", "字" * 16, ""])
def test_what_is_no_slip_is_said_to_be_none(ballot, slip, code):
    page = Client().post(AT, {"code": code, **SURE})
    assert page.status_code == 400
    assert "表决条" in page.content.decode()
    assert not Participation.objects.exists()


def test_when_the_ballot_ended_it_is_void(world, ballot, slip):
    casting.close_ballot(ballot, actor=world.clerk)
    page = Client().get(AT, {"code": slip})
    assert page.status_code == 400
    assert "表决结束以后都作废" in page.content.decode()


def test_it_is_printed_with_its_square_and_its_digits(world, press, ballot):
    first, second = steps.lines(ballot)[:2]
    page = press(ballot.sitting, "1/slips/", people=[first.pk, second.pk])
    html = page.content.decode()
    assert page["Cache-Control"].startswith("no-store")
    assert len(SQUARE.findall(html)) == 2
    found = re.findall(r'<b class="code">(\d{4} \d{4} \d{4} \d{4})</b>', html)
    assert len(found) == 2
    assert f"表决条　{first.name}" in html
    browser = Client()
    assert browser.get(AT, {"code": found[0]}).status_code == 200
    press(ballot.sitting, "1/slips/", people=[first.pk])
    assert browser.get(AT, {"code": found[0]}).status_code == 400
    assert browser.get(AT, {"code": found[1]}).status_code == 200
    assert Slip.objects.count() == 2


def test_none_is_printed_for_who_has_voted(world, desk, press, ballot):
    first = steps.lines(ballot)[0]
    casting.cast_line(ballot, first, "for")
    assert first.name not in desk(ballot.sitting, part="1/slips/").content.decode()
    page = press(ballot.sitting, "1/slips/", people=[first.pk])
    assert page.status_code == 400
    assert not Slip.objects.exists()
