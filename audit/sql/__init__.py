"""The database's half, as SQL files that migrations run."""

from __future__ import annotations

from pathlib import Path

from django.db.migrations import RunSQL


def run(migration: str, name: str, *, undo: str = RunSQL.noop) -> RunSQL:
    """Run `<app>/sql/<name>` in the migration whose __file__ is given.

    The file holds what the database has today; each statement in it can be run again,
    so that a later migration brings a changed file to databases that ran the former.
    `undo` takes away what the file makes today, and is the one thing that follows it in
    a migration that has been run.
    """
    script = Path(migration).parent.parent / "sql" / name
    return RunSQL(script.read_text(encoding="utf-8"), undo)
