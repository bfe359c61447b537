"""A receipt finds that a vote was counted, and nothing else of it."""

from __future__ import annotations

import pytest
from django.test import Client

from audit import codes
from tests.workflows import sitting_steps as steps
from workflows.acts import casting, correction

AT = "/vote/receipt/"


def said(receipt: str) -> str:
    page = Client().post(AT, {"code": codes.spell(receipt)})
    assert page.status_code == 200
    return page.content.decode()


@pytest.fixture
def ballot(world):
    return steps.voting_on(world, world.draft())


def test_it_says_what_became_of_the_vote_and_not_how_it_was(world, ballot):
    first, _second = steps.all_cast(ballot, "for", "against")
    assert "这张票已经收到，表决结束时计入" in said(first)
    casting.close_ballot(ballot, actor=world.clerk)
    html = said(first)
    assert "这张票已经计入" in html
    assert ballot.matter.title in html
    names = [entry.name for entry in steps.lines(ballot)]
    assert not any(word in html for word in ("赞成", "反对", "弃权", *names))


def test_of_a_ballot_declared_void_it_says_so(world, ballot):
    (receipt,) = steps.all_cast(ballot, "for")
    correction.void(ballot, actor=world.clerk, text="按错了。", witness_name="孙建国")
    assert "本次表决后来作废" in said(receipt)


def test_it_is_read_however_it_was_copied(ballot):
    (receipt,) = steps.all_cast(ballot, "for")
    typed = codes.spell(receipt).lower().replace("-", " ").replace("0", "o")
    assert Client().post(AT, {"code": typed}).status_code == 200


@pytest.mark.parametrize("code", ["", "7K3M", codes.spell("0123456789"), "\x00", "字"])
def test_what_is_no_receipt_is_said_to_be_none(ballot, code):
    page = Client().post(AT, {"code": code})
    assert page.status_code == 400
    assert "回执号" in page.content.decode()


def test_a_receipt_in_an_address_is_not_looked_up(ballot):
    (receipt,) = steps.all_cast(ballot, "for")
    page = Client().get(AT, {"code": codes.spell(receipt)})
    assert "已经收到" not in page.content.decode()
