"""The desk follows what others do, and the next thing is done on it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from tests.workflows.sitting_steps import (
    convened,
    counted,
    declared,
    held,
    keeper,
    lines,
    nothing_changes,
    opened,
    perform,
    records,
    voting_on,
)
from workflows.acts import arriving, casting, decision, leaving
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.figures import Figures
from workflows.presenting.people import on_roster
from workflows.stage import Stage


def following(response):
    """Where the page asks what is new, and how often."""
    html = response.content.decode()
    found = re.search(r'<div id="now" hx-get="([^"]+)" hx-trigger="every 5s"', html)
    return found and found[1]


def test_the_page_asks_again_and_hears_nothing_while_nothing_happens(world, desk):
    response = desk(held(world, world.draft()))
    address = following(response)
    with nothing_changes():
        answer = response.client.get(address)
    assert (answer.status_code, answer.content) == (204, b"")


def test_what_another_did_comes_to_the_page(world, desk, press):
    ballot = counted(world, world.draft())
    response = desk(ballot.sitting)
    address = following(response)
    press(ballot.sitting, "1/witness/", "secretary", seen=ballot.tally.pk)
    answer = response.client.get(address)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in html
    assert "请宣布结果" in html
    again = following(answer)
    assert again != address
    assert response.client.get(again).status_code == 204


def test_a_vote_that_is_cast_comes_to_the_page(world, desk):
    ballot = voting_on(world, world.draft(), method="secret")
    response = desk(ballot.sitting)
    casting.cast_line(ballot, lines(ballot)[0], "for")
    assert response.client.get(following(response)).status_code == 200


def test_a_day_later_it_is_another_page(world, desk):
    sitting = convened(world, world.draft(), held_at=clock.now() + timedelta(days=1))
    response = desk(sitting)
    world.pass_days(1)
    answer = response.client.get(following(response))
    assert "今天开会" in answer.content.decode()


def test_a_sitting_that_is_over_is_not_asked_about(world, desk):
    response = desk(declared(world, world.draft()).sitting)
    html = response.content.decode()
    assert following(response) is None
    assert "htmx" not in html


def test_without_the_script_everything_is_there(world, desk):
    html = desk(held(world, world.draft())).content.decode()
    assert re.search(r'<form method="post" action="/sittings/\w+/1/open/"', html)
    assert 'name="csrfmiddlewaretoken"' in html


def test_a_stranger_does_not_follow(world, desk):
    sitting = held(world, world.draft())
    assert desk(sitting, "zhou", "now/").status_code == 404


@pytest.mark.parametrize("by", ["rep01", "supervisor1"])
def test_who_does_not_keep_the_sitting_has_no_form(world, desk, by):
    ballot = opened(world, world.matter_at(Stage.REVIEWED), body="reps")
    html = desk(ballot.sitting, by).content.decode()
    assert "<form" not in html.partition('id="now"')[2].partition("<h2>议题")[0]


def test_a_matter_goes_from_opening_to_its_result_at_the_desk(world, desk, press):
    """Every form that is sent is one that stands on the desk."""
    sitting = held(world, world.matter_at(Stage.REVIEWED), body="reps")

    def send(**given):
        html = desk(sitting).content.decode()
        address = re.search(r'<form method="post" action="(/sittings/[^"]+)"', html)[1]
        seen = re.search(r'name="seen" value="(\d*)"', html)
        said = {**({"seen": seen[1]} if seen else {}), **given}
        return press(sitting, address.removeprefix(f"/sittings/{sitting.uid}/"), **said)

    with records("ballot.opened"):
        assert send(method="hands").status_code == 302
    with records("ballot.counted"):
        assert send(votes_for=12, against=2).status_code == 302
    ballot = sitting.ballots.get()
    perform(ballot, "witness", voting.witness, world.supervisor1)
    html = desk(sitting).content.decode()
    assert "赞成 12 票" in html
    with records("matter.adopted"):
        assert send().status_code == 302


def test_what_was_filled_in_is_kept_while_its_step_waits(world, desk, press):
    ballot = opened(world, world.draft())
    response = desk(ballot.sitting)
    kept = rf'id="(step-count-{ballot.uid}-\d*)" hx-preserve'
    form = re.search(kept, response.content.decode())[1]
    arriving.observe(
        ballot.sitting, actor=world.clerk, name="吴明", capacity="township"
    )
    html = response.client.get(following(response)).content.decode()
    assert re.search(kept, html)[1] == form
    press(ballot.sitting, "1/count/", votes_for=4, against=1)
    html = desk(ballot.sitting).content.decode()
    assert not re.search(kept, html)


def test_the_ways_in_are_at_the_desk_of_who_keeps_it_on_its_day(world, desk):
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    assert desk(sitting).context["door"] == []
    clock.move(sitting.held_at)
    labels = [button.label for button in desk(sitting).context["door"]]
    assert labels == ["签到", "签到码", "列席"]
    for key in on_roster(sitting).keys[:11]:
        arriving.arrive(sitting, key, actor=world.clerk)
    ballot = sitting.ballots.get()
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk, method="hands")
    labels = [button.label for button in desk(sitting).context["door"]]
    assert labels == ["签到码", "列席"]
    assert desk(sitting, "rep01").context["door"] == []


def test_names_are_for_officers(world, desk):
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    clock.move(sitting.held_at)
    first, second, third, *_others = on_roster(sitting).keys
    arriving.arrive(sitting, first, actor=world.clerk)
    arriving.arrive(sitting, second, actor=world.clerk)
    arriving.excuse(sitting, third, actor=world.clerk, reason="ill", note="住院")
    arriving.observe(sitting, actor=world.clerk, name="吴明", capacity="township")
    entry = sitting.attendances.first().entry
    sitting.refresh_from_db()
    leaving.leave(sitting, [entry], actor=world.clerk)
    room = desk(sitting).context["room"]
    assert len(room.missing) == 13
    assert room.absent[0].endswith("（生病：住院）")
    assert room.left == [f"{entry.name}（上午9时）"]
    assert room.observers == ["吴明（乡镇干部）"]
    response = desk(sitting, "rep01")
    assert response.context["room"] is None
    assert "住院" not in response.content.decode()


def test_who_leaves_breaks_the_quorum_and_what_was_decided_stands(world, desk, press):
    first, second = world.draft(), world.draft()
    sitting = convened(world, first, second)
    for key in on_roster(sitting).keys:
        arriving.arrive(sitting, key, actor=world.clerk)
    ballot = sitting.ballots.get(matter=first)
    by = keeper(world, "joint")
    perform(ballot, "open_ballot", voting.open_ballot, by, method="hands")
    figures = {"votes_for": 5, "against": 0}
    press(sitting, "1/count/", **figures)
    ballot.refresh_from_db()
    perform(ballot, "witness", voting.witness, world.secretary)
    perform(ballot, "declare", decision.declare, by)
    gone = [row.entry for row in sitting.attendances.order_by("entry__number")[:3]]
    sitting.refresh_from_db()
    leaving.leave(sitting, gone, actor=world.clerk)
    response = desk(sitting)
    html = response.content.decode()
    names = "、".join(f"{entry.name}（上午9时）" for entry in gone)
    said = f"{names}离会后，到会降为 2 人，本项不能表决；已表决的前 1 项仍然有效。"
    assert said in html
    lead = response.context["lead"]
    assert (lead.button.label, response.context["quorum"].stands) == ("散会", False)
    with records("sitting.closed"):
        press(sitting, "close/")


def test_following_asks_the_database_as_often_with_45_members(village, page_of):
    world = village(
        reps={"total": 45, "committee": 3, "women": 15},
        villagers={"adults": 120, "households": 40},
    )
    browser, counts = page_of(world.clerk), []
    for size, came in ((1, 31), (3, 44)):
        matters = [world.matter_at(Stage.REVIEWED) for _n in range(size)]
        sitting = convened(world, *matters, body="reps")
        clock.move(sitting.held_at)
        for key in on_roster(sitting).keys[:came]:
            arriving.arrive(sitting, key, actor=world.clerk)
        address = f"/sittings/{sitting.uid}/"
        counts.append([queries(browser, address + part) for part in ("", "now/")])
        beat = following(browser.get(address))
        counts[-1].append(queries(browser, beat.replace("&amp;", "&"), 204))
    assert counts[0] == counts[1]
    whole, part, nothing = counts[1]
    assert nothing <= 8 < part < whole <= 50


def queries(browser, address, status=200):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == status
    return len(asked)


def test_who_does_not_keep_it_reads_what_is_waited_for(world, desk):
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    title = sitting.ballots.get().matter.title

    def lead():
        return desk(sitting, "rep01").context["lead"].sentence

    assert lead() == "已经发通知，等开会。"
    clock.move(sitting.held_at)
    assert lead() == "今天开会，还没有人签到。"
    keys = on_roster(sitting).keys
    arriving.arrive(sitting, keys[0], actor=world.clerk)
    assert lead() == "人数不够，现在不能表决。"
    for key in keys[1:11]:
        arriving.arrive(sitting, key, actor=world.clerk)
    assert lead() == f"等着表决《{title}》"
    ballot = sitting.ballots.get()
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk, method="hands")
    assert lead() == f"正在表决《{title}》"


def test_what_was_left_is_called_anew(world, desk):
    first, second = world.draft(), world.draft(title="水渠清淤")
    sitting = convened(world, first, second)
    for key in on_roster(sitting).keys[:3]:
        arriving.arrive(sitting, key, actor=world.clerk)
    ballot = sitting.ballots.get(matter=first)
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk, method="hands")
    figures = Figures.by_hands(3, 3, 0)
    perform(ballot, "count", voting.count, world.clerk, figures=figures)
    perform(ballot, "witness", voting.witness, world.secretary)
    perform(ballot, "declare", decision.declare, world.clerk)
    keeping.close(sitting, actor=world.clerk)
    lead = desk(sitting).context["lead"]
    assert lead.sentence == "会议已经结束。没有表决的议题，另行召集会议。"
    assert lead.button.label == "再次召集"
    assert lead.button.url.endswith(f"?body=joint&matter={second.number}")


def test_people_who_sign_in_one_by_one_are_one_line_of_the_record(world, desk):
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    clock.move(sitting.held_at)
    first, second, third, fourth, *_others = on_roster(sitting).keys
    for key in (first, second, third):
        arriving.arrive(sitting, key, actor=world.clerk)
    arriving.excuse(sitting, fourth, actor=world.clerk, reason="away", note="太原")
    names = [row.entry.name for row in sitting.attendances.order_by("pk")]
    away = sitting.absences.get().entry.name
    told = desk(sitting).context["entries"][1:]
    assert [event.what for event in told] == ["3 人签到，到会 3 人", "登记缺席"]
    said = [[(fact.label, fact.value) for fact in event.facts] for event in told]
    assert said[0] == [("姓名", "、".join(names))]
    assert said[1] == [("姓名", away), ("缺席原因", "外出"), ("说明", "太原")]
    told = desk(sitting, "rep01").context["entries"][1:]
    assert [event.facts for event in told] == [[], []]
    assert told[0].who == "村文书"
