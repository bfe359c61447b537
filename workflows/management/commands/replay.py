from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflows.replay import database
from workflows.replay.company import divisions
from workflows.replay.player import play
from workflows.replay.reading import Malformed
from workflows.replay.report import Case, case_of
from workflows.replay.scenario import Scenario, read

FAILED, MALFORMED = 1, 2


class Command(BaseCommand):
    help = (
        "按场景文件把事项从头到尾办一遍，与页面上办的是同样的事；"
        "用一个单独的数据库，办完就删。"
        "都符合：退出码 0；有一处不符：1；文件写得不对：2。"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
        parser.add_argument("--keep", action="store_true", help="留下数据库")

    def handle(self, *args: Any, **options: Any) -> None:
        scenarios = self.read(options["files"], as_json=options["json"])
        cases: list[Case] = []
        try:
            with database.of_its_own(keep=options["keep"]) as name:
                for case in played(scenarios):
                    cases.append(case)
                    if not options["json"]:
                        self.tell(case)
        except database.CannotPrepare as reason:
            raise CommandError(_("建不了数据库：%s") % reason) from None
        if options["json"]:
            self.stdout.write(json.dumps({"cases": cases}, ensure_ascii=False))
        if options["keep"]:
            self.stderr.write(_("数据库留在：%s") % name)
        if bad := sum(not case["ok"] for case in cases):
            raise CommandError(_("%s 个场景不符。") % bad, returncode=FAILED)

    def read(self, files: list[Path], *, as_json: bool) -> list[Scenario]:
        """All files, before anything is played."""
        scenarios, errors = [], []
        for file in files:
            try:
                scenarios.append(read(file))
            except Malformed as error:
                errors.append(error)
        if not errors:
            return scenarios
        if as_json:
            told = [error.as_json() for error in errors]
            self.stdout.write(json.dumps({"errors": told}, ensure_ascii=False))
        raise CommandError("\n".join(map(str, errors)), returncode=MALFORMED)

    def tell(self, case: Case) -> None:
        told = {
            "mark": _("符合") if case["ok"] else _("不符"),
            "case": case["case"],
            "stage": case["stage"],
            "sittings": len(case["sittings"]),
            "refusals": len(case["refusals"]),
            "entries": case["entries"],
        }
        self.stdout.write(
            _(
                "%(mark)s  %(case)s：%(stage)s，会议 %(sittings)s 次，"
                "拒绝 %(refusals)s 次，记录 %(entries)s 条"
            )
            % told
        )
        for failure in case["failures"]:
            self.stdout.write(f"      {failure}")


def played(scenarios: list[Scenario]) -> Iterator[Case]:
    """Each in a village of its own, one after another."""
    townships = divisions()
    for number, scenario in enumerate(scenarios, start=1):
        found = play(
            scenario,
            slug=f"replay-{number}",
            division=townships[scenario.ruleset != ""],
        )
        yield case_of(scenario, found.scene, found.refusals, found.failures)
