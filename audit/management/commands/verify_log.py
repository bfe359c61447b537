from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.discrepancy import Discrepancy
from audit.sequencer import verifiers
from audit.verification import Run
from audit.verification.kept import Kept, NotKept, read

FOUND, MALFORMED = 1, 2
WIDTH = 30


class Command(BaseCommand):
    help = (
        "把全部记录重新算一遍：记录、编号、树、存证、封存内容，以及各表是否与记录相符。"
        "都相符：退出码 0；有不符的，逐项列出：1；--against 的文件不是存证：2。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
        parser.add_argument(
            "--against",
            type=Path,
            metavar="FILE",
            help="留存的存证，或照纸上打的三行：现在的日志是不是从它延续来的",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run(kept(options["against"]))
        bar = Bar(self.stderr) if self.stderr.isatty() else None
        if bar is not None:
            run.progress = bar.show
        if options["json"]:
            self.stdout.write('{"discrepancies": [', ending="")
        for number, discrepancy in enumerate(run.run()):
            if bar is not None:
                bar.clear()
            self.tell(discrepancy, first=number == 0, as_json=options["json"])
        if bar is not None:
            bar.clear()
        if options["json"]:
            self.stdout.write(f"], {json.dumps(outcome(run))[1:]}")
        else:
            self.stdout.write(in_words(run, against=options["against"]))
        if not run.ok:
            raise SystemExit(FOUND)

    def tell(self, found: Discrepancy, *, first: bool, as_json: bool) -> None:
        """One of them, as soon as it is found."""
        if as_json:
            text = json.dumps(found.as_json(), ensure_ascii=False)
            self.stdout.write(text if first else f", {text}", ending="")
        else:
            self.stdout.write(found.sentence)


def kept(file: Path | None) -> Kept | None:
    """The checkpoint in that file."""
    if file is None:
        return None
    try:
        return read(file.read_text(encoding="utf-8"), verifiers())
    except (OSError, UnicodeDecodeError, NotKept) as reason:
        told = {"file": file, "reason": reason}
        why = _("%(file)s：%(reason)s") % told
        raise CommandError(why, returncode=MALFORMED) from None


def outcome(run: Run) -> dict[str, Any]:
    return {
        "ok": run.ok,
        "size": run.size,
        "root": run.root.hex(),
        "unsequenced": run.unsequenced,
        "erased": run.erased,
    }


def in_words(run: Run, *, against: Path | None) -> str:
    facts = outcome(run) | {"found": run.found}
    if not run.ok:
        return _("有 %(found)s 处不符。现有记录 %(size)s 条，根 %(root)s。") % facts
    told = _("记录完整：共 %(size)s 条，根 %(root)s") % facts
    if run.unsequenced:
        told += _("，另有 %(unsequenced)s 条待编号") % facts
    if run.erased:
        told += _("，依法删去封存内容 %(erased)s 处") % facts
    if against is not None:
        told += _("，是从留存的存证延续来的")
    return f"{told}。"


class Bar:
    """How far it is, in one line of the terminal that is written over."""

    def __init__(self, stream: Any) -> None:
        self._stream: TextIO = getattr(stream, "_out", stream)
        self._shown = ""

    def show(self, what: str, done: int, total: int) -> None:
        part = done / total if total else 1
        bar = ("#" * round(part * WIDTH)).ljust(WIDTH)
        line = f"[{bar}] {part:4.0%} {what}"
        if line != self._shown:
            self._shown = line
            self._stream.write(f"\r{line}\033[K")
            self._stream.flush()

    def clear(self) -> None:
        if self._shown:
            self._shown = ""
            self._stream.write("\r\033[K")
            self._stream.flush()
