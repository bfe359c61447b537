"""The townships in which scenarios are played: under a county's rules, and without."""

from __future__ import annotations

from django.utils.translation import gettext as _

from villages.models import Division

OVERLAY = "demo-county"


def divisions() -> tuple[Division, Division]:
    """One township in the county with rules of its own, and one in a county without."""
    return (
        township("990001", _("示范县"), OVERLAY),
        township("990002", _("无本地规定的县"), ""),
    )


def township(code: str, name: str, overlay: str) -> Division:
    county, _new = Division.objects.get_or_create(
        code=code,
        defaults={"name": name, "level": Division.Level.COUNTY, "overlay": overlay},
    )
    found, _new = Division.objects.get_or_create(
        code=f"{code}001",
        defaults={
            "name": _("场景乡"),
            "level": Division.Level.TOWNSHIP,
            "parent": county,
        },
    )
    return found
