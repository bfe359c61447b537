"""What each entry says: its form, its columns, and what it keeps sealed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from audit import tree
from audit.canonical import commitment
from audit.discrepancy import MASKED, Discrepancy

from . import bodies
from .reading import batches, rows

TEMPORARY = (
    "DROP TABLE IF EXISTS pg_temp.seals_gone, pg_temp.seals_erased",
    "CREATE TEMP TABLE seals_gone (entry bigint, number bigint, path text, seal text)"
    " ON COMMIT DROP",
    "CREATE TEMP TABLE seals_erased (seal text PRIMARY KEY) ON COMMIT DROP",
)
# In the order of their numbers, so that what was said later is read later.
NUMBERED = f"""
    SELECT e.id, l.index, e.body, {bodies.COLUMNS}, e.leaf_hash, NULL
      FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id
     ORDER BY l.index
"""  # noqa: S608
WAITING = f"""
    SELECT e.id, NULL, e.body, {bodies.COLUMNS}, e.leaf_hash, u.entry_id
      FROM audit_entry e
      LEFT JOIN audit_leaf l ON l.entry_id = e.id
      LEFT JOIN audit_unsequenced u ON u.entry_id = e.id
     WHERE l.index IS NULL
     ORDER BY e.id
"""  # noqa: S608
NOT_WAITING = """
    SELECT u.entry_id, e.id
      FROM audit_unsequenced u
      LEFT JOIN audit_entry e ON e.id = u.entry_id
      LEFT JOIN audit_leaf l ON l.entry_id = u.entry_id
     WHERE e.id IS NULL OR l.index IS NOT NULL
     ORDER BY u.entry_id
"""
KEPT = (
    "SELECT entry_id, path, salt, value FROM audit_commitment WHERE entry_id = ANY(%s)"
)
OF_NOTHING = """
    SELECT c.id, c.entry_id, c.path FROM audit_commitment c
      LEFT JOIN audit_entry e ON e.id = c.entry_id
     WHERE e.id IS NULL ORDER BY c.id
"""
# How rows stand is not personal: there is no reason to erase it, whoever says so.
UNSAID = """
    SELECT g.entry, g.number, g.path FROM pg_temp.seals_gone g
      LEFT JOIN pg_temp.seals_erased USING (seal)
     WHERE seals_erased.seal IS NULL OR g.path = '/facts/rows'
     ORDER BY g.entry, g.path
"""
ERASED = (
    "SELECT count(*) FROM pg_temp.seals_gone JOIN pg_temp.seals_erased USING (seal)"
)
SAYS_ERASED = "village.erased"
Opening = tuple[bytes, str]  # salt and value


@dataclass(frozen=True)
class Said:
    """One entry, parsed, with what opens it."""

    pk: int
    number: int | None
    content: dict[str, Any]
    opening: dict[str, Opening]

    @property
    def facts(self) -> dict[str, Any]:
        facts = self.content.get("facts")
        return facts if isinstance(facts, dict) else {}

    @property
    def opened(self) -> dict[str, Any]:
        """The facts; of those that are sealed, what they open to, if they do."""
        found = {}
        for name, fact in self.facts.items():
            kept = self.opening.get(f"/facts/{name}")
            if not bodies.is_commitment(fact):
                found[name] = fact
            elif kept and opens(kept, fact["sealed"]):
                found[name] = json.loads(kept[1])
        return found

    @property
    def seals(self) -> dict[str, str]:
        """The commitments in the body, by their paths."""
        found = {f"/facts/{name}": fact for name, fact in self.facts.items()}
        found["/person"] = self.content.get("person")
        return {
            path: fact["sealed"]
            for path, fact in found.items()
            if bodies.is_commitment(fact)
        }


def opens(kept: Opening, seal: str) -> bool:
    """Whether this is what was sealed."""
    salt, value = kept
    return hmac.compare_digest(commitment(salt, value.encode()), seal)


class Entries:
    """Reads all entries, the numbered ones first, with what opens them.

    Each of them is handed on, in the order of the log.
    """

    def __init__(self, hand_on: Callable[[list[Said]], None]) -> None:
        self._hand_on = hand_on
        self.waiting = self.erased = 0

    def run(self) -> Iterator[Discrepancy | None]:
        """What is wrong; None after each batch."""
        for batch in batches(NUMBERED):
            yield from self._batch(batch)
            yield None
        for batch in batches(WAITING):
            self.waiting += len(batch)
            yield from _not_awaited(batch)
            yield from self._batch(batch)
            yield None
        yield from _awaited_in_vain()
        yield from self._not_erased()

    def _batch(self, batch: list[tuple[Any, ...]]) -> Iterator[Discrepancy]:
        kept = opening([row[0] for row in batch])
        gone: list[tuple[Any, ...]] = []
        erased: list[tuple[str]] = []
        entries = []
        for pk, number, body, columns, leaf, _waits in batch:
            yield from _as_recorded(pk, number, body, columns, leaf)
            entry = Said(pk, number, parsed(body), kept.get(pk, {}))
            yield from _opened(entry)
            gone += [
                (pk, number, path, seal)
                for path, seal in entry.seals.items()
                if path not in entry.opening
            ]
            erased += [(seal,) for seal in said_erased(entry)]
            entries.append(entry)
        keep("seals_gone (entry, number, path, seal)", gone)
        keep("seals_erased (seal)", erased)
        self._hand_on(entries)

    def _not_erased(self) -> Iterator[Discrepancy]:
        """What is gone without an entry that says so."""
        for pk, entry, path in rows(OF_NOTHING):
            yield _of_seal(pk, "entry_id", _("一条记录"), f"{entry} {path}", None)
        for entry, number, path in rows(UNSAID):
            yield _of_seal(f"{entry} {path}", "path, value", MASKED, None, number)
        self.erased = next(rows(ERASED))[0]


def _as_recorded(
    pk: int, number: int | None, body: str, columns: str, leaf: Any
) -> Iterator[Discrepancy]:
    """The body is written as it must be, and the columns are its own."""
    hashed = tree.leaf_hash(body.encode())
    wrong = bodies.wrong(body, columns)
    if leaf is None or bytes(leaf) != hashed:
        wrong.append(("leaf_hash", hashed.hex(), leaf and bytes(leaf).hex()))
    for column, expected, found in wrong:
        yield Discrepancy(
            "entries", "audit_entry", str(pk), column, expected, found, number
        )


def _not_awaited(batch: list[tuple[Any, ...]]) -> Iterator[Discrepancy]:
    for pk, *_others, waits in batch:
        if waits is None:
            yield Discrepancy(
                "waiting",
                "audit_leaf, audit_unsequenced",
                str(pk),
                "entry_id",
                _("有编号，或在等编号"),
                None,
            )


def _awaited_in_vain() -> Iterator[Discrepancy]:
    for entry, exists in rows(NOT_WAITING):
        why = _("没有这条记录") if exists is None else _("已经编号")
        yield Discrepancy(
            "waiting", "audit_unsequenced", str(entry), "entry_id", None, why
        )


def opening(entries: list[int]) -> dict[int, dict[str, Opening]]:
    """What is kept beside these entries, by entry and path."""
    found: dict[int, dict[str, Opening]] = {}
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [entries])
        for entry, path, salt, value in cursor:
            found.setdefault(entry, {})[path] = bytes(salt), value
    return found


def parsed(body: str) -> dict[str, Any]:
    """The body's content; nothing of one that cannot be read, which was told."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def said_erased(entry: Said) -> list[str]:
    """The commitments of which this entry says that they were erased."""
    if entry.content.get("kind") != SAYS_ERASED:
        return []
    named = entry.facts.get("erased")
    return [str(seal) for seal in named] if isinstance(named, list) else []


def _opened(entry: Said) -> Iterator[Discrepancy]:
    """What is kept beside the entry is what was sealed."""
    seals = entry.seals
    for path, kept in entry.opening.items():
        seal, pk = seals.get(path), f"{entry.pk} {path}"
        if seal is None:
            yield _of_seal(pk, "path, entry_id", None, path, entry.number)
        elif not opens(kept, seal):
            yield _of_seal(pk, "salt, value", MASKED, MASKED, entry.number)


def keep(into: str, found: list[tuple[Any, ...]]) -> None:
    """Write rows to a temporary table, each of them once."""
    if found:
        with connection.cursor() as cursor:
            sql = f"INSERT INTO pg_temp.{into} VALUES %s ON CONFLICT DO NOTHING"  # noqa: S608
            execute_values(cursor.cursor, sql, found, page_size=len(found))


def _of_seal(
    pk: Any, column: str, expected: Any, found: Any, number: int | None
) -> Discrepancy:
    pk = str(pk)
    return Discrepancy(
        "sealed", "audit_commitment", pk, column, expected, found, number
    )
