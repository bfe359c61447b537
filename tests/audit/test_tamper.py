"""Whatever is changed in the record itself, with all guards off, is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from audit import clock, sequencer
from audit.kinds import KINDS
from audit.log import record
from audit.models import (
    Checkpoint,
    Cosignature,
    Entry,
    Leaf,
    Tile,
    Unsequenced,
    Witness,
)
from audit.note import COSIGNATURE, Head, Signer, read_head, sign_checkpoint
from audit.verification import Run
from audit.verification.kept import Kept, read
from audit.verification.unspoken import UNSPOKEN
from tests.audit.conftest import SAMPLES, Somebody, Thing
from tests.tampering import (
    ask,
    change,
    columns,
    delete,
    guards_off,
    models_of,
    names,
    run,
    verified,
)

pytestmark = pytest.mark.django_db

MANY = 300  # more than a tile


def write(code: str, number: int = 0, **others: Any) -> Entry:
    kind = KINDS[code]
    by = Somebody("clock", "", None) if kind.clock else Somebody()
    facts = {name: SAMPLES[fact.name] for name, fact in kind.facts.items()}
    return record(
        code, Thing(f"{kind.noun}/{number:010d}"), by, held_on=None, **facts | others
    )


@pytest.fixture(scope="module")
def log(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kept]:
    """A log of every kind, of which two heads were signed, one of them cosigned."""
    with django_db_blocker.unblock(), transaction.atomic():
        for code in KINDS:
            write(code)
        for number in range(MANY - len(KINDS) - 20):
            write("matter.archived", number)
        sequencer.sequence_all()
        cosign()
        for _ in range(20):
            write("matter.begun")
        sequencer.sequence_all()
        write("matter.begun")
        last = sequencer.newest()
        assert last is not None
        yield read(last.note, sequencer.verifiers())
        transaction.set_rollback(True)


def cosign() -> None:
    witness = Signer.generate("witness.example", COSIGNATURE)
    first = Checkpoint.objects.get()
    at = int(clock.now().timestamp())
    Cosignature.objects.create(
        checkpoint=first,
        witness=Witness.objects.create(
            key=str(witness.verifier), name="孙建国", since=clock.now()
        ),
        line=witness.sign(first.note.rpartition("\n\n")[0] + "\n", at=at),
        signed_at=clock.local(clock.now()).fromtimestamp(at, tz=clock.ZONE),
    )


def test_a_log_as_it_was_written_is_in_order(log):
    assert verified() == []
    assert verified(against=log) == []


SPOKEN = [pair for pair in columns(*models_of("audit")) if pair not in UNSPOKEN]


@pytest.mark.parametrize(("table", "column"), SPOKEN)
def test_a_changed_column_is_named(log, table, column):
    with guards_off():
        change(table, column)
        found = verified()
        assert names(found, table, column), found


@pytest.mark.parametrize("pair", UNSPOKEN)
def test_what_nothing_speaks_of_has_its_reason(pair):
    assert pair in columns(*models_of("audit"))
    assert UNSPOKEN[pair]


@pytest.mark.parametrize(
    "table", ["leaf", "tile", "checkpoint", "commitment", "unsequenced", "entry"]
)
@pytest.mark.parametrize("which", ["ASC", "DESC"])
def test_a_deleted_row_is_told(log, table, which):
    with guards_off():
        delete(f"audit_{table}", which)
        found = verified()
        assert any(table in each.table for each in found) or (
            # What stood under it is told: a cosignature, or that somebody waits.
            (table, which) in [("checkpoint", "ASC"), ("entry", "DESC")] and found
        )


INSERTED = {
    "audit_leaf": "INSERT INTO audit_leaf (index, hash, entry_id) "
    "SELECT max(index) + 1, sha256('x'), 0 FROM audit_leaf",
    "audit_tile": "INSERT INTO audit_tile (level, number, hashes) "
    "VALUES (2, 0, sha256('x'))",
    "audit_checkpoint": "INSERT INTO audit_checkpoint (size, root, note, signed_at) "
    "SELECT size + 1, root, note, signed_at FROM audit_checkpoint "
    "ORDER BY size DESC LIMIT 1",
    "audit_commitment": "INSERT INTO audit_commitment (entry_id, path, salt, value) "
    "SELECT id, '/facts/other', sha256('x'), '1' FROM audit_entry LIMIT 1",
    "audit_unsequenced": "INSERT INTO audit_unsequenced (entry_id) VALUES (0)",
}


@pytest.mark.parametrize("table", INSERTED)
def test_an_inserted_row_is_told(log, table):
    with guards_off():
        run(INSERTED[table])
        assert any(table in each.table for each in verified())


def test_an_entry_that_was_slipped_in_is_told(log):
    body = "replace(body, uid, reverse(uid))"
    leaf = rf"sha256('\x00'::bytea || convert_to({body}, 'UTF8'))"
    columns = {f.column: f.column for f in Entry._meta.concrete_fields[1:]}
    columns |= {"body": body, "uid": "reverse(uid)", "leaf_hash": leaf}
    with guards_off():
        run(
            f"INSERT INTO audit_entry ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(columns.values())} FROM audit_entry "
            "WHERE id = (SELECT max(id) FROM audit_entry)"
        )
        assert names(verified(), "audit_unsequenced", "entry_id")


def test_two_entries_that_were_swapped_are_told(log):
    with guards_off():
        swap = (
            "UPDATE audit_leaf SET {column} = other.{column} FROM audit_leaf AS other "
            "WHERE audit_leaf.index IN (3, 4) AND other.index = 7 - audit_leaf.index"
        )
        run("ALTER TABLE audit_leaf DROP CONSTRAINT audit_leaf_entry_id_key CASCADE")
        run(swap.format(column="entry_id"))
        assert names(verified(), "audit_leaf", "entry_id")
        run(swap.format(column="hash"))
        assert names(verified(), "audit_tile", "hashes")


@pytest.mark.parametrize(
    ("find", "replacement", "column"),
    [
        ('"kind":"matter.archived"', '"kind":"matter.forgotten"', "body"),
        ('"from_stage":"vr.quorum"', '"from_stage":"Vr"', "body"),
        ('"v":1', '"v":2', "body"),
        ('{"facts"', '{ "facts"', "body"),
        ('"office":"clerk"', '"office":"13812345678"', "body"),
        ('"facts":{', '"facts":{"comment":"王小明",', "body"),
    ],
)
def test_a_body_of_another_form_is_told(log, find, replacement, column):
    """And so it is where leaf, tile and everything above were made to fit."""
    with guards_off():
        run(
            "UPDATE audit_entry SET body = replace(body, %s, %s) WHERE id = "
            "(SELECT max(id) FROM audit_entry WHERE kind = 'matter.archived')",
            find,
            replacement,
        )
        found = [each for each in verified() if each.check == "entries"]
        assert names(found, "audit_entry", column)


# -- what only a checkpoint that somebody kept can show


def begin_again(keep: int, *, key: Signer | None = None) -> None:
    """Delete the numbers and number anew what is left, under the log's name."""
    last = "SELECT entry_id FROM audit_leaf ORDER BY index LIMIT 1 OFFSET %s"
    [(bound,)] = ask(last, keep)
    for table in ("cosignature", "checkpoint", "tile", "leaf", "unsequenced"):
        run(f"DELETE FROM audit_{table}")  # noqa: S608
    run("DELETE FROM audit_commitment WHERE entry_id >= %s", bound)
    run("DELETE FROM audit_entry WHERE id >= %s", bound)
    run("INSERT INTO audit_unsequenced SELECT id FROM audit_entry")
    sequencer.sequence_all()


def test_entries_cut_off_are_shown_by_a_kept_head_alone(log):
    with guards_off():
        begin_again(keep=100)
        assert verified() == []
        [told] = verified(against=log)
        assert told.check == "against"
        assert "截短" in told.found


def test_a_fork_is_shown_by_a_kept_head_alone(log):
    with guards_off():
        begin_again(keep=100)
        run("SET LOCAL session_replication_role = origin")
        for _ in range(MANY):
            write("matter.begun")
        sequencer.sequence_all()
        assert verified() == []
        [told] = verified(against=log)
        assert "分叉" in told.found


def test_another_key_is_told_and_by_a_kept_head_where_all_was_signed_anew(
    log, settings
):
    with guards_off():
        mine = sequencer.signer()
        settings.LOG_KEY = Signer.generate(mine.name).secret
        assert names(verified(), "audit_checkpoint", "note")
        for point in Checkpoint.objects.all():
            head = read_head(point.note.rpartition("\n\n")[0] + "\n")
            note = sign_checkpoint(head, sequencer.signer())
            Checkpoint.objects.filter(pk=point.pk).update(note=note)
        assert verified() == []
        last = ask("SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
        assert last
        head = Head(log.origin, log.size, bytes.fromhex(log.root))
        kept = read(sign_checkpoint(head, mine), sequencer.verifiers())
        [told] = verified(against=kept)
        assert "密钥" in told.found


def test_another_log_is_told(log, settings):
    with guards_off():
        settings.LOG_KEY = Signer.generate("other.example/log").secret
        assert any("另一个日志" in str(each.found) for each in verified(against=log))


def test_erasing_is_in_order_where_an_entry_says_so(log):
    with guards_off():
        [(seal,)] = ask(
            "SELECT e.body::json -> 'person' ->> 'sealed' FROM audit_entry e "
            "WHERE id = (SELECT min(id) FROM audit_entry)"
        )
        run(
            "DELETE FROM audit_commitment WHERE path = '/person' "
            "AND entry_id = (SELECT min(id) FROM audit_entry)"
        )
        assert names(verified(), "audit_commitment", "value")
        run("SET LOCAL session_replication_role = origin")
        write("village.erased", erased=[seal])
        again = Run()
        assert list(again.run()) == []
        assert again.erased == 1


def test_models_of_the_record_are_all_tried():
    tried = {table for table, _column in columns(*models_of("audit"))}
    for model in (Entry, Leaf, Tile, Unsequenced, Checkpoint, Cosignature, Witness):
        assert model._meta.db_table in tried
