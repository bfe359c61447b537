"""Loads townships and villages from the statistical bureau's division codes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from django.db import transaction

from villages.models import Division, Village

XIYANG = Path(__file__).parent / "data" / "divisions-140724-xiyang.csv"
VILLAGE_COMMITTEE = re.compile(r"(?<=村)(村民委员会|村委会|民委员会|委会)$")
RESIDENTS_COMMITTEE = re.compile(r"(居民委员会|居委会)$")


@transaction.atomic
def load(file: Path = XIYANG) -> int:
    """Write counties, townships and villages; return how many villages there are.

    Loading again brings names and townships up to date and adds nothing. What people
    here have set (local rules, telephone numbers, other names) is left alone.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    counties = {row["county_code"]: county(row) for row in rows}
    townships = {row["township_code"]: township(row) for row in rows}
    for level in (counties, townships):
        Division.objects.bulk_create(
            level.values(),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "level", "parent"],
        )
    Village.objects.bulk_create(
        [village(row) for row in rows],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name", "kind", "division"],
        batch_size=2000,
    )
    return len(rows)


def county(row: dict[str, str]) -> Division:
    return Division(
        code=row["county_code"], name=row["county"], level=Division.Level.COUNTY
    )


def township(row: dict[str, str]) -> Division:
    return Division(
        code=row["township_code"],
        name=row["township"],
        level=Division.Level.TOWNSHIP,
        parent_id=row["county_code"],
    )


def village(row: dict[str, str]) -> Village:
    rural = VILLAGE_COMMITTEE.search(row["name"])
    return Village(
        slug=row["code"],
        code=row["code"],
        name=spoken(row["name"]),
        kind=Village.Kind.VILLAGE if rural else Village.Kind.NEIGHBOURHOOD,
        division_id=row["township_code"],
    )


def spoken(name: str) -> str:
    """A village's name without its committee: 王家山村 for 王家山村村委会."""
    return RESIDENTS_COMMITTEE.sub("", VILLAGE_COMMITTEE.sub("", name))
