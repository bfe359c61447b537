"""Whatever was done to a matter, its dossier holds."""

from __future__ import annotations

import pytest

from audit.dossier import Given
from audit.verify import examine
from tests.workflows.everywhere import Scene
from tests.workflows.everywhere import scene as scene  # noqa: PLC0414
from workflows.dossier import write_dossier
from workflows.models import Matter

pytestmark = pytest.mark.django_db


def test_of_every_matter_there_is(scene: Scene, tmp_path) -> None:
    out = tmp_path / "dossier.zip"
    for matter in Matter.objects.all():
        with out.open("wb") as file:
            write_dossier(matter, file)
        report, defect = examine(out, Given())
        assert not defect, (matter.pk, matter.stage)
        assert len(report.checked) == 11
