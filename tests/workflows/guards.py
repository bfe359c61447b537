"""What the tests of the database's promises share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit.log import record
from tests.world import World
from workflows.models import Matter


@contextmanager
def refused(promise: str) -> Iterator[None]:
    """The database refuses the block, at its end at the latest, by that promise."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()
    assert caught.value.__cause__.diag.constraint_name == promise


@contextmanager
def refused_at_commit(why: str) -> Iterator[None]:
    """A real transaction, which fails when it ends if not before."""
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        yield


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def write_entry(world: World, matter: Matter, *, to: str, come_from: str) -> None:
    """An entry as any act might write it, saying that the matter moved."""
    clerk = world.cast.acting("clerk")
    record("matter.archived", matter, clerk, from_stage=come_from, stage=to)
