"""A frozen roster refuses what does not go through this program, too."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from villages import rosters
from villages.models import Roster, RosterEntry

ON = date(2026, 3, 16)


@pytest.fixture
def frozen(village, person):
    person("甲", party="full")
    person("乙", party="full")
    person("丙")
    return rosters.freeze(rosters.compile(village, "party", on=ON))


def run(sql: str, *values: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE villages_rosterentry SET name = '丙' WHERE roster_id = %s",
        "UPDATE villages_rosterentry SET left_out = 'minor'"
        " WHERE roster_id = %s AND number = 1",
        "DELETE FROM villages_rosterentry WHERE roster_id = %s",
        "INSERT INTO villages_rosterentry (roster_id, resident_id, number, name, sex,"
        " capacity, left_out, note) SELECT %s, id, 9, name, 'm', '', '', ''"
        " FROM villages_resident WHERE name = '丙'",
        "UPDATE villages_roster SET eligible = 9 WHERE id = %s",
        "UPDATE villages_roster SET frozen_at = NULL, root = '' WHERE id = %s",
        "UPDATE villages_roster SET root = repeat('0', 64) WHERE id = %s",
        "DELETE FROM villages_roster WHERE id = %s",
    ],
)
def test_nothing_of_a_frozen_roster_changes(frozen, sql):
    before = [*RosterEntry.objects.values(), *Roster.objects.values()]
    with pytest.raises(DatabaseError, match="roster_is_frozen"):
        run(sql, frozen.pk)
    assert [*RosterEntry.objects.values(), *Roster.objects.values()] == before


def test_rosters_are_not_truncated(db):
    with pytest.raises(DatabaseError, match="roster_is_frozen"):
        run("TRUNCATE villages_rosterentry CASCADE")


def test_no_line_moves_from_an_open_roster_to_a_frozen_one(frozen, village, person):
    person("丁", party="full")
    draft = rosters.compile(village, "party", on=ON)
    with pytest.raises(DatabaseError, match="roster_is_frozen"):
        run(
            "UPDATE villages_rosterentry SET roster_id = %s, number = 9"
            " WHERE roster_id = %s AND number = 3",
            frozen.pk,
            draft.pk,
        )


def test_an_open_roster_may_change(village, person):
    person("甲", party="full")
    draft = rosters.compile(village, "party", on=ON)
    run("UPDATE villages_rosterentry SET note = '核对' WHERE roster_id = %s", draft.pk)
    draft.delete()
    assert not RosterEntry.objects.exists()


@pytest.mark.parametrize("eligible", [0, 2])
def test_a_roster_is_frozen_with_the_count_of_its_lines(village, person, eligible):
    person("甲", party="full")
    draft = rosters.compile(village, "party", on=ON)
    with pytest.raises(DatabaseError, match="roster_is_counted"):
        run(
            "UPDATE villages_roster SET eligible = %s, frozen_at = now(),"
            " root = repeat('a', 64) WHERE id = %s",
            eligible,
            draft.pk,
        )


@pytest.mark.django_db(transaction=True)
def test_who_adds_a_line_waits_for_who_freezes(village, person):
    person("甲", party="full")
    guest = person("丙")
    draft = rosters.compile(village, "party", on=ON)
    refusals = []

    def add_a_line():
        try:
            draft.entries.create(resident=guest, number=9, name="丙", sex="m")
        except DatabaseError as error:
            refusals.append(str(error))
        finally:
            connection.close()

    other = threading.Thread(target=add_a_line)
    with transaction.atomic():
        frozen = rosters.freeze(draft)
        other.start()
        other.join(timeout=0.3)
        assert other.is_alive()
    other.join()
    assert "roster_is_frozen" in refusals[0]
    assert frozen.entries.count() == frozen.eligible == 1
