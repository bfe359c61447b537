"""However a proceeding was corrupted, check_worklist finds it and puts it right."""

from __future__ import annotations

import pytest
from viewflow.workflow.models import Task

from audit.models import Entry
from tests.workflows.owing import (
    RIGHT,
    check_worklist,
    open_duties,
    owed_by,
    running,
)
from workflows.models import Matter


def tasks_of(matter: Matter):
    return Task.objects.filter(process__proceeding__matter=matter, finished=None)


def delete_the_task(matter: Matter) -> None:
    tasks_of(matter).delete()


def delete_the_proceeding(matter: Matter) -> None:
    matter.proceedings.all().delete()


def finish_the_task(matter: Matter) -> None:
    tasks_of(matter).update(status="DONE", finished=matter.drafted_at)


def start_the_task(matter: Matter) -> None:
    tasks_of(matter).update(status="STARTED")


def let_the_task_fail(matter: Matter) -> None:
    tasks_of(matter).update(status="ERROR", finished=matter.drafted_at)


def end_the_proceeding(matter: Matter) -> None:
    matter.proceedings.update(running=False)


def rename_the_duty(matter: Matter) -> None:
    tasks_of(matter).update(flow_task="workflows/flows.ProceedingFlow.publish")


def owe_another_duty(matter: Matter) -> None:
    tasks_of(matter).update(flow_task="workflows/flows.ProceedingFlow.archive")


def owe_it_twice(matter: Matter) -> None:
    task = tasks_of(matter).get()
    task.pk = None
    task.save()


CORRUPTIONS = [
    delete_the_task,
    delete_the_proceeding,
    finish_the_task,
    start_the_task,
    let_the_task_fail,
    end_the_proceeding,
    rename_the_duty,
    owe_another_duty,
    owe_it_twice,
]


@pytest.mark.parametrize("corrupt", CORRUPTIONS)
def test_what_is_wrong_is_found_put_right_and_found_no_more(world, corrupt):
    world.draft()
    matter = world.draft()
    corrupt(matter)
    before = Entry.objects.count()

    code, said = check_worklist()
    assert code == 1
    assert "140724200205 第 2 号，已起草：应有 propose" in said
    assert "有 1 件事项的待办与阶段不符" in said
    assert check_worklist()[0] == 1

    assert check_worklist("--repair")[1].endswith("已重建 1 件。")
    assert check_worklist() == RIGHT
    assert open_duties(matter) == owed_by(matter) == ["propose"]
    assert running(matter) == 1
    assert Entry.objects.count() == before
    world.carry_on(matter)
    assert check_worklist() == RIGHT
