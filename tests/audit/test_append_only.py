"""What PostgreSQL refuses, whoever asks and however."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import Commitment, Entry

Write = Callable[..., Entry]
pytestmark = pytest.mark.django_db

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "audit" / "sql"
ENTRY, SEALED = "never changed and never deleted", "keeps sealed is never changed"


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


@pytest.mark.parametrize(
    ("promise", "sql"),
    [
        (ENTRY, "UPDATE audit_entry SET body = replace(body, 'clerk', 'director')"),
        (ENTRY, "UPDATE audit_entry SET txid = 1"),
        (ENTRY, "UPDATE audit_entry SET body = body WHERE false"),
        (ENTRY, "DELETE FROM audit_entry"),
        (ENTRY, "DELETE FROM audit_entry WHERE false"),
        (ENTRY, "TRUNCATE audit_entry CASCADE"),
        (
            ENTRY,
            "INSERT INTO audit_entry (id, body) SELECT id, body FROM audit_entry "
            "ON CONFLICT (uid) DO UPDATE SET body = excluded.body",
        ),
        (
            ENTRY,
            "MERGE INTO audit_entry e USING audit_entry o ON e.id = o.id "
            "WHEN MATCHED THEN DELETE",
        ),
        (SEALED, "UPDATE audit_commitment SET value = '24'"),
        (SEALED, "UPDATE audit_commitment SET entry_id = entry_id + 1"),
        (SEALED, "TRUNCATE audit_commitment"),
    ],
)
def test_sql_is_refused(write: Write, promise: str, sql: str) -> None:
    write("matter.withdrawn")
    # Tables with checks still pending could not be truncated in any case.
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match=promise) as refused, transaction.atomic():
        run(sql)
    assert "HINT" in str(refused.value)


def test_the_orm_is_refused(write: Write) -> None:
    entry = Entry.objects.get(pk=write("matter.withdrawn").pk)
    entry.body = entry.body.replace("clerk", "director")
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(body=entry.body),
        lambda: Entry.objects.bulk_update([entry], ["body"]),
    ):
        with pytest.raises(DatabaseError, match=ENTRY), transaction.atomic():
            attempt()
    assert Entry.objects.get().body == entry.body.replace("director", "clerk")


def test_commitments_can_be_erased_but_not_changed(write: Write) -> None:
    write("matter.withdrawn")
    with pytest.raises(DatabaseError, match=SEALED), transaction.atomic():
        Commitment.objects.update(value='"为公"')
    assert Commitment.objects.all().delete()[0] == 2


@pytest.mark.parametrize(
    ("column", "given"),
    [
        ("txid", "1"),
        ("kind", "'matter.adopted'"),
        ("stage", "'adopted'"),
        ("leaf_hash", "''"),
        ("recorded_at", "'2020-01-01'"),
        ("scenario", "true"),
    ],
)
def test_what_is_read_off_the_body_cannot_be_given(
    write: Write, column: str, given: str
) -> None:
    """Whatever is given: the columns say what the body and the database say."""
    body = write("matter.archived").body
    other = re.sub(r'"id":"\w+"', '"id":"' + "0" * 32 + '"', body)
    run(f"INSERT INTO audit_entry (body, {column}) VALUES (%s, {given})", other)  # noqa: S608
    columns = "kind, stage, recorded_at, scenario, txid = txid_current()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {columns} FROM audit_entry")  # noqa: S608
        assert len(cursor.fetchall()) == 1
    last = Entry.objects.latest("id")
    assert bytes(last.leaf_hash) == hashlib.sha256(b"\0" + other.encode()).digest()


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.sql")), ids=lambda s: s.name)
def test_what_a_migration_has_run_can_be_run_again(script: Path) -> None:
    run(script.read_text(encoding="utf-8"))
