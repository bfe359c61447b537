"""No stage changes without its entry, whoever writes the row, and however."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.workflows.guards import refused, sql, write_entry
from workflows.models import Matter
from workflows.stage import Stage

UNRECORDED, UNLAWFUL = "stage_change_is_recorded", "stage_moves"


@pytest.fixture
def drafted(world):
    return world.draft()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE workflows_matter SET stage = 'proposed' WHERE id = %s",
        "UPDATE workflows_matter m SET stage = 'proposed' FROM workflows_mattertext t "
        "WHERE t.matter_id = m.id AND m.id = %s",
        "MERGE INTO workflows_matter m USING workflows_mattertext t "
        "ON t.matter_id = m.id AND m.id = %s "
        "WHEN MATCHED THEN UPDATE SET stage = 'proposed'",
        "WITH moved AS (UPDATE workflows_matter SET stage = 'proposed' WHERE id = %s "
        "RETURNING id) SELECT count(*) FROM moved",
    ],
    ids=["update", "update from", "merge", "with"],
)
def test_raw_sql_cannot_move_a_stage_unrecorded(drafted, statement):
    with refused(UNRECORDED):
        sql(statement, drafted.pk)


def test_a_queryset_cannot_move_a_stage_unrecorded(drafted):
    with refused(UNRECORDED):
        Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)


def test_saving_a_matter_cannot_move_its_stage_unrecorded(drafted):
    with refused(UNRECORDED):
        Matter(
            **{
                field.attname: getattr(drafted, field.attname)
                for field in Matter._meta.concrete_fields
            }
            | {"stage": Stage.PROPOSED}
        ).save()


def test_saving_around_the_protected_field_cannot_move_a_stage_unrecorded(drafted):
    drafted.__dict__["stage"] = Stage.PROPOSED
    with refused(UNRECORDED):
        drafted.save(update_fields=["stage"])


def test_a_transition_without_its_act_cannot_be_saved(world, drafted):
    drafted.withdraw(on=drafted.stage_since)
    with refused(UNRECORDED):
        drafted.save()


def test_bulk_update_cannot_move_a_stage_unrecorded(drafted):
    drafted.__dict__["stage"] = Stage.PROPOSED
    with refused(UNRECORDED):
        Matter.objects.bulk_update([drafted], ["stage"])


def test_an_upsert_cannot_move_a_stage_unrecorded(drafted):
    columns = ", ".join(field.column for field in Matter._meta.concrete_fields)
    with refused(UNRECORDED):
        sql(
            f"INSERT INTO workflows_matter ({columns}) "  # noqa: S608
            f"SELECT {columns} FROM workflows_matter WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET stage = 'proposed'",
            drafted.pk,
        )


def test_an_entry_for_another_stage_does_not_vouch(world, drafted):
    with refused(UNRECORDED):
        write_entry(world, drafted, to="reviewed", come_from="drafted")
        Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)


def test_an_entry_from_another_stage_does_not_vouch(world, drafted):
    with refused(UNRECORDED):
        write_entry(world, drafted, to="proposed", come_from="initiated")
        Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)


def test_an_entry_of_another_matter_does_not_vouch(world, drafted):
    other = world.draft()
    with refused(UNRECORDED):
        write_entry(world, other, to="proposed", come_from="drafted")
        Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)


def test_one_entry_does_not_vouch_for_two_matters(world, drafted):
    other = world.draft()
    with refused(UNRECORDED):
        write_entry(world, other, to="proposed", come_from="drafted")
        Matter.objects.filter(pk__in=[other.pk, drafted.pk]).update(
            stage=Stage.PROPOSED
        )


def test_one_entry_does_not_vouch_for_going_to_and_fro(world, drafted):
    rows = Matter.objects.filter(pk=drafted.pk)
    with refused(UNRECORDED):
        write_entry(world, drafted, to="proposed", come_from="drafted")
        rows.update(stage=Stage.PROPOSED)
        write_entry(world, drafted, to="drafted", come_from="proposed")
        rows.update(stage=Stage.DRAFTED)
        rows.update(stage=Stage.PROPOSED)


def test_the_entry_written_before_or_after_vouches_all_the_same(world, drafted):
    write_entry(world, drafted, to="proposed", come_from="drafted")
    Matter.objects.filter(pk=drafted.pk).update(stage=Stage.PROPOSED)
    Matter.objects.filter(pk=drafted.pk).update(stage=Stage.REVIEWED)
    write_entry(world, drafted, to="reviewed", come_from="proposed")
    connection.check_constraints()


@pytest.mark.parametrize("target", ["announced", "archived", "rectifying", "underway"])
def test_a_move_the_machine_does_not_have_is_refused_even_with_an_entry(
    world, drafted, target
):
    with refused(UNLAWFUL):
        write_entry(world, drafted, to=target, come_from="drafted")
        Matter.objects.filter(pk=drafted.pk).update(stage=target)


@pytest.mark.parametrize("stage", [Stage.ARCHIVED, Stage.WITHDRAWN])
def test_nothing_reopens_a_closed_matter_even_with_an_entry(world, stage):
    matter = world.matter_at(stage)
    for target in set(Stage.values) - {stage}:
        with refused(UNLAWFUL):
            write_entry(world, matter, to=target, come_from=stage)
            Matter.objects.filter(pk=matter.pk).update(stage=target)


def test_a_stage_nobody_defined_is_refused_even_with_an_entry(world, drafted):
    with refused(UNLAWFUL):
        write_entry(world, drafted, to="approved", come_from="drafted")
        sql("UPDATE workflows_matter SET stage = 'approved' WHERE id = %s", drafted.pk)


def test_a_matter_keeps_the_name_its_entries_give_it(drafted):
    with refused("a_matter_keeps_its_name"):
        Matter.objects.filter(pk=drafted.pk).update(uid="another")
