from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit import clock
from villages.columns import COLUMNS, REQUIRED
from villages.models import Village
from villages.register import Enrolled, Fault, Faulty, enrol, read

MALFORMED = 2


def day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise ArgumentTypeError(_("日期要写成 2026-01-01 这样。")) from None


class Command(BaseCommand):
    help = (
        "把一个村的花名册（CSV，UTF-8 或 GBK）读入；有一处不对，整份都不写入。"
        f"必有的列：{'、'.join(c for c in COLUMNS if c in REQUIRED)}；"
        f"可有的列：{'、'.join(c for c in COLUMNS if c not in REQUIRED)}。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("village", help="村的编号，例如 140724200205")
        parser.add_argument("file", type=Path, help="CSV 文件")
        parser.add_argument(
            "--since",
            type=day,
            help="任职从哪天算起，例如 2026-01-01（默认今天）",
        )
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            enrolled = self.enrol(
                options["village"], options["file"], options["since"] or clock.today()
            )
        except Faulty as faulty:
            self.refuse(faulty, as_json=options["json"])
        else:
            self.report(enrolled, as_json=options["json"])

    def enrol(self, slug: str, file: Path, since: date) -> Enrolled:
        village = Village.objects.filter(slug=slug).first()
        if village is None:
            raise Faulty([Fault(0, _("没有编号是 %(slug)s 的村。") % {"slug": slug})])
        try:
            content = file.read_bytes()
        except OSError as error:
            wrong = {"file": file.name, "reason": error.strerror}
            sentence = _("读不了 %(file)s：%(reason)s。") % wrong
            raise Faulty([Fault(0, sentence)]) from None
        return enrol(village, read(content), since)

    def refuse(self, faulty: Faulty, *, as_json: bool) -> None:
        if as_json:
            faults = [{"row": f.row, "error": f.error} for f in faulty.faults]
            self.say({"ok": False, "errors": faults})
        else:
            for fault in faulty.faults:
                self.stderr.write(str(fault))
        raise CommandError(_("整份没有写入，改好再传。"), returncode=MALFORMED)

    def report(self, enrolled: Enrolled, *, as_json: bool) -> None:
        if as_json:
            self.say({"ok": True, "errors": [], **vars(enrolled)})
            return
        self.stdout.write(
            _("已写入：%(residents)s 人，%(households)s 户，%(seats)s 个席位。")
            % vars(enrolled)
        )

    def say(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
