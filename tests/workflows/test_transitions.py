"""The machine, written down a second time: which verb leads from where to where."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from workflows.models import Matter
from workflows.stage import Stage

# = is an act that moves nothing; ~ leads where the facts say, which RETURNS names.
MACHINE = """
              DR IN PR RE AD AN UN CO RP AR RJ WD RC
convene       =  =  =  =  .  .  .  .  .  .  .  .  .
open_ballot   =  =  =  =  .  .  .  .  .  .  .  .  .
initiate      IN .  .  .  .  .  .  .  .  .  .  .  .
propose       PR PR .  .  .  .  .  .  .  .  .  .  .
review        RE .  RE .  .  .  .  .  .  .  .  .  .
adopt         AD .  .  AD .  .  .  .  .  .  .  .  .
reject        RJ RJ RJ RJ .  .  .  .  .  .  .  .  .
erratum       =  =  =  =  =  =  =  =  =  .  =  .  =
amend         =  =  =  =  .  .  .  .  .  .  .  .  .
revise        .  DR DR DR .  .  .  .  .  .  .  .  .
withdraw      WD WD WD WD .  .  .  .  .  .  .  .  .
attach        =  =  =  =  =  =  =  =  =  .  =  .  =
explain       =  =  =  =  =  =  =  =  =  .  =  .  =
advise        =  =  =  =  =  =  =  =  =  .  .  .  .
suggest       =  =  =  =  =  =  =  =  =  .  =  .  =
reply         =  =  =  =  =  =  =  =  =  .  =  .  =
announce      .  .  .  .  AN =  =  =  =  .  =  .  =
approve       .  .  .  .  =  =  =  =  =  .  .  .  .
disclose      .  .  .  .  =  =  =  =  =  .  .  .  =
post          .  .  .  .  =  =  =  =  =  .  =  .  =
repair        .  .  .  .  =  =  =  =  =  .  =  .  =
take_down     .  .  .  .  =  =  =  =  =  .  =  .  =
audit_notice  .  .  .  .  =  =  =  =  =  .  =  .  =
object        .  .  .  .  .  =  =  =  =  .  =  .  .
answer        =  =  =  =  =  =  =  =  =  .  =  .  =
uphold        .  .  .  .  .  ~  .  .  .  .  .  .  .
begin         .  .  .  .  .  UN .  .  .  .  .  .  .
report        .  .  .  .  .  .  =  .  .  .  .  .  .
accept        .  .  .  .  .  .  CO .  .  .  .  .  .
done          .  .  .  .  .  .  CO .  .  .  .  .  .
report_result .  .  .  .  .  .  .  RP =  .  .  .  =
archive       .  .  .  .  .  .  .  .  AR .  AR .  .
order         .  .  .  .  RC RC RC RC RC .  .  .  .
comply        .  .  .  .  .  .  .  .  .  .  .  .  =
examine       .  .  .  .  .  .  .  .  .  .  .  .  ~
recount       .  .  ~  ~  ~  ~  ~  ~  ~  .  ~  .  .
void          ~  ~  ~  ~  ~  ~  ~  ~  ~  .  ~  .  .
"""
STAGES = dict(zip(MACHINE.split()[:13], Stage.values, strict=True))
BEFORE = {"drafted", "reviewed"}  # the stage before ADOPTED, by the chain
DECIDED = ("adopted", "announced", "underway", "completed", "reported")
# To one of these, or nowhere.
RETURNS: dict[tuple[str, str], set[str]] = {
    ("uphold", "announced"): BEFORE,
    ("examine", "rectifying"): set(DECIDED),
    ("recount", "proposed"): {"rejected"},
    ("recount", "reviewed"): {"rejected"},
    **{("recount", stage): {"rejected"} for stage in DECIDED},
    ("recount", "rejected"): {"proposed", "reviewed", "adopted"},
    ("void", "drafted"): set(),
    ("void", "initiated"): set(),
    ("void", "proposed"): {"drafted", "initiated"},
    ("void", "reviewed"): {"drafted", "proposed"},
    **{("void", stage): BEFORE for stage in DECIDED},
    ("void", "rejected"): {"drafted", "initiated", "proposed", "reviewed"},
}


def cells() -> dict[tuple[str, str], str]:
    """What the table says of each verb at each stage; a dot says nothing."""
    head, *rows = (line.split() for line in MACHINE.strip().splitlines())
    return {
        (verb, STAGES[column]): cell
        for verb, *row in rows
        for column, cell in zip(head, row, strict=True)
    }


TABLE = cells()
VERBS = sorted({verb for verb, _stage in TABLE})


def targets_of(edge: Any) -> set[str]:
    """Where a transition may lead, beyond where it starts."""
    if edge.target is None:
        return set()
    return set(map(str, getattr(edge.target, "allowed_states", [edge.target])))


def targets_in_table(pair: tuple[str, str]) -> set[str]:
    cell = TABLE[pair]
    if cell == "~":
        return RETURNS[pair]
    return set() if cell == "=" else {STAGES[cell]}


def a_matter(stage: str) -> Matter:
    return Matter(stage=stage, chain_name="four_step", type="M05")


def test_the_machine_has_the_edges_of_the_table_and_no_others():
    found = Matter._meta.get_field("stage").get_all_transitions(Matter)
    machine = {(edge.name, str(edge.source)): targets_of(edge) for edge in found}
    written = [pair for pair, cell in TABLE.items() if cell != "."]
    assert machine == {pair: targets_in_table(pair) for pair in written}


def test_what_moves_nothing_has_no_target_and_what_returns_has_several():
    found = Matter._meta.get_field("stage").get_all_transitions(Matter)
    still = {(e.name, str(e.source)) for e in found if e.target is None}
    assert still == {pair for pair, cell in TABLE.items() if cell == "="}
    assert set(RETURNS) == {pair for pair, cell in TABLE.items() if cell == "~"}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_raises_at_every_stage_the_table_leaves_out(verb):
    for stage in Stage.values:
        if TABLE[verb, stage] != ".":
            continue
        matter = a_matter(stage)
        with pytest.raises(TransitionNotAllowed):
            getattr(matter, verb)(on=date(2026, 3, 2))
        assert matter.stage == stage


@pytest.mark.parametrize("stage", ["archived", "withdrawn"])
def test_nothing_leaves_a_closed_matter(stage):
    assert [verb for verb in VERBS if TABLE[verb, stage] != "."] == []


@pytest.mark.parametrize(("verb", "stage"), sorted(RETURNS))
def test_what_returns_leads_only_where_the_table_says(verb, stage):
    for target in Stage.values:
        matter = a_matter(stage)
        matter.returns_to = target
        if target in RETURNS[verb, stage] | {stage}:
            getattr(matter, verb)(on=date(2026, 3, 2))
            assert matter.stage == target
        else:
            with pytest.raises(ValueError, match="does not lead to"):
                getattr(matter, verb)(on=date(2026, 3, 2))
            assert matter.stage == stage
