"""A dossier made twice is the same; one that would lack something is not made."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from audit import clock, sequencer
from audit.dossier import Given
from audit.models import Checkpoint, Leaf
from audit.verify import examine
from tests.workflows.dossiers import told_of, unpacked
from tests.world import World
from tests.world import world as world  # noqa: PLC0414
from workflows.acts import supervision
from workflows.dossier import NotNumbered, write_dossier
from workflows.models import Matter, Objection
from workflows.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(world: World, settings: Any, tmp_path: Path) -> Matter:
    settings.MEDIA_ROOT = tmp_path / "media"
    return told_of(world)


def made(matter: Matter) -> bytes:
    out = BytesIO()
    write_dossier(matter, out)
    return out.getvalue()


def page(world: World, matter: Matter, person: str = "clerk") -> Any:
    client = Client()
    client.force_login(
        getattr(world, person), "django.contrib.auth.backends.ModelBackend"
    )
    slug = matter.village.slug
    return client.get(f"/matters/{slug}/{matter.number}/dossier/")


def export(*words: Any) -> str:
    told = StringIO()
    call_command("export_dossier", *map(str, words), stdout=told)
    return told.getvalue()


def test_twice_the_same_whoever_asks_and_when(
    world: World, matter: Matter, tmp_path: Path
):
    first = made(matter)
    world.pass_days(400)
    with override("en"):
        assert made(Matter.objects.get(pk=matter.pk)) == first
    for person in ("clerk", "county"):
        answer = page(world, matter, person)
        assert b"".join(answer.streaming_content) == first
        assert answer["Content-Type"] == "application/zip"
        assert "%E5%8D%B7%E5%AE%97.zip" in answer["Content-Disposition"]
    out = tmp_path / "out.zip"
    assert "已经核对过" in export(matter.uid, out)
    assert out.read_bytes() == first
    export(f"{matter.village.slug}/{matter.number}", out)
    assert out.read_bytes() == first
    assert [path.name for path in tmp_path.glob("*.zip")] == ["out.zip"]


def test_before_the_deciding_sitting_it_does_not_turn_with_the_law(
    world: World, tmp_path: Path
):
    """The body that will decide follows from the day's rules."""
    matter = world.matter_at(Stage.PROPOSED, type="M13")
    sequencer.sequence_all()
    first = made(matter)
    clock.move(clock.now() - timedelta(days=400))
    assert made(Matter.objects.get(pk=matter.pk)) == first


def test_not_before_all_is_numbered(world: World, matter: Matter, tmp_path: Path):
    out = tmp_path / "out.zip"
    world.do(matter, supervision.suggest, world.supervisor1, text="再公布一次。")
    with pytest.raises(NotNumbered):
        made(matter)
    with pytest.raises(CommandError, match="sequence_log"):
        export(matter.uid, out)
    assert list(tmp_path.glob("*")) == [tmp_path / "media"]
    answer = page(world, matter)
    assert answer.status_code == 409
    assert "还有刚办的记录没有编上号" in answer.content.decode()
    sequencer.sequence_all()
    assert made(matter)


def test_an_act_in_between_is_noticed(world: World, matter: Matter, monkeypatch):
    """What was numbered after the checkpoint was read is not in its tree."""
    last = sequencer.newest()
    world.do(matter, supervision.suggest, world.supervisor1, text="再公布一次。")
    sequencer.sequence_all()
    monkeypatch.setattr(sequencer, "newest", lambda: last)
    with pytest.raises(NotNumbered):
        made(matter)


def test_a_kept_head_can_be_asked_for(matter: Matter, tmp_path: Path):
    """Of any size: the dossier then holds what leads from there to today's."""
    out, kept = tmp_path / "out.zip", tmp_path / "kept"
    head = Checkpoint.objects.first()
    kept.write_text(head.note)
    export(matter.uid, out, "--kept", kept)
    report, defect = examine(out, Given(kept=head.note))
    assert not defect
    assert "是同一本账" in report.checked[6]
    kept.write_text("x")
    with pytest.raises(CommandError, match="存证"):
        export(matter.uid, out, "--kept", kept)


@pytest.mark.parametrize("asked", ["nothing", "140724200205/999", "a/b", "/", "1/x"])
def test_a_matter_that_is_not_there(matter: Matter, tmp_path: Path, asked: str):
    with pytest.raises(CommandError, match="没有这件事项"):
        export(asked, tmp_path / "out.zip")


def test_what_must_not_leave_does_not(world: World, matter: Matter):
    """The telephone of who objected; and everybody else's entries."""
    Objection.objects.update(phone="13812345678")
    other = world.matter_at(Stage.DRAFTED, title="别的事")
    sequencer.sequence_all()
    files = unpacked(made(matter))
    assert not any(b"13812345678" in data for data in files.values())
    assert not any("别的事".encode() in data for data in files.values())
    theirs = Leaf.objects.filter(entry__subject=other.subject)
    assert not {f"entries/{leaf.index:012d}.json" for leaf in theirs} & files.keys()
