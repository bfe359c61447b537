"""A good dossier, and what it takes to make a bad one of it.

    good                      the dossier of a matter with everything, and what was kept
    good.files                its files by name; `packed(files)` packs them again
    listed(files)             the same with a manifest that says what is there

The dossier is made once a module. A module that uses it is marked `django_db`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from audit import clock, proofs, sequencer
from audit.dossier import Given
from audit.models import Checkpoint
from audit.note import Signer, Verifier
from audit.prooffile import write_consistency
from audit.verify import examine
from tests import world as worlds
from tests.workflows import sitting_steps as steps
from tests.workflows.everywhere import Scene, undone
from tests.world import World
from workflows.acts import ballot as voting
from workflows.acts import decision, disclosure, implementation, objection, supervision
from workflows.dossier import write_dossier
from workflows.dossier.making import member, pack
from workflows.figures import Figures
from workflows.models import Matter
from workflows.stage import Stage

Files = dict[str, bytes]
Change = Callable[[Files], None]


@dataclass(frozen=True)
class Good:
    """A dossier that holds, the key of its log, and heads that were kept."""

    whole: bytes
    key: Verifier
    signer: Signer
    kept: dict[int, str]  # checkpoints by size
    roots: dict[int, bytes]  # of every size
    proofs: dict[int, str]  # from every size to the last
    file: Path

    @property
    def files(self) -> Files:
        return unpacked(self.whole)

    def judged(self, whole: bytes, **given: Any) -> tuple[list[str], str, list[str]]:
        """What holds of these bytes, the defect, and what could not be checked."""
        self.file.write_bytes(whole)
        report, defect = examine(self.file, Given(**given))
        return report.checked, defect, report.unchecked

    def first(self, start: str) -> str:
        """The first file whose name begins so."""
        return next(name for name in sorted(self.files) if name.startswith(start))


def unpacked(whole: bytes) -> Files:
    with ZipFile(BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files) -> bytes:
    """As dossiers are packed, but for the manifest, which is taken as it is."""
    out = BytesIO()
    manifest = files["manifest.json"]
    rest = {name: data for name, data in files.items() if name != "manifest.json"}
    pack(rest, out, clock.local(clock.now()))
    made = unpacked(out.getvalue())["manifest.json"]
    if made == manifest:
        return out.getvalue()
    return with_manifest(rest, manifest)


def with_manifest(files: Files, manifest: bytes) -> bytes:
    out = BytesIO()
    at = clock.local(clock.now())
    with ZipFile(out, "w") as archive:
        for name, data in [*sorted(files.items()), ("manifest.json", manifest)]:
            archive.writestr(member(name, at), data)
    return out.getvalue()


def listed(files: Files) -> Files:
    """The same files with a manifest that says what is there."""
    says = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in files.items()
        if name != "manifest.json"
    }
    manifest = json.dumps({"v": 1, "files": says}).encode()
    return {**files, "manifest.json": manifest}


def paper(name: str = "合同.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode() * 40)


def told_of(world: World) -> Matter:
    """A matter that was voted on live and on paper, shown and objected to."""
    matter = world.draft(amount=Decimal("38000"))
    ballot = steps.opened(world, matter)
    sheet = Scene.photograph()
    figures = Figures.by_hands(ballot.sitting.present, 4, 1)
    steps.perform(
        ballot, "count", voting.count, world.clerk, figures=figures, sheet=sheet
    )
    steps.perform(ballot, "witness", voting.witness, world.secretary)
    steps.perform(ballot, "declare", decision.declare, world.clerk)
    steps.sign(world, ballot.sitting, Scene.photograph(), paper("会议记录.pdf"))
    steps.sign(world, ballot.sitting, paper("签到册.pdf"), sort="sign_in")
    worlds.renew(matter)
    sequencer.sequence_all()
    while matter.stage != Stage.ANNOUNCED:
        world.carry_on(matter)
    photo, scan = Scene.photograph(), paper()
    hashes = [hashlib.sha256(f.read()).hexdigest() for f in (photo, scan)]
    photo.seek(0), scan.seek(0)
    notice = matter.notice_on_show
    given = {"of": notice, "photo": photo, "photo_hash": hashes[0]}
    world.do(matter, disclosure.post, world.clerk, **given)
    attached = {"name": "合同", "file": scan, "hash": hashes[1]}
    world.do(matter, implementation.attach, world.clerk, **attached)
    said = {"of": notice, "name": "李秀英", "text": "补贴算少了。"}
    brought = world.do(matter, objection.object_to, world.clerk, **said)
    sequencer.sequence_all()
    no = {"of": brought, "outcome": "dismissed", "text": "按登记发放。"}
    world.do(matter, objection.answer, world.director, **no)
    world.do(matter, supervision.suggest, world.supervisor1, text="请公布名单。")
    sequencer.sequence_all()
    return matter


@pytest.fixture(scope="module")
def good(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Good:
    folder = tmp_path_factory.mktemp("dossier")
    with override_settings(MEDIA_ROOT=folder), django_db_blocker.unblock(), undone():
        try:
            matter, out = told_of(worlds.build()), BytesIO()
            write_dossier(matter, out)
            heads = list(Checkpoint.objects.all())
            last = heads[-1]
            sizes = range(1, last.size + 1)
            paths = {size: proofs.consistency(size, last) for size in sizes}
            signer = sequencer.signer()
            made = Good(
                out.getvalue(),
                signer.verifier,
                signer,
                {head.size: head.note for head in heads},
                {size: proofs.root_at(size) for size in sizes},
                {n: write_consistency(n, path, last.note) for n, path in paths.items()},
                folder / "judged.zip",
            )
        finally:
            clock.move(None)
    return made
