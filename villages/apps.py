from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = _("村与人")

    def ready(self) -> None:
        from . import spoken  # noqa: F401, PLC0415 (registers what is checked)
