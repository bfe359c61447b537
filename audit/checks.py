"""System checks: what `manage.py check` asks of the record."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from .rows import undecided


@register()
def every_column_has_its_verdict(**_kwargs: Any) -> list[CheckMessage]:
    """Whatever an act writes is sealed, recomputed, or left out for a reason."""
    return [
        Error(
            f"{column}: nobody decided whether entries speak of it.",
            hint="Give it its place in the app's spoken.py.",
            id="audit.E001",
        )
        for column in undecided()
    ]
