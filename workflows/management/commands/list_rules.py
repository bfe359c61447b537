"""Write docs/law.md: every rule and its article."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflows.rulebook import BOOK
from workflows.rulebook.document import law_page


class Command(BaseCommand):
    help = "把规则库写成一页 docs/law.md；--check 只看它是不是最新的。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="不写，只比较")

    def handle(self, *, check: bool, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "law.md"
        text = law_page(BOOK)
        if not check:
            page.parent.mkdir(exist_ok=True)
            page.write_text(text, encoding="utf-8")
            self.stdout.write(f"已写入 {page.name}。")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            raise CommandError(
                "docs/law.md 与规则库不一致，请运行 manage.py list_rules。"
            )
        else:
            self.stdout.write("docs/law.md 是最新的。")
