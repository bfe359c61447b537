"""Many matters in no time: copies of one, as the guards of the database want them."""

from __future__ import annotations

from typing import Any

from django.db import connection, models, transaction
from viewflow.workflow.models import Process, Task

from audit.models import Entry
from benchmarks.village import Hamlet
from workflows import flows
from workflows.acts import drafting
from workflows.models import Matter, MatterText, Proceeding


def draft(hamlet: Hamlet, title: str = "误工补贴") -> Matter:
    """One matter, through act, duty and entry."""
    content = drafting.Draft(type="M05", title=title, text="每日 80 元。")
    clerk = hamlet.users["clerk"]
    return flows.draft(lambda: drafting.draft(hamlet.village, content, actor=clerk))


def fill(hamlet: Hamlet, total: int) -> None:
    """Draft one matter, and copy it until the village has so many."""
    pattern = draft(hamlet)
    missing = total - hamlet.village.matters.count()
    if missing > 0:
        with transaction.atomic():
            _copy_all(pattern, missing)
            _settle_down()


def _copy_all(matter: Matter, copies: int) -> None:
    """The draft, its text, its entry and who owes the next act, row by row."""
    run = matter.proceedings.get()
    entry = Entry.objects.of(matter).get()
    uid = f"lpad(to_hex({matter.pk} + n), 10, '0')"
    body = (
        f"replace(replace(body, '{matter.uid}', {uid}), "
        f"'{entry.uid}', md5('{matter.uid}' || n))"
    )
    _copy(Matter, copies, pk=matter.pk, id="id + n", uid=uid, number="number + n")
    _copy(MatterText, copies, pk=matter.text.pk, matter_id="matter_id + n")
    _copy(Entry, copies, pk=entry.pk, body=body)
    _copy(Process, copies, pk=run.pk, id="id + n")
    moved = {"process_ptr_id": "process_ptr_id + n", "matter_id": "matter_id + n"}
    _copy(Proceeding, copies, pk=run.pk, **moved)
    for task in Task.objects.filter(process=run):
        _copy(Task, copies, pk=task.pk, process_id="process_id + n")


def _copy(model: type[models.Model], copies: int, *, pk: int, **changed: str) -> None:
    """Rows like the one with that key but for what is changed; `n` counts them."""
    copy(model, copies, f"{model._meta.pk.column} = {pk}", **changed)


def copy(model: type[models.Model], copies: int, where: str, **changed: str) -> None:
    """So many times the rows of which that holds; `n` counts the times."""
    fields = [f for f in model._meta.local_concrete_fields if not f.generated]
    kept = {f.column: f.column for f in fields if not isinstance(f, models.AutoField)}
    columns: dict[str, Any] = kept | changed
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(columns.values())} FROM {model._meta.db_table}, "
            f"generate_series(1, %s) AS n WHERE {where}",
            [copies],
        )


def _settle_down() -> None:
    """Count on after the copies, and let the planner know of them as it would soon.

    Before they are committed: the guards look for the entry of each, by index if the
    planner knows that there are many.
    """
    with connection.cursor() as cursor:
        for model in (Matter, Process):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                f"max(id)) FROM {table}"
            )
        cursor.execute("ANALYZE")
