"""No matter appears without its entry, and none appears half way."""

from __future__ import annotations

from typing import Any

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.guards import refused, sql, write_entry
from workflows.models import Matter
from workflows.stage import Stage

NUMBER = 99
LATER = [stage.value for stage in Stage if stage != Stage.DRAFTED]


@pytest.fixture
def row(world) -> dict[str, Any]:
    return {
        "village": world.village,
        "number": NUMBER,
        "type": "M05",
        "chain_name": "four_step",
        "title": "没有记录的事项",
        "stage_since": clock.today(),
        "drafted_at": clock.now(),
    }


def test_a_draft_cannot_be_saved_unrecorded(row):
    with refused("stage_change_is_recorded"):
        Matter(**row).save()


def test_drafts_cannot_be_created_in_bulk_unrecorded(row):
    with refused("stage_change_is_recorded"):
        Matter.objects.bulk_create(
            [Matter(**row), Matter(**row | {"number": NUMBER + 1})]
        )


def test_get_or_create_cannot_make_a_draft_unrecorded(row):
    with refused("stage_change_is_recorded"):
        Matter.objects.get_or_create(uid="made-up", defaults=row)


def test_raw_sql_cannot_insert_a_draft_unrecorded(world):
    """A copy of a recorded one, but for what must be unique."""
    matter = world.draft()
    columns = {f.column: f.column for f in Matter._meta.concrete_fields} | {
        "id": "id + 1000",
        "uid": "'copied'",
        "number": "number + 1000",
    }
    with refused("stage_change_is_recorded"):
        sql(
            f"INSERT INTO workflows_matter ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(columns.values())} FROM workflows_matter "
            "WHERE id = %s",
            matter.pk,
        )


def test_an_entry_of_another_draft_does_not_vouch(world, row):
    world.draft()
    with refused("stage_change_is_recorded"):
        Matter.objects.create(**row)


def test_an_entry_that_says_it_moved_there_does_not_vouch(world, row):
    with refused("stage_change_is_recorded"):
        matter = Matter.objects.create(**row)
        write_entry(world, matter, to="drafted", come_from="proposed")


@pytest.mark.parametrize("stage", LATER)
def test_no_matter_is_saved_at_a_later_stage(row, stage):
    with refused("a_matter_begins_as_a_draft"):
        Matter(**row, stage=stage).save()


@pytest.mark.parametrize("stage", LATER)
def test_no_matters_are_created_in_bulk_at_a_later_stage(row, stage):
    with refused("a_matter_begins_as_a_draft"):
        Matter.objects.bulk_create([Matter(**row, stage=stage)])


@pytest.mark.parametrize("stage", LATER)
def test_raw_sql_inserts_no_matter_at_a_later_stage(world, stage):
    matter = world.draft()
    columns = {f.column: f.column for f in Matter._meta.concrete_fields} | {
        "id": "id + 1000",
        "uid": "'copied'",
        "number": "number + 1000",
        "stage": f"'{stage}'",
    }
    with refused("a_matter_begins_as_a_draft"):
        sql(
            f"INSERT INTO workflows_matter ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(columns.values())} FROM workflows_matter "
            "WHERE id = %s",
            matter.pk,
        )


def test_an_entry_that_vouches_for_a_later_stage_changes_nothing(world, row):
    matter = Matter(**row, stage=Stage.ADOPTED)
    with refused("a_matter_begins_as_a_draft"):
        write_entry(world, matter, to="adopted", come_from="reviewed")
        matter.save()


def test_an_upsert_inserts_no_matter_at_a_later_stage(row):
    with refused("a_matter_begins_as_a_draft"):
        Matter.objects.bulk_create(
            [Matter(**row, stage=Stage.ARCHIVED)],
            update_conflicts=True,
            unique_fields=["uid"],
            update_fields=["title"],
        )


def test_nothing_of_all_this_leaves_a_trace(world, row):
    before = Entry.objects.count()
    with refused("a_matter_begins_as_a_draft"):
        Matter(**row, stage=Stage.ADOPTED).save()
    assert not Matter.objects.filter(number=NUMBER).exists()
    assert Entry.objects.count() == before
