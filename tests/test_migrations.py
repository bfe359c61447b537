"""Nothing is missing from the migrations, and the database has what the SQL says."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from workflows import checks
from workflows.stage import Stage

pytestmark = pytest.mark.django_db

APPS = ("audit", "villages", "workflows")


def files() -> list[Path]:
    found = [
        path
        for app in APPS
        for path in sorted(Path(apps.get_app_config(app).path).glob("sql/*.sql"))
    ]
    assert len(found) >= 5
    return found


def ask(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


def test_no_migration_is_missing():
    call_command("makemigrations", *APPS, check=True, dry_run=True, stdout=StringIO())


def migrate(*targets: tuple[str, str | None]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))


def test_every_migration_can_be_undone_and_done_again():
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    before = set(ask("SELECT proname FROM pg_proc WHERE proname ~ %s", "^workflows_"))
    assert before
    migrate(("workflows", None))
    assert ask("SELECT proname FROM pg_proc WHERE proname ~ %s", "^workflows_") == []
    migrate(*leaves)
    again = ask("SELECT proname FROM pg_proc WHERE proname ~ %s", "^workflows_")
    assert set(again) == before


def test_the_stages_the_database_lets_follow_are_those_of_the_machine():
    pairs = ask(
        "SELECT old, new FROM unnest(%s) AS old, unnest(%s) AS new "
        "WHERE workflows_stage_may_follow(old, new)",
        Stage.values,
        Stage.values,
    )
    assert set(pairs) == checks.moves(checks.edges())


def test_the_functions_in_the_database_are_those_of_the_files():
    told = {}
    for path in files():
        text = path.read_text(encoding="utf-8")
        for name, body in re.findall(
            r"CREATE (?:OR REPLACE )?FUNCTION (\w+)\(.*?\$\$(.*?)\$\$", text, re.S
        ):
            told[name] = body
    known = dict(
        ask("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s)", list(told))
    )
    assert told
    assert known == told


def test_the_triggers_of_the_files_are_in_force():
    told = set()
    for path in files():
        text = path.read_text(encoding="utf-8")
        told |= set(re.findall(r"CREATE (?:\w+ ){0,3}TRIGGER (\w+)", text))
    known = ask(
        "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal AND "
        "tgname = ANY(%s)",
        sorted(told),
    )
    assert told
    assert {name for name, _enabled in known} == told
    assert {enabled for _name, enabled in known} == {"O"}


def test_no_trigger_is_in_force_that_no_file_tells_of():
    told = "".join(path.read_text(encoding="utf-8") for path in files())
    for (name,) in ask("SELECT DISTINCT tgname FROM pg_trigger WHERE NOT tgisinternal"):
        assert name in told
