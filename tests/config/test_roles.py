"""The two database roles of docs/operations.md do what it says of them."""

import os
import re
import subprocess
import sys

import psycopg2
import pytest

from config import embedded
from config.settings import BASE_DIR

HOLD = "import config.embedded as e; e.hold(); print('ready', flush=True); input()"
FORBIDDEN = [
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "TRUNCATE audit_entry",
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger"
    " LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
]
OURS = """
    SELECT relname, bool_and(has_table_privilege(oid, privilege))
    FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) privilege
    WHERE relkind = 'r' AND relname ~ '^(audit|villages|workflows)_'
    GROUP BY relname
"""


@pytest.fixture
def server(var_dir):
    """A PostgreSQL of the test's own, for roles belong to a whole server."""
    command = [sys.executable, "-c", HOLD]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    holder = subprocess.Popen(command, cwd=BASE_DIR, text=True, **pipes)
    assert holder.stdout.readline() == "ready\n"
    yield embedded.uri()
    holder.communicate("\n")


def address(server, role):
    return server.replace("postgres@/postgres?", f"{role}@/sixu?", 1)


def execute(uri, statements):
    connection = psycopg2.connect(uri)
    connection.autocommit = True
    for statement in statements.split(";"):
        if statement.strip():
            connection.cursor().execute(statement)
    connection.close()


@pytest.mark.slow
def test_the_service_can_do_its_work_but_not_switch_off_the_guards(server):
    manual = (BASE_DIR / "docs" / "operations.md").read_text()
    recipe = re.search(r"```sql\n(.*?)```", manual, re.DOTALL)[1]
    for_server, for_database = recipe.split("\\c sixu")
    execute(server, for_server)
    execute(address(server, "postgres"), for_database)

    owner = os.environ | {"DATABASE_URL": address(server, "sixu_owner")}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=BASE_DIR, env=owner, check=True)

    service = psycopg2.connect(address(server, "sixu"))
    service.autocommit = True
    cursor = service.cursor()
    cursor.execute(OURS)
    tables = dict(cursor.fetchall())
    assert len(tables) > 10
    assert all(tables.values())
    for statement in FORBIDDEN:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(statement)
    service.close()
