"""A printed slip is one vote of one person on one question."""

from __future__ import annotations

import pytest

from tests.workflows import sitting_steps as steps
from tests.workflows.acts.asking import may_only
from workflows.acts import BadInput, OutOfTurn, Refused, casting
from workflows.models import Participation, Slip
from workflows.slips import hash_of

pytestmark = pytest.mark.django_db


def printed(world, ballot, *who):
    entries = [steps.lines(ballot)[number] for number in who]
    return casting.issue_slips(ballot, entries, actor=world.clerk)


def test_a_slip_votes_for_the_person_it_was_printed_for(world):
    ballot = steps.voting_on(world, world.draft())
    with steps.records("ballot.slips"):
        (_first, (entry, code)) = printed(world, ballot, 0, 3)
    assert len(casting.cast_by_slip(code, "for")) == 10
    assert Participation.objects.get().entry == entry


def test_a_slip_is_used_up_by_its_vote(world):
    ballot = steps.voting_on(world, world.draft())
    ((_entry, code),) = printed(world, ballot, 0)
    casting.cast_by_slip(code, "for")
    with pytest.raises(Refused):
        casting.cast_by_slip(code, "against")


def test_printed_again_it_voids_the_former(world):
    ballot = steps.voting_on(world, world.draft())
    ((_entry, former),) = printed(world, ballot, 0)
    ((_entry, code),) = printed(world, ballot, 0)
    with steps.nothing_changes(), pytest.raises(BadInput):
        casting.cast_by_slip(former, "for")
    casting.cast_by_slip(code, "for")


def test_the_code_itself_is_nowhere_kept(world):
    ballot = steps.voting_on(world, world.draft())
    ((_entry, code),) = printed(world, ballot, 0)
    assert (len(code), code.isdigit()) == (16, True)
    assert Slip.objects.get().hash == hash_of(code)
    assert code not in str(steps.rows())


def test_it_is_read_however_it_is_typed(world):
    ballot = steps.voting_on(world, world.draft())
    ((_entry, code),) = printed(world, ballot, 0)
    assert casting.cast_by_slip(f" {code[:4]} {code[4:]} ", "for")


def test_slips_are_printed_while_people_vote(world):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    with pytest.raises(OutOfTurn):
        printed(world, ballot, 0)
    hands = steps.opened(world, world.draft(), ticked=True)
    with pytest.raises(OutOfTurn):
        printed(world, hands, 0)


def test_only_who_keeps_the_sitting_prints_them(world):
    ballot = steps.voting_on(world, world.draft())
    keepers = ("clerk", "director", "deputy_director", "secretary")
    given = {"entries": steps.lines(ballot)[:1]}
    may_only(world, casting.issue_slips, ballot, *keepers, **given)
