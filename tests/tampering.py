"""What somebody could do who owns the database: change anything, guards off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from audit.discrepancy import Discrepancy
from audit.verification import Run

APPS = ("audit", "villages", "workflows")
# Another value of each type, made of the one that is there.
OTHER = {
    "boolean": "NOT {0}",
    "bytea": "set_byte({0}, 0, 255 - get_byte({0}, 0))",
    "date": "{0} + 1",
    "numeric": "{0} + 1",
    "timestamp with time zone": "{0} + interval '1 day'",
    "uuid": "gen_random_uuid()",
    "ARRAY": "{0} || 'x'::varchar",
}
WHERE_NULL = {
    "ARRAY": "ARRAY['x']::varchar[]",
    "boolean": "true",
    "bytea": "sha256('x')",
    "date": "date '2026-01-01'",
    "timestamp with time zone": "timestamptz '2026-01-01 00:00Z'",
}
NUMBERS = ("bigint", "integer", "smallint", "numeric")


@contextmanager
def guards_off() -> Iterator[None]:
    """As the owner of the tables would do it; all is taken back afterwards."""
    with transaction.atomic():
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


@contextmanager
def unguarded() -> Iterator[None]:
    """The same, and what was changed stays."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET LOCAL session_replication_role = replica")
    yield
    run("SET LOCAL session_replication_role = origin")


def run(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.rowcount


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()


def verified(**given: Any) -> list[Discrepancy]:
    """Everything that is found."""
    return list(Run(**given).run())


def names(found: Iterable[Discrepancy], table: str, column: str) -> bool:
    """Whether one of them names table and column."""
    return any(
        table in each.table.split(", ")
        and (column in each.column.split(", ") or each.column == "*")
        for each in found
    )


def columns(*models_: type[models.Model]) -> list[tuple[str, str]]:
    """Each column of each of these models."""
    return [
        (model._meta.db_table, field.column)
        for model in models_
        for field in model._meta.concrete_fields
    ]


def models_of(app: str) -> list[type[models.Model]]:
    return list(apps.get_app_config(app).get_models())


def change(table: str, column: str, where: str = "true") -> None:
    """Another value in that column of one row, no matter what forbids it."""
    free(table)
    [(kind, length)] = ask(
        "SELECT data_type, character_maximum_length "
        "FROM information_schema.columns WHERE table_name = %s AND column_name = %s "
        "AND table_schema = current_schema()",
        table,
        column,
    )
    value = other(f'"{column}"', kind, length)
    one = f"SELECT ctid FROM {table} WHERE {where} ORDER BY ctid LIMIT 1"  # noqa: S608
    changed = f'UPDATE {table} SET "{column}" = {value} WHERE ctid = ({one})'  # noqa: S608
    assert run(changed) == 1


def delete(table: str, which: str = "ASC", where: str = "true") -> None:
    """The first of these rows of the table, or the last."""
    one = f"SELECT ctid FROM {table} WHERE {where} ORDER BY ctid {which} LIMIT 1"  # noqa: S608
    assert run(f"DELETE FROM {table} WHERE ctid = ({one})") == 1  # noqa: S608


def other(column: str, kind: str, length: int | None) -> str:
    if kind in NUMBERS:
        return f"coalesce({column} + 1000, 1000)"
    if kind in OTHER:
        return f"coalesce({OTHER[kind].format(column)}, {WHERE_NULL.get(kind, 'NULL')})"
    text = f"'x' || coalesce({column}, '')"
    return f"left({text}, {length})" if length else text


def free(table: str) -> None:
    """Without the constraints that would refuse another value."""
    for (name,) in ask(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass "
        "AND contype IN ('c', 'u')",
        table,
    ):
        run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    for (name,) in ask(
        "SELECT indexrelid::regclass::text FROM pg_index "
        "WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
        table,
    ):
        run(f"DROP INDEX {name}")
