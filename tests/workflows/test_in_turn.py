"""A chain's own order: the machine has the edges of all chains, a matter has not."""

from __future__ import annotations

import pytest

from tests.workflows.sitting_steps import opened, perform
from workflows.acts import (
    AlreadyDone,
    Forbidden,
    OutOfTurn,
    Refused,
    allow,
    decision,
    disclosure,
    implementation,
)
from workflows.models import Matter
from workflows.rulebook import CHAINS
from workflows.stage import Stage

# What leaves each stage, chain by chain; `accept` is `done` where there are no works.
NEXT = {
    "four_step": {
        "drafted": "propose",
        "proposed": "review",
        "reviewed": "adopt",
    },
    "four_deliberations": {
        "drafted": "initiate",
        "initiated": "propose",
        "proposed": "review",
        "reviewed": "adopt",
    },
    "statutory": {"drafted": "review", "reviewed": "adopt"},
    "committee": {"drafted": "adopt"},
    "group": {"drafted": "adopt"},
}
AFTER_DECISION = {
    "adopted": "announce",
    "announced": "begin",
    "underway": "done",
    "completed": "report_result",
    "reported": "archive",
    "archived": None,
    "rejected": "archive",
    "withdrawn": None,
    "rectifying": "examine",
}
DELIBERATIONS = ("initiate", "propose", "review", "adopt")
CELLS = [
    (chain, stage, verb)
    for chain, before in NEXT.items()
    for stage, verb in {**before, **AFTER_DECISION}.items()
]


def a_matter(chain: str, stage: str, type: str = "M05") -> Matter:
    return Matter(chain_name=chain, stage=stage, type=type)


def test_these_are_all_the_chains():
    assert set(NEXT) == set(CHAINS)


@pytest.mark.parametrize(("chain", "stage", "verb"), CELLS)
def test_a_matter_owes_the_next_verb_of_its_chain(chain, stage, verb):
    assert a_matter(chain, stage).owed == verb


@pytest.mark.parametrize("chain", NEXT)
def test_works_are_accepted_and_anything_else_is_done(chain):
    assert a_matter(chain, "underway", type="M03").owed == "accept"
    assert a_matter(chain, "underway", type="M05").owed == "done"
    assert a_matter(chain, "underway", type="M03").edge("done") is None
    assert a_matter(chain, "underway", type="M05").edge("accept") is None


@pytest.mark.parametrize(("chain", "before"), NEXT.items())
def test_a_deliberation_is_open_only_where_the_chain_comes_to_it(chain, before):
    for stage in Stage.values:
        matter = a_matter(chain, stage)
        open_now = [verb for verb in DELIBERATIONS if matter.edge(verb)]
        assert open_now == ([before[stage]] if stage in before else [])


@pytest.mark.parametrize(("chain", "before"), NEXT.items())
def test_a_no_ends_the_matter_but_where_the_body_only_gives_its_opinion(chain, before):
    for stage, verb in before.items():
        decides = (chain, verb) != ("statutory", "review")
        assert (a_matter(chain, stage).edge("reject") is not None) is decides


@pytest.mark.parametrize("chain", sorted(set(NEXT) - {"four_deliberations"}))
def test_an_edge_of_another_chain_is_out_of_turn(world, chain):
    matter = world.draft(chain=chain, origin_by="reps")
    with pytest.raises(OutOfTurn):
        decision.initiate(matter, actor=world.secretary)


@pytest.mark.parametrize(
    ("act", "who"),
    [
        (disclosure.announce, "clerk"),
        (implementation.begin, "director"),
        (implementation.done, "director"),
        (disclosure.report_result, "clerk"),
        (implementation.archive, "clerk"),
    ],
)
def test_what_comes_after_the_decision_is_out_of_turn_before_it(world, act, who):
    matter = world.draft()
    with pytest.raises(OutOfTurn):
        act(matter, actor=getattr(world, who))


def test_the_stage_is_judged_before_the_person(world):
    matter = world.draft()
    with pytest.raises(OutOfTurn):
        allow(matter.archive, world.zhou)


def test_the_person_is_judged_before_the_rules(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    assert matter.unmet("begin")
    with pytest.raises(Forbidden):
        allow(matter.begin, world.clerk)


def test_then_every_rule_is_judged_at_once(world):
    matter = world.matter_at(Stage.ANNOUNCED, type="M03")
    with pytest.raises(Refused) as refused:
        allow(matter.begin, world.director)
    assert refused.value.names == [
        "shown_long_enough",
        "supervisors_reviewed",
        "disclosures_complete",
    ]


def test_out_of_turn_for_a_reason_of_its_own_is_not_done_already(world):
    """The party's ballot has no counts yet; that the committees agreed is no answer."""
    matter = world.matter_at(Stage.PROPOSED)
    ballot = opened(world, matter, body="party")
    with pytest.raises(OutOfTurn, match="先录入票数") as refused:
        perform(ballot, "declare", decision.declare, world.recorder)
    assert not isinstance(refused.value, AlreadyDone)
