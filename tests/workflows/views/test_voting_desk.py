"""What the clerk does while people vote, and who holds back."""

from __future__ import annotations

import pytest

from audit import clock, codes
from tests.workflows import sitting_steps as steps
from villages.models import Kinship, Resident
from workflows.acts import casting
from workflows.models import Ballot, Participation, Receipt, Recusal


@pytest.fixture
def ballot(world) -> Ballot:
    return steps.voting_on(world, world.draft())


def lead(page):
    found = page.context["lead"]
    buttons = [found.button, *found.others] if found.button else found.others
    return found.sentence, [button.label for button in buttons]


def test_electronic_methods_are_offered_where_rules_allow_them(world, desk):
    sitting = steps.held(world, world.draft(), ticked=True)
    html = desk(sitting, part="1/open/").content.decode()
    assert 'value="secret"' in html
    assert "几分钟后截止" in html


def test_nationally_they_are_not(world, nationally, desk, press):
    sitting = steps.held(world, world.draft(), ticked=True)
    html = desk(sitting, part="1/open/").content.decode()
    assert 'value="secret"' not in html
    assert "几分钟后截止" not in html
    assert press(sitting, "1/open/", method="secret").status_code == 400
    assert Ballot.objects.get().state == "scheduled"


def test_it_is_opened_with_a_time(world, press):
    sitting = steps.held(world, world.draft(), ticked=True)
    press(sitting, "1/open/", method="secret", minutes=10)
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.method) == ("open", "secret")
    assert (ballot.closes_at - clock.now()).total_seconds() == 600


def test_hands_are_open_for_as_long_as_they_are_counted(world, press):
    sitting = steps.held(world, world.draft(), ticked=True)
    press(sitting, "1/open/", method="hands", minutes=10)
    assert Ballot.objects.get().closes_at is None


def test_who_came_as_a_number_cannot_vote_by_name(world, press):
    sitting = steps.held(world, world.draft())
    page = press(sitting, "1/open/", method="named")
    assert page.status_code == 400
    assert "按人登记到会" in page.content.decode()


def test_the_desk_says_how_far_it_is_and_what_comes_next(desk, ballot):
    steps.all_cast(ballot, "for", "against")
    sentence, labels = lead(desk(ballot.sitting))
    assert "5 人可以投票，已经收到 2 票" in sentence
    assert labels == ["结束表决", "打印表决条", "现场代录", "登记回避"]
    assert lead(desk(ballot.sitting, "secretary"))[1] == ["结束表决", *labels[1:]]
    assert lead(desk(ballot.sitting, "deputy_director"))[1][0] == "我要表决"
    assert lead(desk(ballot.sitting, "rep01"))[1] == []


def test_the_vote_is_ended_and_counted(desk, press, ballot):
    steps.all_cast(ballot, "for", "for", "against")
    html = desk(ballot.sitting, part="1/close/").content.decode()
    assert "还有 2 人没有投" in html
    with steps.records("ballot.closed"):
        press(ballot.sitting, "1/close/")
    tally = Ballot.objects.get().tally
    assert (tally.votes_for, tally.votes_against, tally.unreturned) == (2, 1, 2)
    with steps.nothing_changes():
        again = press(ballot.sitting, "1/close/")
    assert again.status_code == 409
    assert "已经办过" in again.content.decode()


def test_a_vote_is_entered_for_who_signs(desk, press, ballot):
    first = steps.lines(ballot)[0]
    given = {"entry": first.pk, "choice": "1"}
    with steps.nothing_changes():
        unsigned = press(ballot.sitting, "1/assist/", **given)
    assert "请本人在签到册备注栏签字" in unsigned.content.decode()
    with steps.records("ballot.assisted"):
        page = press(ballot.sitting, "1/assist/", **given, signed="on")
    assert codes.spell(Receipt.objects.get().code) in page.content.decode()
    assert Participation.objects.get().entry == first
    left = desk(ballot.sitting, part="1/assist/").context["form"].offered
    assert str(first.pk) not in left


def test_who_is_recused_is_named_at_the_item(desk, press, ballot):
    first = steps.lines(ballot)[0]
    given = {"entry": first.pk, "reason": "承包人是他弟弟。"}
    with steps.records("ballot.recused"):
        press(ballot.sitting, "1/recuse/", **given)
    assert Recusal.objects.get().entry == first
    page = desk(ballot.sitting)
    assert f"本项回避：{first.name}" in page.content.decode()
    assert "4 人可以投票，已经收到 0 票" in lead(page)[0]


def test_by_hands_who_is_recused_does_not_abstain(world, desk, press):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    last = steps.lines(ballot)[-1]
    press(ballot.sitting, "1/recuse/", entry=last.pk, reason="承包人是他弟弟。")
    press(ballot.sitting, "1/open/", method="hands")
    html = desk(ballot.sitting, part="1/count/").content.decode()
    assert "回避的人不表决，4 人参加本项表决" in html
    press(ballot.sitting, "1/count/", votes_for=3, against=1)
    tally = Ballot.objects.get().tally
    assert (tally.abstain, tally.issued, tally.present, tally.eligible) == (0, 4, 5, 5)


def test_more_hands_than_vote_are_refused(world, press):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    last = steps.lines(ballot)[-1]
    press(ballot.sitting, "1/recuse/", entry=last.pk, reason="承包人是他弟弟。")
    press(ballot.sitting, "1/open/", method="hands")
    page = press(ballot.sitting, "1/count/", votes_for=4, against=1)
    assert page.status_code == 422
    assert "票数多于到会人数" in page.content.decode()


def test_whom_the_text_names_and_their_kin_are_pointed_out(world, desk, press):
    ballot = steps.held(
        world, world.draft(text="由卫长顺承包。"), ticked=True
    ).ballots.get()
    first, second, *_others = steps.lines(ballot)
    contractor = Resident.objects.create(
        village=world.village, name="卫长顺", sex="m", born="1980-01-01"
    )
    Kinship.objects.create(a=contractor, b=first.resident, relation="spouse")
    Kinship.objects.create(a=second.resident, b=contractor, relation="child")
    html = desk(ballot.sitting, part="1/recuse/").content.decode()
    assert f"{first.name}（方案里写到的卫长顺的配偶）" in html
    assert f"{second.name}（方案里写到的卫长顺是本人的子女）" in html
    assert not Recusal.objects.exists()


def test_who_is_named_is_pointed_out_themselves(world, desk):
    name = world.director.resident.name
    ballot = steps.held(
        world, world.draft(text=f"由{name}承包。"), ticked=True
    ).ballots.get()
    html = desk(ballot.sitting, part="1/recuse/").content.decode()
    assert f"{name}（方案里写到本人）" in html


def test_who_leaves_is_entered_between_two_votes(world, desk, press, page_of):
    sitting = steps.held(world, world.draft(), ticked=True)
    first = sitting.roster.entries.entitled()[0]
    assert "登记离会" in lead(desk(sitting))[1]
    browser, url = page_of(world.clerk), f"/sittings/{sitting.uid}/leave/"
    with steps.records("sitting.left"):
        page = browser.post(url, {"people": [first.pk]}, follow=True)
    assert f"{first.name}离会，现在到会 4 人" in page.content.decode()
    press(sitting, "1/open/", method="secret")
    assert "登记离会" not in lead(desk(sitting))[1]
    with steps.nothing_changes():
        assert press(sitting, "leave/", people=[first.pk]).status_code == 409


def test_of_a_number_a_number_leaves(world, press):
    sitting = steps.held(world, world.draft())
    assert press(sitting, "leave/", number=9).status_code == 400
    press(sitting, "leave/", number=1)
    sitting.refresh_from_db()
    assert sitting.present == 4


def test_a_tally_that_was_cast_is_witnessed_declared_and_not_counted_again(
    world, desk, press, ballot
):
    steps.all_cast(ballot, *["for"] * 4)
    casting.close_ballot(ballot, actor=world.clerk)
    assert "重新录入票数" not in lead(desk(ballot.sitting))[1]
    html = desk(ballot.sitting, "secretary", "1/witness/").content.decode()
    assert "发出 5 张，收回 4 张" in html
    assert "会场投过票的人数" in html
    assert "请对照计票单" not in html
    seen = {"seen": Ballot.objects.get().tally.pk}
    press(ballot.sitting, "1/witness/", "secretary", **seen)
    press(ballot.sitting, "1/declare/")
    assert Ballot.objects.get().state == "declared"
    assert "更正票数" not in desk(ballot.sitting).content.decode()
    again = press(ballot.sitting, "1/recount/", text="念错了。")
    assert again.status_code == 409
    assert "不能更正" in again.content.decode()
