from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from villages.appointments import Barred, appoint, are_close_kin, seat
from villages.models import Kinship, Office, Seat, User

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 30)


def account(resident):
    return User.objects.create(
        username=resident.name, full_name=resident.name, resident=resident
    )


def office(holder, role, village, since=JANUARY, until=None):
    return Office(holder=holder, role=role, village=village, since=since, until=until)


@pytest.fixture
def two(person):
    return person("赵大"), person("赵二")


def test_a_committee_members_brother_is_no_supervisor(two, village):
    Kinship.objects.create(a=two[1], b=two[0], relation="sibling")
    appoint(office(account(two[0]), "committee", village))
    with pytest.raises(Barred) as refusal:
        appoint(office(account(two[1]), "supervisor", village))
    assert refusal.value.messages == [
        "赵二与村民委员会成员赵大是兄弟姐妹，不得担任村务监督机构成员。"
    ]
    assert Office.objects.count() == 1


def test_a_sister_in_law_may_supervise_and_it_is_pointed_out(two, village):
    Kinship.objects.create(a=two[0], b=two[1], relation="other")
    appoint(office(account(two[0]), "director", village))
    made = appoint(office(account(two[1]), "supervisor", village))
    [warning] = made.warnings
    assert "不属于法律所说的近亲属" in warning
    assert Office.objects.filter(role="supervisor").exists()


@pytest.mark.parametrize("first", ["committee", "supervisor"])
def test_nobody_is_in_the_committee_and_supervises_it(two, village, first):
    holder = account(two[0])
    second = {"committee": "supervisor", "supervisor": "director"}[first]
    appoint(office(holder, first, village))
    with pytest.raises(Barred):
        appoint(office(holder, second, village))


def test_who_has_left_the_committee_may_supervise(two, village):
    holder = account(two[0])
    appoint(office(holder, "committee", village, until=JUNE))
    with pytest.raises(Barred):
        appoint(office(holder, "supervisor", village, since=JUNE))
    assert appoint(office(holder, "supervisor", village, since=date(2026, 7, 1)))


def test_the_next_villages_supervisor_may_be_kin(two, village, next_village):
    Kinship.objects.create(a=two[0], b=two[1], relation="sibling")
    appoint(office(account(two[0]), "committee", next_village))
    assert appoint(office(account(two[1]), "supervisor", village)).warnings == ()


def test_seats_bar_as_offices_do(two, village, body):
    Kinship.objects.create(a=two[0], b=two[1], relation="spouse")
    body("committee", two[0])
    supervisors = body("supervisors")
    for resident in two:
        with pytest.raises(Barred):
            seat(Seat(body=supervisors, resident=resident, since=JANUARY))
    with pytest.raises(Barred):
        appoint(office(account(two[1]), "supervisor", village))


def test_a_clerk_who_supervises_is_pointed_out(two, village):
    holder = account(two[0])
    assert appoint(office(holder, "clerk", village)).warnings == ()
    [warning] = appoint(office(holder, "supervisor", village)).warnings
    assert warning.startswith("赵大")


@pytest.mark.parametrize("relation", [*Kinship.Relation])
def test_close_kin_are_those_of_the_civil_code(two, relation):
    Kinship.objects.create(a=two[0], b=two[1], relation=relation)
    assert are_close_kin(two[0], two[1]) is (relation != "other")
    assert are_close_kin(two[1], two[0]) is (relation != "other")


def test_a_township_officer_belongs_to_a_township(user, county):
    with pytest.raises(ValidationError):
        appoint(Office(holder=user, role="township", division=county, since=JANUARY))


def test_a_second_director_is_refused_in_words(two, village):
    appoint(office(account(two[0]), "director", village))
    with pytest.raises(ValidationError) as refusal:
        appoint(office(account(two[1]), "director", village))
    assert refusal.value.messages == ["这个职务现在有人担任，请先登记离任。"]
