"""Who may vote, once, while the ballot is open; and what is written of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import clock
from audit.models import Entry
from tests.workflows import sitting_steps as steps
from tests.workflows.acts.asking import may_only
from workflows.acts import BadInput, OutOfTurn, Refused, casting
from workflows.acts import ballot as voting
from workflows.models import Ballot, Participation, Receipt, SecretVote

pytestmark = pytest.mark.django_db


def cast(ballot: Ballot, who: int, choice: str = "for") -> str:
    return casting.cast_line(ballot, steps.lines(ballot)[who], choice)


def the_case(reached: pytest.ExceptionInfo[Refused]) -> str:
    (refusal,) = reached.value.unmet
    assert refusal.name == "voter_is_eligible"
    assert refusal.title
    assert refusal.sentence
    assert refusal.because
    return refusal.shortfall.case


def test_a_secret_vote_says_who_took_part_and_what_was_chosen_apart(world):
    ballot = steps.voting_on(world, world.draft())
    before = Entry.objects.count()
    receipt = cast(ballot, 0, "against")
    assert Participation.objects.get().entry == steps.lines(ballot)[0]
    assert Participation.objects.get().choice == ""
    assert SecretVote.objects.get().choice == "against"
    assert Receipt.objects.get().code == receipt
    assert Entry.objects.count() == before


def test_a_named_vote_stands_beside_the_name(world):
    ballot = steps.voting_on(world, world.draft(), method="named")
    cast(ballot, 1, "abstain")
    assert Participation.objects.get().choice == "abstain"
    assert not SecretVote.objects.exists()
    assert Receipt.objects.count() == 1


def test_who_signed_in_votes_as_the_person_on_the_roster(world):
    ballot = steps.voting_on(world, world.draft())
    assert len(casting.cast(ballot.uid, world.secretary, "for")) == 10
    voter = Participation.objects.get().entry
    assert voter.resident_id == world.secretary.resident_id


def test_nobody_votes_twice(world):
    ballot = steps.voting_on(world, world.draft())
    cast(ballot, 0)
    with pytest.raises(Refused) as reached:
        cast(ballot, 0, "against")
    assert the_case(reached) == "voted"
    assert SecretVote.objects.get().choice == "for"


def test_a_stranger_does_not_vote(world):
    ballot = steps.voting_on(world, world.draft())
    for user in (world.zhou, world.li):
        with pytest.raises(Refused) as reached:
            casting.cast(ballot.uid, user, "for")
        assert the_case(reached) == "stranger"


def test_a_probationary_member_does_not_vote(village):
    world = village(party={"full": 9, "probationary": 1})
    matter = world.draft(chain="four_step")
    world.carry_on(matter)
    ballot = steps.voting_on(world, matter, body="party")
    entry = ballot.sitting.roster.entries.get(left_out="probationary")
    with pytest.raises(Refused) as reached:
        casting.cast_line(ballot, entry, "for")
    assert the_case(reached) == "probationary"


def test_who_did_not_come_does_not_vote(world):
    ballot = steps.voting_on(world, world.draft(), present=4)
    with pytest.raises(Refused) as reached:
        cast(ballot, 4)
    assert the_case(reached) == "absent"


def test_who_is_recused_does_not_vote(world):
    ballot = steps.voting_on(world, world.draft())
    entry = steps.lines(ballot)[2]
    casting.recuse(ballot, entry, actor=world.clerk, reason="承包人是他弟弟。")
    with pytest.raises(Refused) as reached:
        cast(ballot, 2)
    assert the_case(reached) == "recused"


def test_nobody_votes_before_it_is_opened_or_after_it_is_closed(world):
    matter = world.draft()
    ballot = steps.held(world, matter, ticked=True).ballots.get()
    with pytest.raises(OutOfTurn):
        cast(ballot, 0)
    steps.perform(
        ballot, "open_ballot", voting.open_ballot, world.clerk, method="secret"
    )
    cast(ballot, 0)
    steps.perform(ballot, "close_ballot", casting.close_ballot, world.clerk)
    with pytest.raises(OutOfTurn):
        cast(ballot, 1)
    assert Participation.objects.count() == 1


def test_a_show_of_hands_is_not_cast(world):
    ballot = steps.opened(world, world.draft(), ticked=True)
    with pytest.raises(OutOfTurn):
        cast(ballot, 0)


def test_the_time_given_is_judged_and_no_worker_waited_for(world):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    until = clock.now() + timedelta(minutes=10)
    given = {"method": "secret", "closes_at": until}
    steps.perform(ballot, "open_ballot", voting.open_ballot, world.clerk, **given)
    clock.move(until - timedelta(microseconds=1))
    cast(ballot, 0)
    clock.move(until)
    with pytest.raises(OutOfTurn):
        cast(ballot, 1)
    assert Ballot.objects.get(pk=ballot.pk).state == "open"


def test_a_vote_is_one_of_three(world):
    ballot = steps.voting_on(world, world.draft())
    with pytest.raises(ValueError, match="perhaps"):
        cast(ballot, 0, "perhaps")


def test_a_vote_is_two_statements_of_which_none_tells_who_chose_what(world):
    ballot = steps.voting_on(world, world.draft())
    with CaptureQueriesContext(connection) as asked:
        casting.cast(ballot.uid, world.secretary, "against")
    chosen, voted = (query["sql"] for query in asked)
    assert "against" in chosen
    assert "against" not in voted
    assert ballot.uid in voted
    assert ballot.uid not in chosen


@pytest.mark.parametrize("name", ["workflows.cast_at", "workflows.chosen"])
def test_the_statements_leave_nothing_behind(world, name):
    ballot = steps.voting_on(world, world.draft())
    cast(ballot, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        assert cursor.fetchone() == ("",)


def test_what_was_chosen_for_another_vote_is_no_choice(world):
    ballot = steps.voting_on(world, world.draft())
    given = [ballot.pk, steps.lines(ballot)[0].pk, clock.now(), "0" * 10, "a word"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(casting.CHOSEN, ["another for"])
        with pytest.raises(IntegrityError, match="a_secret_vote_is_a_choice"):
            cursor.execute(casting.BY_LINE, given)
        transaction.set_rollback(True)
    assert not Participation.objects.exists()


def test_electronic_votes_are_only_where_rules_allow_them(world, nationally):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    with pytest.raises(BadInput):
        voting.open_ballot(ballot, actor=world.clerk, method="secret")


def test_who_came_must_be_known_by_name(world):
    ballot = steps.held(world, world.draft()).ballots.get()
    with pytest.raises(BadInput):
        voting.open_ballot(ballot, actor=world.clerk, method="named")


@pytest.mark.parametrize("signed", [True, False])
def test_the_clerk_enters_a_vote_only_of_who_signed(world, signed):
    ballot = steps.voting_on(world, world.draft())
    entry, given = steps.lines(ballot)[0], {"actor": world.clerk, "signed": signed}
    if signed:
        with steps.records("ballot.assisted"):
            casting.cast_for(ballot, entry, "for", **given)
    else:
        with steps.nothing_changes(), pytest.raises(BadInput):
            casting.cast_for(ballot, entry, "for", **given)


def test_only_who_keeps_the_sitting_enters_votes_of_others(world):
    ballot = steps.voting_on(world, world.draft())
    given = {"entry": steps.lines(ballot)[0], "choice": "for", "signed": True}
    keepers = ("clerk", "director", "deputy_director", "secretary")
    may_only(world, casting.cast_for, ballot, *keepers, **given)
