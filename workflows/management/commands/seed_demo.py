from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflows.replay import demonstration


class Command(BaseCommand):
    help = "在空数据库里建立示范县；已经建好的，什么也不做；有别的数据的，拒绝。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if demonstration.is_there():
                self.stdout.write(_("示范县已经建好。"))
                return
            began = time.monotonic()
            demonstration.seed(self.say)
        except demonstration.Occupied:
            raise CommandError(_("数据库里已有别的数据，没有建立示范县。")) from None
        except demonstration.DoesNotPlay as reason:
            raise CommandError(_("示范县没有建成：%s") % reason) from reason
        took = round(time.monotonic() - began)
        self.stdout.write(_("示范县已建好，用时 %s 秒。") % took)

    def say(self, line: str) -> None:
        """Whoever waits in front of a new machine sees that something happens."""
        self.stdout.write(line)
        self.stdout.flush()
