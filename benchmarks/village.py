"""A village to measure in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from audit import clock
from villages import cast
from villages.models import Division, Village
from workflows.acts.supervision import authorise

BODIES = {
    "joint": 7,
    "party": {"full": 24, "probationary": 2},
    "reps": {"total": 35, "committee": 5, "women": 12},
    "villagers": {"adults": 300, "households": 110},
    "supervisors": 3,
}


@dataclass
class Hamlet:
    """A village with its people, and how many sit in each body."""

    village: Village
    users: dict[str, Any]
    sizes: dict[str, int] = field(
        default_factory=lambda: {"joint": 7, "party": 24, "reps": 35}
    )


def settle(
    slug: str = "bench", bodies: dict[str, Any] = BODIES, township: str = "140724200"
) -> Hamlet:
    """Build it under a county with the demonstration overlay."""
    county, _ = Division.objects.get_or_create(
        code="140724",
        defaults={"name": "昔阳县", "level": "county", "overlay": "demo-county"},
    )
    town, _ = Division.objects.get_or_create(
        code=township,
        defaults={"name": "李家庄乡", "level": "township", "parent": county},
    )
    built = cast.build("试村", bodies, slug=slug, division=town, on=clock.today())
    village = Village.objects.select_related("division__parent").get(
        pk=built.village.pk
    )
    authorise(village, actor=built.users["clerk"], types=[], everything=True)
    return Hamlet(village, built.users)
