"""The rows of a dossier against what its entries say of them.

A row nobody spoke of, a column that differs, a stage that does not follow from the one
before is a discrepancy. Needs the standard library alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from .plain import canonical
from .telling import UNOPENED, Story

Rows: TypeAlias = Mapping[str, Mapping[str, Any]]

# Rows that entries do not speak of by themselves.
SILENT = ("village", "resolutions/")


def discrepancies(story: Story, rows: Rows) -> Iterator[str]:
    """Where the rows are not what the entries say."""
    yield from story.wrong
    for row in sorted(rows.keys() - story.rows.keys()):
        if not row.startswith(SILENT) and not _never_put(row, rows):
            yield f"{row}：没有办理记录说到它"
    for row, columns in story.rows.items():
        if row not in rows:
            yield f"{row}：办理记录说到它，卷宗里没有"
            continue
        for column, told in columns.items():
            found = rows[row].get(column)
            if told.value is not UNOPENED and not same(found, told.value):
                yield (
                    f"{row} 的 {column}：卷宗写的是 {_short(found)}，"
                    f"第 {told.entry} 号记录写的是 {_short(told.value)}"
                )
    yield from _resolutions(story, rows)


def _never_put(row: str, rows: Rows) -> bool:
    """A ballot on an agenda that was never opened has no entry of its own."""
    unput = row.startswith("ballot/") and row.count("/") == 1
    return unput and f"{row}/tallies/1" not in rows


def _resolutions(story: Story, rows: Rows) -> Iterator[str]:
    """Each resolution is what some entry says was decided."""
    columns = {"ballot": "ballot", "passed": "passed", "text_version": "text_version"}
    for name, row in rows.items():
        if name.startswith("resolutions/") and not any(
            row.get("resolved_on") == said["held_on"]
            and all(row.get(c) == said.get(f) for c, f in columns.items())
            for said in story.decisions
        ):
            yield f"{name}：没有办理记录说作过这个决议"


def same(found: Any, told: Any) -> bool:
    """Whether a column holds what was said; nothing said is nothing there."""
    nothing: tuple[Any, ...] = (None, "", [])
    if found in nothing or told in nothing:
        return found in nothing and told in nothing
    return canonical(found) == canonical(told)


def _short(value: Any) -> str:
    text = canonical(value).decode()
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004
