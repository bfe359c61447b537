"""tests/conftest.py empties an append-only database, and nothing else does."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from audit.log import record
from audit.models import Entry

CLERK = SimpleNamespace(office="clerk", place="140724200205", person="12:王文书")
SITTING = SimpleNamespace(
    subject="sitting/0123456789", village=SimpleNamespace(slug="140724200205")
)


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_to_the_record_does_not_outlive_it(time):
    assert not Entry.objects.exists()
    with transaction.atomic():
        record("sitting.closed", SITTING, CLERK, items=1)


@pytest.mark.django_db
def test_the_record_cannot_be_emptied_otherwise():
    with (
        pytest.raises(DatabaseError, match="never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_entry CASCADE")
