"""The whole database as it is at one moment, read in pieces that fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from typing import Any

from django.db import connection, transaction

AT_ONCE = 256  # more at once are read no faster, and thrown away slower
_numbers = count()
Progress = Callable[[str, int, int], None]  # what is read, how many of it, of how many


def no_progress(what: str, done: int, total: int) -> None:
    """Nobody is looking."""


@contextmanager
def one_moment(*statements: str) -> Iterator[None]:
    """Read as of one moment and write nothing, but for temporary tables.

    Those are made by the statements, before the transaction may no longer make any.
    Inside another transaction, as in tests, it is that one's moment.
    """
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not nested:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for statement in statements:
            cursor.execute(statement)
        # A sort of everything would begin by writing everything to disk.
        cursor.execute("SET LOCAL cursor_tuple_fraction = 0.0001")
        if not nested:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


def batches(
    sql: str, values: list[Any] | None = None, *, size: int = AT_ONCE
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows through a server-side cursor, so many at a time."""
    connection.ensure_connection()
    name = f"verification_{next(_numbers)}"
    with closing(connection.connection.cursor(name=name)) as cursor:
        cursor.execute(sql, values)
        while batch := cursor.fetchmany(size):
            yield batch


def rows(
    sql: str, values: list[Any] | None = None, *, size: int = AT_ONCE
) -> Iterator[tuple[Any, ...]]:
    """The same, one after another."""
    for batch in batches(sql, values, size=size):
        yield from batch


def one(sql: str, values: list[Any] | None = None) -> Any:
    """The first column of the only row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
