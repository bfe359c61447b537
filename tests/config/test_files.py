"""An upload is on disk exactly as long as something names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DataError, connection, transaction

from tests.world import lived_in
from tests.world import world as world  # noqa: PLC0414
from workflows.acts import Refused, implementation
from workflows.models import Document

PDF = b"%PDF-1.4 a paper"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return Path(tmp_path)


def files(disk: Path) -> list[bytes]:
    return [file.read_bytes() for file in disk.rglob("*") if file.is_file()]


def attach(world, matter, name: str = "合同") -> Document:
    given = {"name": name, "file": ContentFile(PDF, "a.pdf")}
    return implementation.attach(matter, actor=world.clerk, **given)


def test_what_an_act_brought_is_there_with_its_row(world, disk):
    kept = attach(world, world.draft())
    assert Path(kept.file.path).read_bytes() == PDF
    assert files(disk) == [PDF]


def test_an_act_that_is_refused_leaves_no_file(world, disk):
    matter = world.draft()

    @transaction.atomic
    def attach_and_refuse():
        attach(world, matter)
        assert files(disk) == [PDF]
        raise Refused([])

    with pytest.raises(Refused):
        attach_and_refuse()
    assert (files(disk), Document.objects.count()) == ([], 0)


def test_a_row_the_database_refuses_leaves_no_file(world, disk):
    matter = world.draft()
    with pytest.raises(DataError):
        attach(world, matter, name="长" * 101)
    assert files(disk) == []


def test_what_goes_on_after_a_refusal_keeps_its_own_file(world, disk):
    matter = world.draft()
    kept = attach(world, matter)
    with pytest.raises(DataError):
        attach(world, matter, name="长" * 101)
    assert files(disk) == [PDF]
    assert Path(kept.file.path).exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_stays_and_what_fails_at_the_end_goes(disk):
    with lived_in() as world:
        matter = world.draft()
        kept = attach(world, matter)
        connection.close()
        assert Path(kept.file.path).exists()
        with transaction.atomic():
            attach(world, matter)
            transaction.set_rollback(True)
        assert files(disk) == [PDF]
        with transaction.atomic():
            attach(world, matter)
            connection.close()
        assert files(disk) == [PDF]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_there_at_once(disk):
    default_storage.save("a.pdf", ContentFile(PDF))
    assert files(disk) == [PDF]
