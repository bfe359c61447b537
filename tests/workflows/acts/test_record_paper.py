"""A sitting held on paper is entered afterwards, as it was."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from audit import clock
from audit.models import Entry
from tests.workflows.sitting_steps import declare, enter, nothing_changes, records
from workflows import acts, findings
from workflows.acts import sitting as keeping
from workflows.figures import Figures
from workflows.stage import Stage


def test_a_sitting_in_order_moves_the_matter(world):
    matter = world.draft()
    with records("sitting.recorded", "matter.proposed"):
        sitting = enter(world, matter)
        declare(world, sitting, matter, Figures.by_hands(5, 5, 0))
    sitting.refresh_from_db()
    assert (matter.stage, sitting.state, sitting.paper) == ("proposed", "closed", True)


def test_both_days_are_kept(world):
    matter = world.draft()
    world.pass_days(9)
    sitting = enter(world, matter, days_ago=7)
    entry = Entry.objects.of(sitting).get()
    assert entry.held_on == clock.today() - timedelta(days=7)
    assert clock.local(entry.recorded_at).date() == clock.today()
    assert [f.key for f in findings.of_sitting(sitting)] == ["recorded_late"]


def test_each_matter_is_decided_on_its_own(world):
    yes, no = world.draft(), world.draft()
    sitting = enter(world, yes, no)
    declare(world, sitting, yes, Figures.by_hands(5, 5, 0))
    declare(world, sitting, no, Figures.by_hands(5, 1, 4))
    assert (yes.stage, no.stage) == ("proposed", "rejected")
    sitting.refresh_from_db()
    assert sitting.state == "closed"


def test_what_only_the_county_asks_for_does_not_undo_the_past(world):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = enter(world, matter, body="reps", present=16, told=1)
    declare(world, sitting, matter, Figures.by_hands(16, 16, 0))
    assert matter.stage == "adopted"
    found = {finding.key for finding in findings.of_matter(matter)}
    assert {"no_witness", "notice_short_local"} <= found


def test_nobody_counted_and_too_few_came_it_lapses(world):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = enter(world, matter, body="reps", present=10)
    with records("sitting.lapsed"):
        sitting = keeping.lapse(sitting, actor=world.clerk)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        declare(world, sitting, matter, Figures.by_hands(10, 10, 0))


def test_sums_that_do_not_close_are_refused_on_paper_too(world):
    matter = world.draft()
    sitting = enter(world, matter)
    figures = Figures.on_paper(5, votes_for=4, against=2)
    with nothing_changes(), pytest.raises(acts.Refused) as refused:
        declare(world, sitting, matter, figures)
    assert refused.value.names == ["ballots_match_attendance"]


def test_a_name_is_enough_for_what_was_held_on_paper_and_is_pointed_out(world):
    matter = world.draft()
    sitting = enter(world, matter)
    figures = Figures.by_hands(5, 5, 0)
    ballot = declare(world, sitting, matter, figures, witness_name="孙建国")
    assert (matter.stage, ballot.tally.witnessed) == ("proposed", True)
    found = {finding.key for finding in findings.of_matter(matter)}
    assert {"no_witness", "paper_witness_only"} & found == {"paper_witness_only"}


def test_the_photographed_sheets_are_kept_and_known_by_their_hashes(world):
    names, counts = ContentFile(b"%PDF- names", "a"), ContentFile(b"%PDF- counts", "b")
    sitting = enter(world, world.draft(), scans=keeping.Scans(names, counts))
    facts = Entry.objects.of(sitting).get().facts
    assert facts["sign_in_sheet"] == hashlib.sha256(b"%PDF- names").hexdigest()
    assert facts["tally_sheet"] == hashlib.sha256(b"%PDF- counts").hexdigest()
    sitting.refresh_from_db()
    kept = {"sign_in_sheet": sitting.sign_in_hash, "tally_sheet": sitting.tally_hash}
    assert kept.items() <= facts.items()
    assert Path(sitting.tally_sheet.path).read_bytes() == b"%PDF- counts"


def test_without_photographs_nothing_is_said_of_them(world):
    facts = Entry.objects.of(enter(world, world.draft())).get().facts
    assert not {"sign_in_sheet", "tally_sheet"} & set(facts)


@pytest.mark.parametrize("witness", ["郑小敏", "钱有田"])
def test_the_witness_neither_enters_nor_chairs(world, witness):
    matter = world.draft()
    sitting = enter(world, matter)
    figures = Figures.by_hands(5, 5, 0)
    with nothing_changes(), pytest.raises(acts.BadInput):
        declare(world, sitting, matter, figures, witness_name=witness)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"days_ago": -1}, "held_at"), ({"told": -1}, "noticed_at")],
)
def test_times_that_cannot_be_are_bad_input(world, wrong, field):
    matter = world.draft()
    with nothing_changes(), pytest.raises(acts.BadInput) as bad:
        enter(world, matter, **wrong)
    assert bad.value.field == field


def test_pressed_twice_it_is_entered_once(world):
    matter = world.draft()
    sitting = enter(world, matter)
    with nothing_changes(), pytest.raises(acts.AlreadyDone) as again:
        enter(world, matter)
    assert again.value.about == sitting
    declare(world, sitting, matter, Figures.by_hands(5, 5, 0))
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        declare(world, sitting, matter, Figures.by_hands(5, 5, 0))


def test_a_matter_that_was_forgotten_can_still_be_entered(world):
    first, forgotten = world.draft(), world.draft()
    enter(world, first)
    assert enter(world, forgotten).ballots.get().matter == forgotten


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "zhou"])
def test_only_who_may_keep_the_sitting_enters_it(world, by):
    matter = world.draft()
    with nothing_changes(), pytest.raises(acts.Forbidden):
        enter(world, matter, by=getattr(world, by))


def test_a_clerk_who_is_no_party_member_enters_no_party_sitting(world):
    matter = world.matter_at(Stage.PROPOSED)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        enter(world, matter, body="party", present=9, by=world.clerk)
