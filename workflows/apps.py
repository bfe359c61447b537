"""The procedure."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = "议事程序"

    def ready(self) -> None:
        from . import (  # noqa: PLC0415
            checks,  # noqa: F401 (registers the system checks)
            claims,  # noqa: F401 (registers what entries say of rows)
            kept_files,  # noqa: F401 (registers the files they say it of)
            spoken,  # noqa: F401 (registers the rows they say it of)
        )
