"""Two of Django's own apps, with less in them."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig

OURS = ("audit", "villages", "workflows", "disclosure")


class Admin(AdminConfig):
    """The admin shows our rows and changes none; others' forms would."""

    def ready(self) -> None:
        super().ready()
        for model, form in list(admin.site._registry.items()):
            if form.__module__.partition(".")[0] not in OURS:
                admin.site.unregister(model)


class StaticFiles(StaticFilesConfig):
    # 49 MB of pages that are not mounted, some naming files that are not there, on
    # which the manifest storage stops (django-viewflow 2.4.0).
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "viewflow"]
