"""The rows, against the newest of what was said of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any, TypeAlias

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from audit.discrepancy import MASKED, Discrepancy
from audit.rows import (
    CHECKS,
    CLAIMS,
    LINE_TABLES,
    LINES,
    PERSONS,
    ROWS,
    TABLES,
    Claim,
    LineTable,
    Table,
    lines_hash,
    values_of,
)

from .reading import AT_ONCE, Progress, rows
from .said import Said

GONE = "gone"  # stands for a row that was said to be deleted
NUMBER, VALUE, ERASED = 0, 1, 2
# By column: the number of the entry that says so, the value, whether it was erased.
Told: TypeAlias = dict[str, list[Any]]
Key: TypeAlias = tuple[str, str]  # table; "#" and the row's key, or the row's name
# All that was said is kept, and the newest picked when it is asked for: a row that is
# written over again and again in one transaction gets slower each time.
TEMPORARY = (
    "DROP TABLE IF EXISTS pg_temp.spoken",
    "CREATE TEMP TABLE spoken (of text, key text, at bigserial, told jsonb)"
    " ON COMMIT DROP",
    "CREATE INDEX ON pg_temp.spoken (of, key)",
)
KEEP = "INSERT INTO pg_temp.spoken (of, key, told) VALUES %s"
NEWEST = """
    SELECT DISTINCT ON (s.key, said.key) s.key, said.key, said.value
      FROM pg_temp.spoken s, jsonb_each(s.told) AS said
     WHERE s.of = %s AND s.key = ANY(%s)
     ORDER BY s.key, said.key, s.at DESC
"""


def note(entries: list[Said]) -> None:
    """Keep what these entries say; what was said before of the same is forgotten."""
    if not TABLES:
        return
    newest: dict[Key, Told] = {}
    for entry in entries:
        for key, told in _understood(entry):
            newest.setdefault(key, {}).update(told)
    if newest:
        found = [(*key, json.dumps(told)) for key, told in newest.items()]
        with connection.cursor() as cursor:
            execute_values(cursor.cursor, KEEP, found, page_size=len(found))


def _understood(entry: Said) -> list[tuple[Key, Told]]:
    """What the entry says; nothing where it is not of its form, which was told."""
    try:
        return list(_told(entry))
    except (AttributeError, KeyError, TypeError, ValueError):
        return []


def _told(entry: Said) -> Iterator[tuple[Key, Told]]:
    facts = entry.opened
    number = entry.number
    sealed, erasable = facts.get(ROWS), facts.get(PERSONS)
    for table, key, values in _held(sealed):
        if values is None:
            yield (table, f"#{key}"), {GONE: [number, True]}
        else:
            yield (table, f"#{key}"), {n: [number, v] for n, v in values.items()}
    if PERSONS in entry.facts and PERSONS not in facts:
        yield from _erased(sealed, number)
    for table, key, values in _held(erasable):
        yield (table, f"#{key}"), {n: [number, v] for n, v in (values or {}).items()}
    for table, name, values in claimed(entry, facts):
        yield (table, name), {n: [number, v] for n, v in values.items()}


def _held(snapshot: Any) -> Iterator[tuple[str, str, Mapping[str, Any] | None]]:
    for table, held in (snapshot or {}).items():
        for key, values in held.items():
            yield table, key, values


def _erased(sealed: Any, number: int | None) -> Iterator[tuple[Key, Told]]:
    """Of these rows nobody can tell any more what was personal in them."""
    personal = {
        table.name: [column for _attname, column, _plain in table.of_persons]
        for table in TABLES.values()
    }
    for table, key, values in _held(sealed):
        gone = [name for name in personal.get(table, ()) if name not in (values or {})]
        if gone:
            yield (table, f"#{key}"), {name: [number, None, True] for name in gone}


def claimed(entry: Said, facts: Mapping[str, Any]) -> Iterator[Claim]:
    """What the entry says in clear of rows it names."""
    kind = str(entry.content.get("kind"))
    uid = str(entry.content.get("subject")).partition("/")[2]
    for claims in CLAIMS:
        yield from claims(kind, uid, facts)


# -- the rows ------------------------------------------------------------------------


def run(progress: Progress) -> Iterator[Discrepancy]:
    """What is not as it was said; or nobody spoke of; or is not there any more."""
    everything: list[Table | LineTable] = [*TABLES.values(), *LINE_TABLES.values()]
    for done, table in enumerate(everything):
        progress(_("各表"), done, len(everything))
        if isinstance(table, LineTable):
            yield from _lines(table)
        else:
            yield from _rows(table)
            yield from _deleted(table)
    for check in CHECKS:
        yield from check()
    progress(_("各表"), 1, 1)


def _rows(table: Table) -> Iterator[Discrepancy]:
    for some in _in_pieces(table.all()):
        names = {row.pk: _asked(table.named, row) for row in some}
        keys = [f"#{row.pk}" for row in some]
        said = _said(table.name, [*keys, *(name for name in names.values() if name)])
        for row in some:
            sealed, clear = said.get(f"#{row.pk}"), said.get(names[row.pk] or "")
            yield from _judged(table, row, sealed, clear)


def _in_pieces(found: models.QuerySet[Any]) -> Iterator[list[Any]]:
    left = found.order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _said(table: str, keys: list[str]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [table, keys])
        for key, column, said in cursor:
            found.setdefault(key, {})[column] = _parsed(said)
    return found


def _parsed(value: Any) -> Any:
    """JSON, whether or not the driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value


def _judged(
    table: Table, row: Any, sealed: Told | None, clear: Told | None
) -> Iterator[Discrepancy]:
    pk = str(row.pk)
    if sealed and GONE in sealed:
        number = sealed[GONE][NUMBER]
        yield Discrepancy("rows", table.name, pk, table.key, None, pk, number)
        return
    if not sealed and table.due(row):
        yield Discrepancy("rows", table.name, pk, table.key, None, pk)
    held = values_of(row, [*table.of_rows, *table.of_persons])
    seen = held | {name: _asked(read, row) for name, read in table.also.items()}
    wrong: dict[str, Discrepancy] = {}
    for told, check in ((clear, "facts"), (sealed, "rows")):
        for each in _differing(table, pk, told or {}, seen, check):
            wrong.setdefault(each.column, each)
    yield from wrong.values()
    yield from _recomputed(table, row)


def _differing(
    table: Table, pk: str, told: Told, seen: Mapping[str, Any], check: str
) -> Iterator[Discrepancy]:
    for column, said in told.items():
        if len(said) > ERASED or column not in seen or said[VALUE] == seen[column]:
            continue
        expected, found = said[VALUE], seen[column]
        if column in table.masked:
            expected = found = MASKED
        yield Discrepancy(check, table.name, pk, column, expected, found, said[NUMBER])


def _asked(question: Callable[[Any], Any], row: Any) -> Any:
    """What a row says of itself; None where it points to one that is not there."""
    try:
        return question(row)
    except ObjectDoesNotExist:
        return None


def _recomputed(table: Table, row: Any) -> Iterator[Discrepancy]:
    for each in table.recomputed:
        expected, found = _asked(each.compute, row), getattr(row, each.column)
        if expected != found:
            columns = ", ".join([each.column, *each.of])
            pk = str(row.pk)
            yield Discrepancy("rows", table.name, pk, columns, expected, found)


def _deleted(table: Table) -> Iterator[Discrepancy]:
    """Rows that were spoken of, and are not there."""
    for pk, told in _of_what_is_not(table.name, table.key):
        if GONE not in told:
            numbers = [said[NUMBER] for said in told.values()]
            number = max((n for n in numbers if n is not None), default=None)
            yield Discrepancy("rows", table.name, pk, table.key, pk, None, number)


def _of_what_is_not(table: str, column: str) -> Iterator[tuple[str, Told]]:
    """What was said last of keys that no row has in this column."""
    sql = f"""
        SELECT DISTINCT ON (s.key) substr(s.key, 2), s.told FROM pg_temp.spoken s
         WHERE s.of = %s AND s.key LIKE '#%%' AND NOT EXISTS (
               SELECT FROM {table} t WHERE t.{column}::text = substr(s.key, 2)
           )
         ORDER BY s.key, s.at DESC
    """  # noqa: S608
    for key, told in rows(sql, [table]):
        yield key, _parsed(told)


def _lines(table: LineTable) -> Iterator[Discrepancy]:
    """All lines that belong to one row at once."""
    of = table.named[0]
    lines = (
        table.all()
        .order_by(of)
        .values_list(of, *table.values)
        .iterator(chunk_size=AT_ONCE)
    )
    for owner, some in groupby(lines, key=lambda line: line[0]):
        found = lines_hash(line[1:] for line in some)
        told = _said(table.name, [f"#{owner}"]).get(f"#{owner}")
        yield from _of_lines(table, owner, told, found)
    yield from _without_lines(table)


def _of_lines(
    table: LineTable, owner: Any, told: Told | None, found: str
) -> Iterator[Discrepancy]:
    number, expected = told[LINES][:2] if told else (None, None)
    if expected != found:
        columns = ", ".join(table.named)
        yield Discrepancy(
            "rows", table.name, f"{table.of} {owner}", columns, expected, found, number
        )


def _without_lines(table: LineTable) -> Iterator[Discrepancy]:
    """Where lines were said to be and are none."""
    for owner, told in _of_what_is_not(table.name, table.named[0]):
        yield from _of_lines(table, owner, told, lines_hash([]))
