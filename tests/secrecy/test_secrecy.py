"""Whoever has everything that is kept learns no more than the tally tells anyway."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.secrecy import holdings
from tests.secrecy.attacking import attacked, better_than_chance, elections
from tests.secrecy.attacking import village_of_30 as village_of_30  # noqa: PLC0414
from tests.secrecy.elections import VOTERS

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ELECTIONS, WITH_A_LEAK = 16, 3


def test_an_attacker_who_has_everything_does_no_better_than_chance(village_of_30):
    found = attacked(elections(village_of_30, ELECTIONS))
    assert better_than_chance(found) == {}
    tried = " ".join(found)
    for each in (
        "seen in the room",
        "last workflows_participation by xmin",
        "last workflows_receipt by ctid",
        "last dump of workflows_participation as it lies",
        "last villages_rosterentry by number",
        "workflows_secretvote.choice by token",
        "workflows_secretvote.choice by xmin",
        "dump of workflows_secretvote.choice as it lies",
    ):
        assert each in tried


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


OFF = "ALTER TABLE workflows_ballot {} TRIGGER votes_are_scattered_when_a_ballot_ends"


@pytest.fixture
def nothing_is_scattered() -> Iterator[None]:
    run(OFF.format("DISABLE"))
    yield
    run(OFF.format("ENABLE"))


@pytest.fixture
def written_anew_in_the_same_order() -> Iterator[None]:
    """As if one transaction were enough, and no random order needed."""
    ((source,),) = holdings.ask(
        "SELECT pg_get_functiondef('workflows_scatter_votes'::regproc)"
    )
    run(source.replace("ORDER BY gen_random_uuid()", "ORDER BY ctid"))
    yield
    run(source)


@pytest.mark.parametrize(
    ("leak", "way"),
    [
        (
            "nothing_is_scattered",
            "last workflows_participation by xmin marked as "
            "workflows_secretvote.choice by xmin",
        ),
        (
            "written_anew_in_the_same_order",
            "seen in the room in the order of workflows_secretvote.choice by ctid",
        ),
    ],
)
def test_with_a_leak_the_same_attacker_knows_everybody(
    village_of_30, request, leak, way
):
    request.getfixturevalue(leak)
    found = attacked(elections(village_of_30, WITH_A_LEAK))
    assert better_than_chance(found)[way] == WITH_A_LEAK * VOTERS
