"""A database of its own for each replay, cloned from one that is migrated already."""

from __future__ import annotations

import hashlib
import secrets
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError

PREFIX = "sixu_replay_"
RUNNING, KEPT, MIGRATED = f"{PREFIX}run_", f"{PREFIX}kept_", f"{PREFIX}migrated_"
UNFINISHED = f"{PREFIX}unfinished"
# One at a time prepares and clones; each run holds its own database by its name.
PREPARING = 0x51F0


class CannotPrepare(Exception):
    """No database could be made on this server; says why."""


class Server:
    """The server on which everything else runs, seen from its usual database."""

    def __init__(self) -> None:
        self.connection = connection.copy()
        self.home: str = connection.settings_dict["NAME"]

    def run(self, sql: str, *parameters: str | int) -> list[tuple[object, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        self.connection.close()

    def names(self, prefix: str) -> list[str]:
        found = self.run(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", prefix
        )
        return [str(name) for (name,) in found]

    def create(self, name: str, template: str) -> None:
        quote = self.connection.ops.quote_name
        self.run(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template)}")

    def drop(self, name: str) -> None:
        quoted = self.connection.ops.quote_name(name)
        self.run(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")

    def hold(self, name: str) -> bool:
        """Whether this database is now ours: nobody who still runs holds it."""
        [(held,)] = self.run(
            "SELECT pg_try_advisory_lock(%s, hashtext(%s))", PREPARING, name
        )
        return bool(held)

    def let_go(self, name: str) -> None:
        self.run("SELECT pg_advisory_unlock(%s, hashtext(%s))", PREPARING, name)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else prepares a database meanwhile."""
        self.run("SELECT pg_advisory_lock(%s)", PREPARING)
        try:
            yield
        finally:
            self.run("SELECT pg_advisory_unlock(%s)", PREPARING)


@contextmanager
def of_its_own(*, keep: bool = False) -> Iterator[str]:
    """Everything inside happens in a new database, dropped afterwards unless kept."""
    with closing(Server()) as server:
        name = f"{KEPT if keep else RUNNING}{secrets.token_hex(6)}"
        try:
            prepare(server, name)
        except DatabaseError as error:
            raise CannotPrepare(str(error).strip()) from error
        try:
            with working_in(name):
                yield name
        finally:
            if not keep:
                server.drop(name)


def prepare(server: Server, name: str) -> None:
    """Clear away what killed runs have left, and clone the migrated database."""
    with server.alone():
        server.hold(name)
        for left in server.names(RUNNING):
            if server.hold(left):
                server.drop(left)
                server.let_go(left)
        server.create(name, migrated(server))


def migrated(server: Server) -> str:
    """The database to clone: made anew whenever the migrations are others."""
    name = MIGRATED + fingerprint_of_migrations()
    known = server.names(MIGRATED)
    if name not in known:
        server.drop(UNFINISHED)
        server.create(UNFINISHED, "template1")
        with working_in(UNFINISHED):
            call_command("migrate", interactive=False, verbosity=0)
        quote = server.connection.ops.quote_name
        server.run(f"ALTER DATABASE {quote(UNFINISHED)} RENAME TO {quote(name)}")
    for older in known:
        if older != name:
            server.drop(older)
    return name


def fingerprint_of_migrations() -> str:
    """Changes whenever a migration or a piece of its SQL does."""
    modules = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    files = {Path(str(sys.modules[one.__module__].__file__)) for one in modules}
    for app in apps.get_app_configs():
        files.update(Path(app.path, "sql").glob("*.sql"))
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """The process's usual connection leads to another database of the server."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
