from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from workflows import strays
from workflows.stage import Stage

FOUND = 1


class Command(BaseCommand):
    help = (
        "核对每件事项的待办是不是它所在阶段的那一件。"
        "都相符：退出码 0；有不符的，逐件列出：1。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="不符的，重建待办")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        found = repaired = 0
        if options["json"]:
            self.stdout.write('{"found": [', ending="")
        for pk, stray in strays.strays():
            self.tell(stray, first=found == 0, as_json=options["json"])
            found += 1
            repaired += options["repair"] and strays.put_right(pk)
        if options["json"]:
            self.stdout.write(f'], "repaired": {repaired}}}')
        else:
            self.stdout.write(summary(found, repaired))
        if found:
            raise SystemExit(FOUND)

    def tell(self, stray: strays.Stray, *, first: bool, as_json: bool) -> None:
        """One matter, as soon as it is found."""
        if as_json:
            text = json.dumps(stray.as_json(), ensure_ascii=False)
            self.stdout.write(text if first else f", {text}", ending="")
            return
        nothing = _("无")
        sentence = _(
            "%(village)s 第 %(number)s 号，%(stage)s：应有 %(owed)s，现有 %(found)s"
        )
        facts = {
            "village": stray.village,
            "number": stray.number,
            "stage": Stage(stray.stage).label,
            "owed": stray.owed or nothing,
            "found": "、".join(stray.found) or nothing,
        }
        self.stdout.write(sentence % facts)


def summary(found: int, repaired: int) -> str:
    if not found:
        return _("每件事项的待办都与阶段相符。")
    if repaired:
        return _("有 %(found)s 件事项的待办与阶段不符，已重建 %(repaired)s 件。") % {
            "found": found,
            "repaired": repaired,
        }
    return _("有 %(found)s 件事项的待办与阶段不符，加 --repair 重建。") % {
        "found": found
    }
