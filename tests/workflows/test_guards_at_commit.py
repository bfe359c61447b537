"""The same promises where it counts: at the end of a real transaction."""

from __future__ import annotations

from io import StringIO

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit.models import Entry
from tests.workflows.guards import refused, refused_at_commit, sql, write_entry
from workflows.acts import drafting
from workflows.models import Matter
from workflows.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drafted(world):
    return world.draft()


def stage_of(matter: Matter) -> str:
    return str(Matter.objects.values_list("stage", flat=True).get(pk=matter.pk))


def test_the_commit_fails_where_a_stage_moved_unrecorded(drafted):
    rows = Matter.objects.filter(pk=drafted.pk)
    with refused_at_commit("without an entry"):
        rows.update(stage=Stage.PROPOSED)
    with pytest.raises(IntegrityError, match="without an entry"):
        rows.update(stage=Stage.PROPOSED)  # which commits by itself
    assert stage_of(drafted) == "drafted"


def test_an_entry_of_an_earlier_transaction_does_not_vouch(world, drafted):
    with transaction.atomic():
        write_entry(world, drafted, to="proposed", come_from="drafted")
    with refused_at_commit("without an entry"):
        Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)
    assert stage_of(drafted) == "drafted"


def test_an_entry_written_again_under_another_id_vouches_for_its_own_only(
    world, drafted
):
    """The transaction of an entry is the database's word: nobody can state it."""
    with transaction.atomic():
        write_entry(world, drafted, to="proposed", come_from="drafted")
    old = Entry.objects.of(drafted).last()
    with refused_at_commit("never changed and never deleted"):
        Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)
        sql("UPDATE audit_entry SET txid = txid_current() WHERE id = %s", old.pk)
    assert stage_of(drafted) == "drafted"


def test_an_entry_of_the_same_transaction_vouches(world, drafted):
    with transaction.atomic():
        Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)
        write_entry(world, drafted, to="proposed", come_from="drafted")
    assert stage_of(drafted) == "proposed"


def test_what_a_savepoint_undid_does_not_vouch(world, drafted):
    with refused_at_commit("without an entry"):
        point = transaction.savepoint()
        write_entry(world, drafted, to="proposed", come_from="drafted")
        transaction.savepoint_rollback(point)
        Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)
    assert stage_of(drafted) == "drafted"


def test_a_failed_commit_undoes_the_entry_of_the_act_with_it(world, drafted):
    before = Entry.objects.count()
    with refused_at_commit("newest entry"):
        drafting.withdraw(drafted, actor=world.clerk, text="条件不成熟。")
        write_entry(world, drafted, to="archived", come_from="withdrawn")
    assert stage_of(drafted) == "drafted"
    assert Entry.objects.count() == before


def test_no_statement_changes_the_record(drafted):
    before = list(Entry.objects.values_list("body", flat=True))
    for statement in (
        "UPDATE audit_entry SET body = body",
        "UPDATE audit_entry SET stage = 'archived'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
    ):
        with pytest.raises(DatabaseError):
            sql(statement)
    assert list(Entry.objects.values_list("body", flat=True)) == before


def test_no_entry_is_changed_or_deleted_through_the_models(drafted):
    entry = Entry.objects.of(drafted).get()
    for change in (
        entry.delete,
        entry.save,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(body="{}"),
        lambda: Entry.objects.bulk_update([entry], ["body"]),
    ):
        with pytest.raises(DatabaseError):
            change()
    assert Entry.objects.get(pk=entry.pk).body == entry.body


@pytest.mark.parametrize(
    ("stage", "promise"),
    [
        ("drafted", "stage_change_is_recorded"),
        ("archived", "a_matter_begins_as_a_draft"),
    ],
)
def test_a_matter_copied_in_from_a_file_is_refused_as_well(drafted, stage, promise):
    columns = [field.column for field in Matter._meta.concrete_fields]
    asked = f"SELECT {', '.join(columns)} FROM workflows_matter WHERE id = {drafted.pk}"  # noqa: S608
    out = StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({asked}) TO STDOUT", out)
    cells = dict(zip(columns, out.getvalue().rstrip("\n").split("\t"), strict=True))
    cells |= {"id": "1000", "uid": "copied", "number": "1000", "stage": stage}
    line = StringIO("\t".join(cells.values()) + "\n")
    into = f"COPY workflows_matter ({', '.join(columns)}) FROM STDIN"
    with (
        refused(promise),
        connection.wrap_database_errors,
        connection.cursor() as cursor,
    ):
        cursor.copy_expert(into, line)
