"""Which duty is open is a function of the stage; nobody can make it another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from viewflow.workflow.models import Task

from audit import clock
from tests.clock import after
from tests.workflows.guards import sql
from tests.workflows.owing import open_duties, owed_by, running
from tests.workflows.sitting_steps import nothing_changes
from workflows import flows
from workflows.acts import implementation, supervision
from workflows.models import Matter, Proceeding
from workflows.rulebook import CHAINS
from workflows.stage import Stage


def reopened_twice_it_owes_the_same(matter: Matter) -> None:
    assert open_duties(matter) == owed_by(matter)
    for _time in range(2):
        flows.reopen(matter)
        assert open_duties(matter) == owed_by(matter)
        assert running(matter) == len(owed_by(matter))


@pytest.mark.parametrize("chain", sorted(CHAINS))
def test_all_along_its_chain_a_matter_has_exactly_the_duty_it_owes(world, chain):
    matter = world.draft(chain=chain)
    for stage in matter.chain.stages:
        assert matter.stage == stage
        reopened_twice_it_owes_the_same(matter)
        if matter.owed:
            world.carry_on(matter)


@pytest.mark.parametrize("stage", [Stage.REJECTED, Stage.WITHDRAWN, Stage.RECTIFYING])
def test_off_the_path_as_well(world, stage):
    reopened_twice_it_owes_the_same(world.matter_at(stage))


def test_an_act_that_moves_nothing_leaves_the_duty_as_it_was(world):
    matter = world.draft()
    before = list(Task.objects.order_by("pk").values_list())
    world.do(matter, supervision.advise, world.township, text="请写明标准。")
    assert list(Task.objects.order_by("pk").values_list()) == before


def test_a_matter_without_a_proceeding_gets_one_with_its_next_act(world):
    matter = world.draft()
    Task.objects.all().delete()
    Proceeding.objects.all().delete()
    world.hold(matter, "joint")
    assert (open_duties(matter), running(matter)) == (["review"], 1)


def test_whoever_discharged_a_duty_is_written_down_with_the_time(world):
    matter = world.matter_at(Stage.ADOPTED)
    last = Task.objects.filter(owner__isnull=False).latest("pk")
    assert (last.flow_task.name, last.owner) == ("adopt", world.clerk)
    assert last.started == clock.now()
    assert open_duties(matter) == ["announce"]


def test_what_leads_from_duty_to_duty_leaves_no_row(world):
    matter = world.matter_at(Stage.ARCHIVED)
    rows = Task.objects.filter(process__proceeding__matter=matter).order_by("pk")
    duties = ("propose", "review", "adopt", "announce", "begin", "done")
    names = ["open", *duties, "report_result", "archive", "close"]
    assert [task.flow_task.name for task in rows] == names
    for came, went_on in pairwise(rows):
        assert [*went_on.previous.all()] == [came]


def test_a_failure_after_the_act_undoes_act_flow_and_record_together(world):
    matter = world.matter_at(Stage.UNDERWAY)

    def done_and_then_fail():
        implementation.done(matter, actor=world.director)
        raise RuntimeError("after the act")

    with nothing_changes(), pytest.raises(RuntimeError, match="after the act"):
        flows.perform(matter, "done", done_and_then_fail, actor=world.director)
    assert open_duties(matter) == ["done"]


def test_a_failure_of_the_engine_undoes_the_act_and_its_entry(world):
    matter = world.matter_at(Stage.UNDERWAY)
    sql(
        "CREATE FUNCTION no_more() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'no more tasks'; END $$"
    )
    sql(
        "CREATE TRIGGER no_more BEFORE INSERT ON viewflow_task "
        "EXECUTE FUNCTION no_more()"
    )
    with nothing_changes(), pytest.raises(DatabaseError, match="no more tasks"):
        world.do(matter, implementation.done, world.director)


def test_a_matter_has_one_open_proceeding_at_most(world):
    matter = world.draft()
    second = Proceeding(matter=matter, flow_class=flows.ProceedingFlow)
    with (
        pytest.raises(IntegrityError, match="one_open_proceeding_per_matter"),
        transaction.atomic(),
    ):
        second.save()


def test_a_proceeding_that_ended_is_no_longer_running(world):
    matter = world.matter_at(Stage.ARCHIVED)
    assert running(matter) == 0
    assert not matter.proceedings.filter(finished=None).exists()


def test_the_time_a_notice_runs_is_no_node_of_its_own(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    notice = world.show(matter)
    with after(notice):
        assert open_duties(matter) == ["begin"]
