"""manage.py check_worklist: what it finds, puts right, and says nothing of."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Task

from tests.workflows.owing import RIGHT, check_worklist, open_duties, running
from workflows import strays
from workflows.models import Proceeding
from workflows.rulebook import CHAINS
from workflows.stage import Stage


@pytest.mark.parametrize("chain", sorted(CHAINS))
def test_all_along_every_chain_it_finds_nothing(world, chain):
    matter = world.draft(chain=chain)
    while matter.owed:
        assert check_worklist() == RIGHT
        world.carry_on(matter)
    assert check_worklist() == RIGHT


@pytest.mark.parametrize("stage", [Stage.REJECTED, Stage.WITHDRAWN, Stage.RECTIFYING])
def test_off_the_path_it_finds_nothing_either(world, stage):
    world.matter_at(stage)
    assert check_worklist() == RIGHT


def test_works_are_to_be_accepted_and_not_to_be_done(world):
    world.matter_at(Stage.UNDERWAY, type="M03")
    assert check_worklist() == RIGHT


def test_a_closed_matter_that_still_owes_something_is_found(world):
    matter = world.matter_at(Stage.WITHDRAWN)
    last = matter.proceedings.order_by("pk").last()
    last.finished, last.status = None, "NEW"
    last.save()
    assert check_worklist("--repair")[0] == 1
    assert check_worklist() == RIGHT
    assert (open_duties(matter), running(matter)) == ([], 0)


def test_as_json_it_is_one_object(world):
    matter = world.matter_at(Stage.ADOPTED)
    world.draft()
    Proceeding.objects.all().delete()
    code, said = check_worklist("--json")
    first, second = json.loads(said)["found"]
    assert code == 1
    assert (first["number"], first["owed"], first["found"]) == (
        matter.number,
        "announce",
        [],
    )
    assert (second["number"], second["stage"]) == (2, "drafted")
    assert json.loads(check_worklist("--json", "--repair")[1])["repaired"] == 2
    assert check_worklist("--json") == (0, '{"found": [], "repaired": 0}')


def test_it_asks_once_however_many_matters_there_are(world):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            check_worklist()
        return len(captured)

    world.draft()
    few = queries()
    for _number in range(12):
        world.draft()
    assert queries() == few == 1


def test_what_has_come_right_meanwhile_is_left_alone(world):
    matter = world.draft()
    before = list(Task.objects.values_list())
    assert strays.put_right(matter.pk) is False
    assert list(Task.objects.values_list()) == before
