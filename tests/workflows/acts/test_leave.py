"""Who leaves is not 到会; the members stay as many as they were."""

from __future__ import annotations

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows import sitting_steps as steps
from tests.workflows.acts.asking import may_only
from workflows.acts import BadInput, OutOfTurn, Refused, casting, leaving
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.models import Sitting

pytestmark = pytest.mark.django_db


def people(sitting: Sitting, *numbers: int):
    entries = list(sitting.roster.entries.entitled())
    return [entries[number] for number in numbers]


def test_they_are_not_counted_any_more_and_stay_members(world):
    sitting = steps.held(world, world.draft(), ticked=True)
    with steps.records("sitting.left"):
        leaving.leave(sitting, people(sitting, 0, 3), actor=world.clerk)
    sitting.refresh_from_db()
    assert (sitting.present, sitting.eligible) == (3, 5)
    left = sitting.attendances.exclude(left_at=None)
    assert {row.entry for row in left} == set(people(sitting, 0, 3))
    assert {row.left_at for row in left} == {clock.now()}
    facts = Entry.objects.order_by("id").last().facts
    assert (facts["left"], facts["present"]) == (2, 3)
    assert set(facts["who"]) == {"sealed"}


def test_the_quorum_is_judged_again_at_each_ballot(world):
    sitting = steps.held(world, world.draft(), world.draft(), ticked=True)
    first, second = sitting.ballots.order_by("pk")
    steps.perform(
        first, "open_ballot", voting.open_ballot, world.clerk, method="secret"
    )
    steps.all_cast(first, "for", "for", "for")
    casting.close_ballot(first, actor=world.clerk)
    with pytest.raises(OutOfTurn):
        leaving.leave(sitting, people(sitting, 0), actor=world.clerk)
    voting.witness(first, actor=world.secretary)
    steps.perform(first, "declare", steps.decision.declare, world.clerk)
    leaving.leave(sitting, people(sitting, 0, 1, 2), actor=world.clerk)
    with pytest.raises(Refused) as reached:
        voting.open_ballot(second, actor=world.clerk)
    assert reached.value.names == ["quorum_present"]
    todo = reached.value.unmet[0].todo
    assert todo == "等人到齐再开始表决，或者散会、另行通知。"
    sitting.refresh_from_db()
    with pytest.raises(OutOfTurn, match="仍然有效"):
        keeping.lapse(sitting, actor=world.clerk)
    assert keeping.close(sitting, actor=world.clerk).state == "closed"


def test_who_left_does_not_vote(world):
    sitting = steps.held(world, world.draft(), ticked=True)
    leaving.leave(sitting, people(sitting, 1), actor=world.clerk)
    ballot = sitting.ballots.get()
    steps.perform(
        ballot, "open_ballot", voting.open_ballot, world.clerk, method="named"
    )
    with pytest.raises(Refused) as reached:
        casting.cast_line(ballot, people(sitting, 1)[0], "for")
    assert reached.value.unmet[0].shortfall.case == "left"
    tally = casting.close_ballot(ballot, actor=world.clerk)
    assert (tally.issued, tally.present, tally.eligible) == (4, 4, 5)


def test_nobody_leaves_twice(world):
    sitting = steps.held(world, world.draft(), ticked=True)
    leaving.leave(sitting, people(sitting, 1), actor=world.clerk)
    with steps.nothing_changes(), pytest.raises(BadInput):
        leaving.leave(sitting, people(sitting, 1), actor=world.clerk)


def test_where_people_came_as_a_number_so_many_leave(world):
    sitting = steps.held(world, world.draft())
    leaving.leave(sitting, number=2, actor=world.clerk)
    sitting.refresh_from_db()
    assert sitting.present == 3
    for number in (0, 4):
        with pytest.raises(BadInput):
            leaving.leave(sitting, number=number, actor=world.clerk)


def test_only_who_keeps_the_sitting_enters_it(world):
    sitting = steps.held(world, world.draft(), ticked=True)
    keepers = ("clerk", "director", "deputy_director", "secretary")
    given = {"entries": people(sitting, 1)}
    may_only(world, leaving.leave, sitting, *keepers, **given)


def test_a_sitting_that_is_not_held_is_left_by_nobody(world):
    sitting = steps.convened(world, world.draft())
    with pytest.raises(OutOfTurn):
        leaving.leave(sitting, number=1, actor=world.clerk)
