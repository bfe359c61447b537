"""A database to test in, and a browser to look with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import testcases

from config import embedded

CHROMIUM = shutil.which("chromium")
# Debian's golang-go, and where its golang-golang-x-mod-dev lies.
GO, GO_PACKAGES = shutil.which("go"), Path("/usr/share/gocode")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    # A million rounds per password would be most of what the suite does.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Pages are tested without collectstatic; tests/config/test_static.py runs it.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }
    settings.WHITENOISE_AUTOREFRESH = True
    # Playwright keeps an event loop running in the thread of the tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    from workflows.printing import press  # once Django is set up

    has_go = GO and (GO_PACKAGES / "src/golang.org/x/mod/sumdb").is_dir()
    prints = shutil.which("pdftotext") and not press.switched_off()
    scans = shutil.which("zbarimg") and shutil.which("pdftoppm")
    for marker, what, there in (
        ("browser", "Chromium", CHROMIUM),
        ("go", "Go with golang.org/x/mod", has_go),
        ("paper", "what printing needs", prints),
        ("scan", "zbarimg and pdftoppm", scans),
    ):
        in_need = [item for item in items if item.get_closest_marker(marker)]
        if in_need and not there:
            if os.environ.get("CI"):
                raise pytest.UsageError(f"CI has no {what}, which tests need")
            for item in in_need:
                item.add_marker(pytest.mark.skip(reason=f"{what} is not installed"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Start the embedded server before the first test that needs a database.

    Tests that run side by side have databases of their own on it.
    """
    if embedded.is_used():
        embedded.hold()


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_guards() -> Iterator[None]:
    """Empty the database after `transaction=True` although the record is append-only.

    Django empties it with TRUNCATE, which the guards refuse as they should.
    """
    refused = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        refused(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def drop_the_database_under_whoever_is_in_it() -> Iterator[None]:
    """A thread of the live server may keep its connection until after the last test."""

    def drop(self: DatabaseCreation, test_database_name: str, verbosity: int) -> None:
        name = self.connection.ops.quote_name(test_database_name)
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "_destroy_test_db", drop)
        yield


@pytest.fixture(scope="session", autouse=True)
def serve_static_files_live() -> Iterator[None]:
    """Let `live_server` find our files.

    pytest-django 4.14 looks for Django's own app by name, and ours stands in for it
    (live_server_helper.py).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testcases, "_StaticFilesHandler", StaticFilesHandler)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": CHROMIUM_ARGUMENTS,
    }
