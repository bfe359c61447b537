from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.models import Commitment
from villages.models import Village
from workflows import erasure

LONGEST = 60  # of what was sealed, as it is shown before it goes
AGREED = "删去"


class Command(BaseCommand):
    help = (
        "删去一个人封存在办理记录里的信息，抹去异议里的姓名、电话。"
        "记录本身、编号和证明都不变；删去了哪些，另记一条。"
        "名册、任职里依法要留的姓名不动。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("village", nargs="?", help="村的编号，例如 140724200205")
        parser.add_argument("who", nargs="?", help="姓名，或者花名册上的编号")
        parser.add_argument("--account", help="账号；不按村和姓名找，按账号找")
        parser.add_argument("--yes", action="store_true", help="不再问，直接删去")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = self.person(options)
        except erasure.NotFound as wrong:
            raise CommandError(str(wrong)) from None
        rows = list(person.commitments.select_related("entry__leaf"))
        if not rows and not person.objections:
            self.stdout.write(_("没有封存过%(who)s的信息。") % {"who": person.label})
            return
        self.show(person, rows)
        if not options["yes"] and not self.agreed():
            raise CommandError(_("没有删去。"))
        done = erasure.erase(person)
        self.stdout.write(
            _("已删去 %(n)s 处，抹去 %(m)s 条异议里的姓名、电话，并已记录。")
            % {"n": done, "m": len(person.objections)}
        )

    def person(self, options: dict[str, Any]) -> erasure.Person:
        if options["account"]:
            return erasure.account_of(options["account"])
        if not options["village"] or not options["who"]:
            raise CommandError(_("请写明村的编号和姓名（编号），或者用 --account。"))
        village = Village.objects.filter(slug=options["village"]).first()
        if village is None:
            wrong = {"slug": options["village"]}
            raise CommandError(_("没有编号是 %(slug)s 的村。") % wrong)
        return erasure.resident_of(village, options["who"])

    def show(self, person: erasure.Person, rows: list[Commitment]) -> None:
        self.stdout.write(_("要删去的，关于%(who)s：") % {"who": person.label})
        for row in rows:
            leaf = getattr(row.entry, "leaf", None)
            number = leaf.index if leaf else _("待编号")
            value = (
                row.value if len(row.value) <= LONGEST else row.value[:LONGEST] + "…"
            )
            self.stdout.write(f"  {number}\t{row.entry.label}\t{row.path}\t{value}")
        for objection in person.objections:
            words = _("  异议 %(no)s 的姓名、电话") % {"no": objection.uid}
            self.stdout.write(words)
        if person.namesakes:
            words = _("本村另有 %(n)s 个同名的人，提到他们的也在上面，请先核对。")
            self.stdout.write(words % {"n": person.namesakes})

    def agreed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError(_("加 --yes 才删去；删去后不能恢复。"))
        self.stdout.write(
            _("删去后不能恢复。确实要删，请输入“%(word)s”：") % {"word": AGREED}
        )
        return sys.stdin.readline().strip() == AGREED
