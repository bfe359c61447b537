"""Whatever was done to a matter, its dossier holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit import sequencer
from audit.dossier import Given
from audit.verify import examine
from tests.workflows.everywhere import Scene
from tests.workflows.everywhere import scene as scene  # noqa: PLC0414
from tests.workflows.test_replay import CASES, played
from workflows.dossier import write_dossier
from workflows.models import Matter

pytestmark = pytest.mark.django_db


def holds(matter: Matter, out: Path) -> None:
    with out.open("wb") as file:
        write_dossier(matter, file)
    report, defect = examine(out, Given(key=sequencer.signer().verifier))
    assert not defect
    assert len(report.checked) == 11


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_of_each_case(file: Path, tmp_path: Path) -> None:
    played(file)
    sequencer.sequence_all()
    holds(Matter.objects.get(), tmp_path / "dossier.zip")


def test_of_every_matter_in_a_village(scene: Scene, tmp_path: Path) -> None:
    for matter in Matter.objects.all():
        holds(matter, tmp_path / "dossier.zip")
