from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import witnesses

REASONS = {
    "no_key": lazy("这不是公钥。请照 python -m audit.cosign --new-key 打印的整行写。"),
    "not_of_a_witness": lazy("这是一本账的公钥，不是见证人的。"),
    "known": lazy("这个名称的公钥已经登记过。换密钥的，请换一个名称。"),
}


class Command(BaseCommand):
    help = "登记一位见证人的公钥，以后收他在存证上的签名。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="见证人，例如 王家山村村务监督委员会")
        parser.add_argument(
            "vkey", help="公钥，python -m audit.cosign --new-key 打印的"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            witness = witnesses.register(options["name"], options["vkey"])
        except witnesses.NotTaken as wrong:
            raise CommandError(str(REASONS[wrong.code])) from None
        self.stdout.write(_("已登记见证人：%(name)s。") % {"name": witness.name})
