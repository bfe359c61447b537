from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from villages import rosters
from villages.models import Household, Resident
from villages.models.people import adult_if_born_by
from villages.rosters import RosterFrozen

ON = date(2026, 3, 16)
YESTERDAY = date(2026, 3, 15)
TOMORROW = date(2026, 3, 17)


def lines(roster):
    """Name and reason of each line, in order."""
    return [(entry.name, entry.left_out) for entry in roster.entries.all()]


def names(roster):
    return [entry.name for entry in roster.entries.entitled()]


@pytest.fixture
def home(village):
    return Household.objects.create(village=village, number="1", group_name="一组")


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({}, ""),
        ({"died_on": ON}, "deceased"),
        ({"died_on": TOMORROW}, ""),
        ({"left_on": YESTERDAY}, "moved"),
        ({"left_on": TOMORROW}, ""),
        ({"lives_here": False}, "away"),
        ({"born": date(2008, 3, 16)}, ""),
        ({"born": date(2008, 3, 17)}, "minor"),
        ({"capable": False}, ""),
    ],
)
def test_villagers_are_of_eighteen_and_live_here(village, person, what, reason):
    person("甲", **what)
    roster = rosters.compile(village, "villagers", on=ON)
    assert lines(roster) == [("甲", reason)]
    assert roster.eligible == (not reason)
    assert Resident.objects.adults(ON).count() == (not reason)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"party": "full"}, ""),
        ({"party": "probationary"}, "probationary"),
        ({"party": "suspended"}, "suspended"),
        ({"party": "full", "lives_here": False}, ""),
        ({"party": "full", "left_on": ON}, "moved"),
        ({"party": "probationary", "died_on": ON}, "deceased"),
    ],
)
def test_full_party_members_have_the_vote(village, person, what, reason):
    person("甲", **what)
    person("群众")
    roster = rosters.compile(village, "party", on=ON)
    assert lines(roster) == [("甲", reason)]
    assert Resident.objects.party_voters(ON).count() == (not reason)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({}, ""),
        ({"lives_here": False}, ""),
        ({"left_on": date(2010, 1, 1)}, ""),
        ({"capable": False}, "no_capacity"),
        ({"born": date(2010, 1, 1)}, "minor"),
        ({"died_on": YESTERDAY}, "deceased"),
    ],
)
def test_members_keep_their_vote_wherever_they_live(village, person, what, reason):
    person("甲", collective_member=True, **what)
    person("女婿")
    roster = rosters.compile(village, "members", on=ON)
    assert lines(roster) == [("甲", reason)]
    assert Resident.objects.members(ON).count() == (not reason)


def test_who_came_later_or_died_long_ago_is_not_named(village, person):
    person("新人", joined_on=TOMORROW)
    person("先人", died_on=date(2015, 1, 1))
    person("移民", left_on=date(2015, 1, 1))
    assert lines(rosters.compile(village, "villagers", on=ON)) == []


def test_who_sits_in_both_committees_counts_once(village, person, body):
    zhao, qian, sun = person("赵"), person("钱"), person("孙")
    body("branch", zhao, qian)
    body("committee", qian, capacity="chair").seats.create(
        resident=sun, since=date(2025, 1, 1)
    )
    joint = rosters.compile(village, "joint", on=ON)
    assert names(joint) == ["钱", "赵", "孙"]
    assert joint.entries.get(name="钱").capacity == "chair"
    assert names(rosters.compile(village, "branch", on=ON)) == ["赵", "钱"]
    assert names(rosters.compile(village, "committee", on=ON)) == ["钱", "孙"]


def test_representatives_meet_with_the_committee(village, person, body):
    body("committee", person("赵"), capacity="chair")
    body("reps", person("代表一"), person("代表二", died_on=ON), capacity="rep")
    roster = rosters.compile(village, "reps", on=ON)
    assert lines(roster) == [("赵", ""), ("代表一", ""), ("代表二", "deceased")]
    assert [e.capacity for e in roster.entries.all()] == ["committee", "rep", "rep"]
    assert roster.eligible == 2


def test_only_seats_of_that_day_count(village, person, body):
    made = body("reps")
    for name, since, until in (
        ("从前", date(2025, 1, 1), YESTERDAY),
        ("最后一天", date(2025, 1, 1), ON),
        ("第一天", ON, None),
        ("以后", TOMORROW, None),
    ):
        made.seats.create(
            resident=person(name), capacity="rep", since=since, until=until
        )
    assert names(rosters.compile(village, "reps", on=ON)) == ["最后一天", "第一天"]


@pytest.mark.parametrize("kind", ["member_reps", "board"])
def test_other_bodies_are_those_who_sit_in_them(village, person, body, kind):
    body(kind, person("甲"), person("乙"))
    assert names(rosters.compile(village, kind, on=ON)) == ["甲", "乙"]


def test_a_household_has_one_line_under_who_may_come_for_it(village, person, home):
    empty = Household.objects.create(village=village, number="10")
    full = Household.objects.create(village=village, number="2")
    person("幼", household=home, born=date(2015, 1, 1))
    person("父", household=home)
    person("母", household=home)
    person("单", household=full)
    person("外", household=empty, lives_here=False)
    person("散")
    roster = rosters.compile(village, "villagers", on=ON, mode="households")
    assert lines(roster) == [
        ("单", ""),
        ("父", ""),
        ("散", "no_household"),
        ("外", "no_adult"),
    ]
    assert roster.entries.get(name="父").household == home
    assert roster.entries.get(name="父").resident is None


@pytest.mark.parametrize(("mode", "count"), [("persons", 2), ("households", 1)])
def test_a_group_is_its_own_people(village, person, home, mode, count):
    person("甲", household=home)
    person("乙", household=home)
    person("别组")
    roster = rosters.compile(village, "group", on=ON, mode=mode, group_name="一组")
    assert roster.eligible == count


def test_lines_stand_by_group_household_and_age_of_the_register(village, person):
    for group, number, name in (("二组", "3", "丙"), ("一组", "10", "乙")):
        home = Household.objects.create(
            village=village, number=number, group_name=group
        )
        person(name, household=home)
    nine = Household.objects.create(village=village, number="9", group_name="一组")
    person("甲", household=nine)
    roster = rosters.compile(village, "villagers", on=ON)
    assert names(roster) == ["甲", "乙", "丙"]
    assert [entry.number for entry in roster.entries.all()] == [1, 2, 3]


def test_somebody_left_out_by_decision_stays_on_the_roster(village, person):
    person("甲", party="full")
    roster = rosters.compile(village, "party", on=ON)
    with pytest.raises(ValidationError):
        rosters.correct(roster.entries.get(), left_out="by_decision", note=" ")
    rosters.correct(
        roster.entries.get(), left_out="by_decision", note="乡党委批复〔2026〕3号"
    )
    roster.refresh_from_db()
    assert (roster.eligible, roster.entries.get().note) == (0, "乡党委批复〔2026〕3号")


def test_a_joint_branch_is_composed_by_hand(village, next_village, person):
    person("甲", party="full")
    guest = person("乙", party="full", village=next_village)
    roster = rosters.compile(village, "party", on=ON)
    rosters.include(roster, guest, note="联合支部")
    roster = rosters.freeze(roster)
    assert (names(roster), roster.eligible) == (["甲", "乙"], 2)


def test_freezing_counts_and_seals(village, person):
    person("甲", party="full")
    person("乙", party="probationary")
    roster = rosters.freeze(rosters.compile(village, "party", on=ON))
    assert (roster.eligible, len(roster.root)) == (1, 64)
    assert rosters.root_of(roster) == roster.root
    with pytest.raises(RosterFrozen):
        rosters.freeze(roster)
    with pytest.raises(RosterFrozen):
        rosters.correct(roster.entries.get(number=1), left_out="", note="反悔")
    with pytest.raises(RosterFrozen):
        rosters.include(roster, person("丙"), note="反悔")


def test_two_rosters_of_the_same_people_have_different_roots(village, person):
    person("甲", party="full")
    first, second = (
        rosters.freeze(rosters.compile(village, "party", on=ON)) for _two in range(2)
    )
    assert first.root != second.root


def test_a_whole_village_is_compiled_in_few_queries(
    village, django_assert_max_num_queries
):
    Resident.objects.bulk_create(
        Resident(village=village, name=f"{n}", sex="f", born=date(1970, 1, 1))
        for n in range(1000)
    )
    with django_assert_max_num_queries(6):  # two of them open and close a savepoint
        assert rosters.compile(village, "villagers", on=ON).eligible == 1000


@pytest.mark.parametrize(
    ("on", "born"),
    [
        (date(2026, 2, 28), date(2008, 2, 29)),
        (date(2024, 2, 28), date(2006, 2, 28)),
        (date(2024, 2, 29), date(2006, 2, 28)),
        (date(2024, 3, 1), date(2006, 3, 1)),
    ],
)
def test_who_is_eighteen_around_the_end_of_february(on, born):
    assert adult_if_born_by(on) == born
