"""What was erased or changed since is told, by the dossier and by who makes it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test import Client

from audit import clock, sequencer
from audit.dossier import Given
from audit.verify import examine
from tests.workflows import sitting_steps as steps
from tests.workflows.dossiers import listed, packed, paper, unpacked
from tests.workflows.test_export_dossier import export, made
from tests.workflows.test_export_dossier import matter as matter  # noqa: PLC0414
from tests.world import World
from tests.world import world as world  # noqa: PLC0414
from workflows.acts import sitting as keeping
from workflows.models import Matter, Objection

pytestmark = pytest.mark.django_db


def test_what_was_erased_is_said_to_be(world: World, matter: Matter, tmp_path: Path):
    """Salts and values are gone, a roster line is gone: everything else holds."""
    objection = Objection.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM audit_commitment c USING audit_entry e WHERE e.id = c.entry_id"
            " AND e.subject = %s AND c.path IN ('/facts/name', '/facts/text')",
            [objection.subject],
        )
    Objection.objects.update(name="", text="")
    out = tmp_path / "out.zip"
    out.write_bytes(made(matter))
    report, defect = examine(out, Given())
    assert not defect
    told = next(line for line in report.unchecked if "没有打开" in line)
    assert "3 项" in told
    assert "李秀英" not in unpacked(out.read_bytes())["index.html"].decode()


def test_rows_that_were_changed_are_told(world: World, matter: Matter, tmp_path: Path):
    Objection.objects.update(answer="另一个答复。")
    with pytest.raises(CommandError, match=r"objection/.* 的 answer"):
        export(matter.uid, tmp_path / "out.zip")


def test_sheets_of_a_sitting_on_paper(world: World, matter: Matter, tmp_path: Path):
    """What was photographed is held against what the entry says of it."""
    sheets = keeping.Scans(paper("签到册.pdf"), paper("计票单.pdf"))
    call = steps.call(
        world,
        matter,
        held_at=clock.now() - timedelta(hours=1),
        noticed_at=clock.now() - timedelta(days=11),
    )
    came = keeping.Came(in_person=5)
    keeping.record_paper(matter.village, call, came, actor=world.clerk, scans=sheets)
    sequencer.sequence_all()
    out = tmp_path / "out.zip"
    out.write_bytes(made(matter))
    report, defect = examine(out, Given())
    assert not defect
    sheet = next(
        n for n in unpacked(out.read_bytes()) if n.endswith("sign_in_sheet.pdf")
    )
    assert not any(sheet in line for line in report.unchecked)
    files = unpacked(out.read_bytes())
    files[sheet] = b"%PDF another"
    out.write_bytes(packed(listed(files)))
    assert examine(out, Given())[1].endswith(f"（换过）：{sheet}")


def test_a_file_that_was_exchanged_is_told(matter: Matter, tmp_path: Path):
    path = Path(matter.documents.get().file.path)
    path.write_bytes(b"%PDF another")
    with pytest.raises(CommandError, match="attachments/documents-1.pdf"):
        export(matter.uid, tmp_path / "out.zip")


def test_the_page_has_the_button_for_officers(world: World, matter: Matter):
    client = Client()
    address = f"/matters/{matter.village.slug}/{matter.number}/"
    for person, has in (("supervisor1", True), ("rep01", False), ("party01", False)):
        client.force_login(
            getattr(world, person), "django.contrib.auth.backends.ModelBackend"
        )
        html = client.get(address).content.decode()
        assert (f'href="{address}dossier/"' in html) is has
