"""The procedure."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = "议事程序"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 (registers the system checks)
