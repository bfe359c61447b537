"""All that is left of an election for whoever looks later, as rows in their order."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from config import embedded

HIDDEN = ("ctid", "xmin", "xmax", "cmin")  # what PostgreSQL notes on each row
Row = dict[str, str]


@dataclass(frozen=True)
class Holding:
    """A table, a dump of one, or a log: rows in the order in which they lie."""

    name: str
    rows: list[Row]
    is_a_copy: bool = False  # of a table: it says nothing new but in which order

    @classmethod
    def of_lines(cls, name: str, lines: Iterable[str]) -> Holding:
        return cls(name, [{"line": line} for line in lines])


def ask(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def tables() -> list[Holding]:
    """Every table with every column, the hidden ones as well."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    hidden = ", ".join(f"{each}::text" for each in HIDDEN)
    found = []
    for name in names:
        rows = ask(f'SELECT {hidden}, to_jsonb(t)::text FROM "{name}" t')  # noqa: S608
        found.append(Holding(name, [_row(row) for row in rows]))
    return found


def _row(found: tuple[Any, ...]) -> Row:
    *hidden, columns = found
    told = json.loads(columns).items()
    given = {name: str(value) for name, value in told if value is not None}
    return dict(zip(HIDDEN, hidden, strict=True)) | given


def foreign_keys(table: str) -> dict[str, str]:
    """Which column says which row of which table."""
    with connection.cursor() as cursor:
        relations = connection.introspection.get_relations(cursor, table)
    return {column: other for column, (_their, other, *_more) in relations.items()}


def program() -> str:
    """pg_dump, of the embedded server or of this machine."""
    if not embedded.is_used():
        return "pg_dump"
    utils = __import__(f"{embedded.the_package().__name__}.utils", fromlist=["utils"])
    folder = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    return str(folder / "pg_dump")


def dump() -> list[Holding]:
    """What a backup holds."""
    connection.ensure_connection()
    at = connection.connection.info
    address = {"PGHOST": at.host, "PGPORT": at.port, "PGUSER": at.user}
    given = {name: str(value) for name, value in address.items()}
    given["PGPASSWORD"] = at.password
    command = [program(), "--data-only", at.dbname]
    made = subprocess.run(
        command, env=os.environ | given, capture_output=True, text=True, check=True
    )
    return [*_copied(iter(made.stdout.splitlines()))]


def _copied(lines: Iterator[str]) -> Iterator[Holding]:
    for line in lines:
        if line.startswith("COPY "):
            table, columns = line.removeprefix("COPY public.").split(" (", 1)
            names = columns.split(")", 1)[0].split(", ")
            rows = [
                dict(zip(names, each.split("\t"), strict=True)) for each in _rows(lines)
            ]
            yield Holding(f"dump of {table}", rows, is_a_copy=True)


def _rows(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line == "\\.":
            return
        yield line


class Lines(logging.Handler):
    """What the service writes to its log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[Lines]:
    handler = Lines()
    logging.getLogger().addHandler(handler)
    try:
        yield handler
    finally:
        logging.getLogger().removeHandler(handler)


@dataclass
class LogFile:
    """What is written to a file from the moment when it is looked at first."""

    name: str
    path: Path
    parse: Callable[[str], Row | None] = lambda line: {"line": line}
    read: int = 0

    def skip(self) -> None:
        self.read = self.path.stat().st_size

    def holding(self) -> Holding:
        with self.path.open(errors="replace") as file:
            file.seek(self.read)
            rows = [self.parse(line) for line in file]
        return Holding(self.name, [row for row in rows if row])


def log_of_the_server() -> list[LogFile]:
    """What the embedded PostgreSQL writes; another server's is not ours to read."""
    if not embedded.is_used():
        return []
    return [LogFile("log of the server", embedded.data_dir() / "log")]
