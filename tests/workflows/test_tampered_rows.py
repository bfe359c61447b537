"""Whatever is changed in a row that entries speak of, with guards off, is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import override_settings

from audit import clock, sequencer
from audit.checks import every_column_has_its_verdict
from audit.discrepancy import MASKED
from audit.log import record
from audit.models import Commitment
from audit.rows import LINE_TABLES, TABLES, UNSPOKEN, Table, undecided
from tests.audit.conftest import Somebody
from tests.tampering import (
    ask,
    change,
    columns,
    delete,
    free,
    guards_off,
    names,
    run,
    verified,
)
from tests.workflows import everywhere, sitting_steps
from tests.workflows.answers import SIGNED
from tests.workflows.everywhere import Scene, undone
from tests.world import World
from villages.models import Resident, RosterEntry
from workflows.acts import (
    arriving,
    casting,
    drafting,
    implementation,
    objection,
    sitting,
    supervision,
)
from workflows.models import Attendance, Objection, Tally
from workflows.presenting.people import on_roster

pytestmark = pytest.mark.django_db

# Columns of registered tables nothing speaks of; each has its reason there.
LEFT_OUT = {
    (table.name, column)
    for table in (*TABLES.values(), *LINE_TABLES.values())
    for column in table.unspoken
} | {("villages_rosterentry", "id")}
# Nothing is told of votes until they are counted.
CAST = [f"workflows_{name}" for name in ("participation", "secretvote", "receipt")]
SPOKEN = [
    pair for pair in columns(*TABLES, *LINE_TABLES, RosterEntry) if pair not in LEFT_OUT
]


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    """A village with at least one row of everything, all of it recorded."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media), django_db_blocker.unblock(), undone():
        try:
            built = everywhere.build()
            complete(built)
            sequencer.sequence_all()
            yield built
        finally:
            clock.move(None)


def complete(scene: Scene) -> None:
    """What the scene lacks: people who came by name, answers, advice."""
    world, rows = scene.world, scene.rows
    acts = rows["acts"]
    do, said = world.do, {"text": "有关手续请补齐。"}
    do(acts["advise"], supervision.advise, world.township, **said)
    finding = {"finding": "recorded_late", **said}
    do(acts["explain"], supervision.explain, world.clerk, **finding)
    do(acts["approve"], supervision.approve, world.clerk, outcome="approved", paper="7")
    do(acts["amend"], drafting.amend, world.clerk, text="写得更清楚。", source="李秀英")
    lodged = rows["objection"]
    answered = {"of": lodged, "outcome": "dismissed", **said}
    do(rows["shown"], objection.answer, world.director, **answered)
    replied = {"of": rows["opinion"], **said}
    do(rows["shown"], supervision.reply, world.director, **replied)
    world.draft(amount=Decimal("380000"), follows=rows["waiting"])
    told = {"progress": 60, "spent": Decimal("1200.5"), "note": "已完成路基。"}
    do(acts["report"], implementation.report, world.clerk, **told)
    called = sitting_steps.convened(world, world.draft())
    clock.move(max(clock.now(), called.held_at))
    people = Resident.objects.filter(users__offices__village=world.village).distinct()
    came = sitting.Came(residents=list(people[:3]))
    sitting.attend(called, came, actor=world.clerk)
    sitting.attend(called, came, actor=world.clerk, again=True)
    at_the_door(world)
    for method in ("named", "secret"):
        vote(world, method)


def at_the_door(world: World) -> None:
    """People who signed, who are absent, who only listen."""
    called = sitting_steps.convened(world, world.draft())
    keys = on_roster(called).keys
    drawn = {"signed": "finger", "written": SIGNED}
    arriving.arrive(called, keys[0], actor=world.clerk, **drawn)
    why = {"reason": "ill", "note": "住院"}
    arriving.excuse(called, keys[1], actor=world.clerk, **why)
    who = {"name": "吴明", "capacity": "township", "post": "乡经管站"}
    arriving.observe(called, actor=world.clerk, **who)


def vote(world: World, method: str) -> None:
    """Some vote, and one holds back."""
    ballot = sitting_steps.voting_on(world, world.draft(), method=method)
    last = sitting_steps.lines(ballot)[-1]
    casting.recuse(ballot, last, actor=world.clerk, reason="承包人是他弟弟。")
    sitting_steps.all_cast(ballot, "for", "against", "abstain")
    casting.close_ballot(ballot, actor=world.clerk)


def test_everything_there_is_was_spoken_of(scene):
    found = verified()
    assert found == [], "\n".join(each.sentence for each in found)


def test_there_is_a_row_of_everything(scene):
    empty = [model for model in (*TABLES, *LINE_TABLES) if not model.objects.exists()]
    assert empty == []


@pytest.mark.parametrize("table", sorted({table for table, _column in SPOKEN}))
def test_a_changed_column_is_named(scene, table):
    """What is named for itself when all are changed is; the rest is changed alone."""
    columns_of = [column for of, column in SPOKEN if of == table]
    for column in set(columns_of) - named_for_themselves(table, columns_of):
        with guards_off():
            change(table, column, where=lasting(table))
            found = verified()
            assert names(found, table, column), (column, found[:5])


def named_for_themselves(table: str, columns_of: list[str]) -> set[str]:
    """Those of which, and of nothing else, it is said that they are not as recorded.

    Without what tells which row it is: of a row that is not found all is said at once.
    """
    plain = [name for name in columns_of if not re.search(r"^u?id$|_id$", name)]
    with guards_off():
        for column in plain:
            change(table, column, where=lasting(table))
        found = {each.column for each in verified() if each.table == table}
    return found & set(plain)


def lasting(table: str) -> str:
    """Rows of frozen rosters, votes that were counted; of other tables any."""
    if table == "villages_rosterentry":
        return "roster_id IN (SELECT id FROM villages_roster WHERE frozen_at NOTNULL)"
    if table in CAST:
        return "ballot_id IN (SELECT ballot_id FROM workflows_tally)"
    return "true"


@pytest.mark.parametrize(
    "table", [model._meta.db_table for model in (*TABLES, *LINE_TABLES, RosterEntry)]
)
def test_a_deleted_row_is_told(scene, table):
    with guards_off():
        delete(table, where=lasting(table))
        assert any(table in each.table for each in verified())


@pytest.mark.parametrize("model", TABLES)
def test_a_row_that_was_slipped_in_is_told(scene, model):
    table = model._meta.db_table
    with guards_off():
        free(table)
        own = [f.column for f in model._meta.concrete_fields if not f.primary_key]
        listed = ", ".join(own)
        run(
            f"INSERT INTO {table} (id, {listed}) "  # noqa: S608
            f"SELECT id + 1000000, {listed} FROM {table} LIMIT 1"
        )
        assert names(verified(), table, "id")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("workflows_matter", "stage"),
        ("workflows_matter", "amount"),
        ("workflows_matter", "text_version"),
        ("workflows_mattertext", "hash"),
        ("workflows_sitting", "convenor"),
        ("workflows_sitting", "roster_id"),
        ("workflows_signedpage", "hash"),
        ("workflows_signedpage", "sort"),
        ("workflows_ballot", "method"),
        ("workflows_tally", "votes_for"),
        ("workflows_tally", "present"),
        ("workflows_resolution", "passed"),
        ("workflows_notice", "text_hash"),
        ("workflows_notice", "days"),
        ("workflows_posting", "last_day"),
        ("workflows_report", "progress"),
        ("workflows_objection", "due_on"),
        ("workflows_opinion", "answer"),
        ("workflows_rectification", "basis"),
    ],
)
def test_what_entries_say_in_clear_is_enough(scene, table, column):
    """Without anything that was sealed of the rows."""
    first = {"workflows_matter": "amount NOTNULL", "workflows_ballot": "verb <> ''"}
    with guards_off():
        run("DELETE FROM audit_commitment WHERE path ~ '^/facts/(rows|persons)$'")
        change(table, column, first.get(table, "true"))
        found = [each for each in verified() if each.check == "facts"]
        seen = {"roster_id": "roster_root"}.get(column, column)
        assert names(found, table, seen)


def test_entries_that_say_nothing_any_more_are_told_and_stop_nothing(scene):
    with guards_off():
        run(
            "UPDATE audit_entry SET body = "
            'regexp_replace(body, \'"facts":.*,"held_on"\', %s)',
            '"facts":{},"held_on"',
        )
        found = verified()
        assert names(found, "audit_entry", "body")
        assert names(found, "workflows_matter", "id")


def test_no_table_and_no_column_is_without_a_verdict():
    assert list(undecided()) == []
    for reason in UNSPOKEN.values():
        assert len(reason) > 10
    for table in (*TABLES.values(), *LINE_TABLES.values()):
        assert all(len(reason) > 10 for reason in table.unspoken.values())


def test_a_column_without_a_verdict_fails_the_check(monkeypatch):
    table = Table(Tally, kept=("ballot",))
    monkeypatch.setitem(TABLES, Tally, table)
    told = {error.msg.partition(":")[0] for error in every_column_has_its_verdict()}
    assert "workflows_tally.votes_for" in told
    monkeypatch.delitem(TABLES, Tally)
    [error] = every_column_has_its_verdict()
    assert error.msg.startswith("workflows_tally:")


def test_what_is_personal_is_not_repeated(scene):
    with guards_off():
        free("workflows_tally")
        run("UPDATE workflows_objection SET name = '李四', phone = '13812345678'")
        run("UPDATE workflows_tally SET votes_for = votes_for + 1000")
        found = verified()
        assert names(found, "workflows_objection", "phone")
        assert names(found, "workflows_tally", "votes_for")
        assert "李四" not in str(found)
        assert "13812345678" not in str(found)
        counts = [each for each in found if each.column == "votes_for"]
        assert {(each.expected, each.found) for each in counts} == {(MASKED, MASKED)}


def test_a_person_who_was_erased_leaves_the_rest_checked(scene):
    from audit.log import record
    from tests.audit.conftest import Somebody

    with guards_off():
        lodged = Objection.objects.get(pk=scene.rows["objection"].pk)
        run("SET LOCAL session_replication_role = origin")
        gone = Commitment.objects.filter(
            entry__subject=lodged.subject,
            path__in=[f"/facts/{name}" for name in ("persons", "name", "text")],
        )
        seals = [
            kept.entry.content["facts"][kept.path.rpartition("/")[2]]["sealed"]
            for kept in gone
        ]
        gone.delete()
        Objection.objects.filter(pk=lodged.pk).update(name="", phone="", text="")
        assert verified()
        record("village.erased", VillageOf(scene), Somebody(), erased=seals)
        assert verified() == []
        Objection.objects.filter(pk=lodged.pk).update(due_on="2020-01-01")
        assert names(verified(), "workflows_objection", "due_on")


class VillageOf:
    def __init__(self, scene: Scene) -> None:
        self.village = scene.world.village
        self.subject = f"village/{self.village.slug}"


def test_how_rows_stand_is_never_erased(scene):
    with guards_off():
        run("SET LOCAL session_replication_role = origin")
        [(seal, entry)] = ask(
            "SELECT body::json -> 'facts' -> 'rows' ->> 'sealed', id FROM audit_entry "
            "WHERE kind = 'matter.drafted' ORDER BY id LIMIT 1"
        )
        run(
            "DELETE FROM audit_commitment WHERE entry_id = %s AND path = '/facts/rows'",
            entry,
        )
        record("village.erased", VillageOf(scene), Somebody(), erased=[seal])
        assert names(verified(), "audit_commitment", "value")


def test_who_came_is_told_by_roster_and_number(scene):
    first = Attendance.objects.first()
    with guards_off():
        change("villages_rosterentry", "id", f"id = {first.entry_id}")
        assert names(verified(), "workflows_attendance", "entry_id")
