from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from audit import sequencer
from audit.models import Unsequenced


class Command(BaseCommand):
    help = "给等着的办理记录编号，签出新的存证。后台每几秒自动做一次，这是手工做。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            numbered = sequencer.sequence_all()
        except sequencer.CannotSign as reason:
            raise CommandError(str(reason)) from reason
        told = standing() | {"numbered": numbered}
        as_json = options["json"]
        self.stdout.write(json.dumps(told) if as_json else in_words(told))


def standing() -> dict[str, Any]:
    last = sequencer.newest()
    return {
        "size": last.head.size if last else 0,
        "root": last.head.root.hex() if last else None,
        "short": last.head.short if last else None,
        "waiting": Unsequenced.objects.count(),
    }


def in_words(told: dict[str, Any]) -> str:
    if told["waiting"]:
        # Somebody else works, or something was recorded this very moment.
        left = _("还有 %(waiting)s 条等着，由正在运行的另一个编号程序去编。") % told
    else:
        left = ""
    if not told["size"]:
        return left or _("还没有办理记录。")
    done = _("编了 %(numbered)s 条，记录共 %(size)s 条，短码 %(short)s。") % told
    return done + left
