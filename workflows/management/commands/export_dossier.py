from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit import sequencer, verify
from audit.dossier import Given
from audit.note import BadNote, open_checkpoint
from workflows.dossier import NotNumbered, write_dossier
from workflows.models import Matter


class Command(BaseCommand):
    help = (
        "把一件事项的卷宗导出成一个 ZIP，可在另一台电脑上用 "
        "python -m audit.verify 核对。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "matter", metavar="MATTER", help="事项的公开编号，或 村编号/事项号"
        )
        parser.add_argument("out", metavar="OUT.zip", type=Path, help="写到哪里")
        parser.add_argument(
            "--kept",
            metavar="CHECKPOINT",
            type=Path,
            action="append",
            default=[],
            help="留存的存证：卷宗里附上它到现在的证明，可以写几次",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        matter, out = found(options["matter"]), options["out"]
        kept = [size_of(path) for path in options["kept"]]
        try:
            # Nobody finds half a dossier under its name.
            with NamedTemporaryFile(dir=out.parent, delete=False) as file:
                try:
                    write_dossier(matter, file, kept)
                    os.replace(file.name, out)
                except BaseException:
                    os.unlink(file.name)
                    raise
        except NotNumbered:
            raise CommandError(
                _("还有没编号的办理记录，没有导出。请先运行 manage.py sequence_log。")
            ) from None
        except OSError as why:
            raise CommandError(
                _("写不到 %(out)s：%(why)s") % {"out": out, "why": why}
            ) from None
        self.look_at(out)

    def look_at(self, out: Path) -> None:
        """What was written must hold; it does not where rows or files were changed."""
        key = sequencer.signer().verifier
        _report, defect = verify.examine(out, Given(key=key))
        if defect:
            raise CommandError(
                _("卷宗已写到 %(out)s，但核对不通过：%(defect)s")
                % {"out": out, "defect": defect}
            )
        self.stdout.write(_("卷宗已写到 %(out)s，已经核对过。") % {"out": out})


def found(asked: str) -> Matter:
    """By public id, or by village and number."""
    village, slash, number = asked.partition("/")
    matters = Matter.objects.select_related("village__division__parent", "follows")
    if not slash:
        matter = matters.filter(uid=asked).first()
    elif number.isascii() and number.isdigit() and len(number) < 10:  # noqa: PLR2004
        matter = matters.filter(village__slug=village, number=int(number)).first()
    else:
        matter = None
    if matter is None:
        raise CommandError(_("没有这件事项：%(asked)s") % {"asked": asked})
    return matter


def size_of(path: Path) -> int:
    """How many entries the kept checkpoint speaks of."""
    try:
        return open_checkpoint(path.read_bytes(), sequencer.verifiers()).size
    except OSError:
        raise CommandError(_("打不开：%(path)s") % {"path": path}) from None
    except BadNote:
        raise CommandError(_("不是本系统签的存证：%(path)s") % {"path": path}) from None
