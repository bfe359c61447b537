"""What is put to a representative, and what became of what they voted on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from audit import clock
from tests.workflows.sitting_steps import (
    all_cast,
    convened,
    declared,
    enter,
    held,
    lines,
    nothing_changes,
    perform,
    voting_on,
)
from workflows.acts import arriving, casting, decision, implementation, leaving
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.presenting.people import on_roster
from workflows.stage import Stage

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def mine(world, page_of):
    """The page, as somebody reads it."""

    def read(by="rep01", **asked):
        with nothing_changes():
            return page_of(getattr(world, by)).get("/mine/", asked)

    return read


def reviewed(world, **content):
    return world.matter_at(Stage.REVIEWED, **content)


def mine_in(sitting, user):
    return next(key for key in on_roster(sitting).keys if key == f"r{user.resident_id}")


def test_what_is_put_to_me_stands_with_day_place_text_and_papers(
    world, mine, tmp_path, page_of
):
    matter = reviewed(world, amount=Decimal("12000.50"))
    with override_settings(MEDIA_ROOT=tmp_path):
        file = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
        given = {"name": "预算表", "file": file}
        world.do(matter, implementation.attach, world.clerk, **given)
        sitting = convened(world, matter, body="reps")
        response = mine()
        html = response.content.decode()
        [(name, address)] = response.context["coming"][0].items[0].papers
        paper = page_of(world.rep01).get(address)
        assert b"".join(paper.streaming_content) == PDF
    assert name == "预算表"
    assert f'href="/sittings/{sitting.uid}/"' in html
    assert "2026年3月5日（星期四）上午9时" in html
    assert "村委会会议室" in html
    assert matter.text.text in html
    assert "1.20005万元（12000.50元）" in html


def test_only_who_is_called_sees_it(world, mine):
    convened(world, reviewed(world), body="reps")
    convened(world, world.draft())
    bodies = {
        by: [called.sitting.body for called in mine(by).context["coming"]]
        for by in ("rep01", "secretary", "party01", "supervisor1")
    }
    assert bodies["rep01"] == ["reps"]
    assert "joint" in bodies["secretary"]
    assert bodies["party01"] == bodies["supervisor1"] == []


def test_who_is_nobody_of_the_register_has_nothing(world, mine):
    for by in ("township", "zhou"):
        response = mine(by)
        assert response.status_code == 200
        assert "没有对应到村民名册上的人" in response.content.decode()


def test_where_the_vote_is_open_the_way_there_is_shown(world, mine):
    ballot = voting_on(world, reviewed(world), method="secret", body="reps")
    address = f'href="/vote/{ballot.uid}/"'
    assert address in mine().content.decode()
    entry = next(e for e in lines(ballot) if e.resident == world.rep01.resident)
    casting.cast_line(ballot, entry, "for")
    assert address not in mine().content.decode()


def vote(world, method):
    """A matter on which all voted, the representative against it."""
    ballot = voting_on(world, reviewed(world), method=method, body="reps")
    for entry in lines(ballot):
        against = entry.resident == world.rep01.resident
        casting.cast_line(ballot, entry, "against" if against else "for")
    casting.close_ballot(ballot, actor=world.clerk)
    ballot.refresh_from_db()
    perform(ballot, "witness", voting.witness, world.supervisor1)
    perform(ballot, "declare", decision.declare, world.clerk)
    return ballot


def test_how_i_voted_in_a_secret_vote_is_not_to_be_seen(world, mine):
    vote(world, "secret")
    response = mine()
    [item] = response.context["over"][0].items
    assert (item.outcome, item.mine) == ("通过", "您投过票（无记名）")
    assert "您表决" not in response.content.decode()
    assert "赞成 15 票" in item.verdict


def test_how_i_voted_by_name_is_shown_to_me_alone(world, mine):
    vote(world, "named")
    assert "您表决：反对" in mine().content.decode()
    assert "您表决：反对" not in mine("director").content.decode()


def test_what_became_of_it_later_is_said(world, mine):
    matter = reviewed(world)
    declared(world, matter, body="reps", votes_for=12, against=2)
    assert "现在：村代会已决议" in mine().content.decode()
    world.carry_on(matter)
    assert "现在：决议公示中" in mine().content.decode()


def test_my_attendance_is_said_and_that_i_stood_back(world, mine):
    sitting = convened(world, reviewed(world), reviewed(world), body="reps")
    clock.move(sitting.held_at)
    key = mine_in(sitting, world.rep01)
    for each in on_roster(sitting).keys:
        arriving.arrive(sitting, each, actor=world.clerk)
    assert mine().context["coming"][0].there == "到会：上午9时　点名"
    entry = sitting.attendances.get(entry__resident=key[1:]).entry
    first = sitting.ballots.get(position=1)
    casting.recuse(first, entry, actor=world.clerk, reason="承包人是他弟弟。")
    sitting.refresh_from_db()
    leaving.leave(sitting, [entry], actor=world.clerk)
    keeping.close(sitting, actor=world.clerk)
    [sat] = mine().context["over"]
    assert sat.there == "到会：上午9时　点名，上午9时离会"
    assert [item.mine for item in sat.items] == ["您回避了这一项", ""]
    assert [item.outcome for item in sat.items] == ["没有表决", "没有表决"]


def test_my_absence_is_said_with_its_reason(world, mine):
    first, second = (convened(world, reviewed(world), body="reps") for _n in "ab")
    clock.move(second.held_at)
    for sitting in (first, second):
        key = mine_in(sitting, world.rep01)
        others = [k for k in on_roster(sitting).keys if k != key]
        arriving.arrive(sitting, others[0], actor=world.clerk)
    given = {"reason": "ill", "note": "住院"}
    arriving.excuse(second, mine_in(second, world.rep01), actor=world.clerk, **given)
    for sitting in (first, second):
        keeping.lapse(sitting, actor=world.clerk)
    said = [sat.there for sat in mine().context["over"]]
    assert said == ["缺席：生病：住院", "没有到会"]


def test_where_people_were_counted_nobody_is_said_to_be_absent(world, mine):
    enter(world, reviewed(world), body="reps", present=12)
    held(world, reviewed(world), body="reps", present=12)
    found = mine().context
    assert [called.there for called in found["coming"]] == ["", ""]


def test_counts_of_the_joint_sitting_are_not_for_who_reads_along(world, mine):
    world.rep01.resident = world.deputy_director.resident
    world.rep01.save(update_fields=["resident"])
    declared(world, world.draft(), votes_for=4, against=1)
    [item] = mine().context["over"][0].items
    assert "赞成" not in item.verdict
    assert "到会 5 人，形成提议" in item.verdict


def test_who_came_later_does_not_change_what_was_said_of_an_earlier_vote(world, mine):
    first, second = world.draft(), world.draft()
    sitting = convened(world, first, second)
    keys = on_roster(sitting).keys
    for key in keys[:4]:
        arriving.arrive(sitting, key, actor=world.clerk)
    ballot = sitting.ballots.get(matter=first)
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk, method="named")
    all_cast(ballot, *["for"] * 4)
    casting.close_ballot(ballot, actor=world.clerk)
    ballot.refresh_from_db()
    perform(ballot, "witness", voting.witness, world.secretary)
    perform(ballot, "declare", decision.declare, world.clerk)
    arriving.arrive(sitting, keys[4], actor=world.clerk)
    keeping.close(sitting, actor=world.clerk)
    world.rep01.resident = world.deputy_director.resident
    world.rep01.save(update_fields=["resident"])
    assert "到会 4 人，形成提议" in mine().context["over"][0].items[0].verdict


def test_the_way_there_is_on_the_worklist(world, page_of):
    assert 'href="/mine/"' in page_of(world.rep01).get("/").content.decode()
    assert 'href="/mine/"' not in page_of(world.township).get("/").content.decode()


def test_it_asks_the_database_as_often_for_a_long_history(world, page_of):
    browser, counts = page_of(world.rep01), []
    for _round in range(2):
        declared(world, reviewed(world), body="reps", votes_for=12, against=2)
        declared(world, reviewed(world), body="reps", votes_for=12, against=2)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/mine/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
