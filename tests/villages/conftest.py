from __future__ import annotations

from datetime import date

import pytest

from villages.models import Body, Division, Resident, User, Village

ON = date(2026, 3, 16)


@pytest.fixture
def county(db):
    return Division.objects.create(
        code="140724", name="昔阳县", level="county", overlay="demo-county"
    )


@pytest.fixture
def township(county):
    return Division.objects.create(
        code="140724200", name="李家庄乡", level="township", parent=county
    )


@pytest.fixture
def village(township):
    return Village.objects.create(
        division=township, slug="140724200205", name="王家山村"
    )


@pytest.fixture
def next_village(county):
    other = Division.objects.create(
        code="140724103", name="沾尚镇", level="township", parent=county
    )
    return Village.objects.create(division=other, slug="140724103235", name="漳漕村")


@pytest.fixture
def user(db):
    return User.objects.create(username="li", full_name="李")


@pytest.fixture
def person(village):
    """Writes down one resident of the village."""

    def write(name: str, **what) -> Resident:
        given = {"sex": "m", "born": date(1970, 3, 5), "village": village} | what
        return Resident.objects.create(name=name, **given)

    return write


@pytest.fixture
def body(village):
    """Writes down one body of the village, with its seats."""

    def write(kind: str, *residents: Resident, capacity: str = "member") -> Body:
        made = Body.objects.create(
            village=village, kind=kind, name=kind, term_from=date(2025, 1, 1)
        )
        for resident in residents:
            made.seats.create(
                resident=resident, capacity=capacity, since=date(2025, 1, 1)
            )
        return made

    return write
