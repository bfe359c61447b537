"""An uploaded file that was exchanged or taken away is told by verify_log."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.tampering import verified
from tests.workflows.everywhere import photographed
from workflows.kept_files import COPIES, FILES
from workflows.models import Tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(world, settings, tmp_path) -> Path:
    """A tally sheet that was photographed and uploaded."""
    settings.MEDIA_ROOT = tmp_path
    return Path(photographed(world).tally.sheet.path)


def told(sheet: Path) -> list[tuple[str, str, str | None]]:
    found = [each for each in verified() if each.check == "files"]
    recorded = Tally.objects.get(sheet=str(sheet.relative_to(sheet.parents[2])))
    assert all(each.pk == str(recorded.pk) for each in found)
    assert all(each.expected == recorded.sheet_hash for each in found)
    return [(each.table, each.column, each.found) for each in found]


def test_a_file_that_was_kept_is_not_told(sheet):
    assert told(sheet) == []


def test_a_file_that_was_exchanged_is_told(sheet):
    sheet.write_bytes(sheet.read_bytes() + b"\0")
    ((table, column, found),) = told(sheet)
    assert (table, column) == ("workflows_tally", "sheet")
    assert found is not None


def test_a_file_that_is_gone_is_told(sheet):
    sheet.unlink()
    assert told(sheet) == [("workflows_tally", "sheet", None)]


def test_every_file_of_the_procedure_is_compared():
    fields = {
        (model, field.name)
        for model in apps.get_app_config("workflows").get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField)
    }
    assert {(model, name) for model, name, _hashed in FILES} | {*COPIES} == fields
