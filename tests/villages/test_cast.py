from __future__ import annotations

import time
from datetime import date

import pytest

from villages import rosters
from villages.cast import build, let_in
from villages.models import Office, Resident, Seat, User, Village
from villages.offices import acting
from villages.sizes import SizesDoNotFit

ON = date(2026, 3, 1)
VENUE = {
    "joint": 7,
    "party": {"full": 38, "probationary": 3},
    "reps": {"total": 45, "committee": 5, "women": 15},
    "villagers": {"adults": 951, "households": 322},
    "collective": {"members": 960, "reps": 45},
    "supervisors": 5,
    "group": {"adults": 60, "households": 21},
}
SMALL = {
    "joint": 3,
    "party": {"full": 3, "probationary": 0},
    "reps": {"total": 8, "committee": 3, "women": 4},
    "villagers": {"adults": 9, "households": 4},
    "supervisors": 3,
}
ALL = {
    "venue": VENUE,
    "small": SMALL,
    "nothing said": {},
    "wangjiashan": {
        "joint": 7,
        "party": {"full": 24, "probationary": 2},
        "reps": {"total": 35, "committee": 5, "women": 12},
        "villagers": {"adults": 612, "households": 210},
        "supervisors": 3,
    },
    "all in one": {"joint": 5, "party": {"full": 24}, "villagers": {"adults": 500}},
    "six": {"joint": 6, "reps": {"total": 41, "committee": 5, "women": 14}},
    "group only": {"group": {"adults": 40, "households": 15}},
    "bare numbers": {"party": 12, "reps": 20, "villagers": 90},
}


@pytest.fixture
def cast_of(township):
    def cast_of(bodies):
        return build("口上村", bodies, slug="kou-shang", division=township, on=ON)

    return cast_of


def eligible(village, body, **more):
    return rosters.compile(village, body, on=ON, **more).eligible


def test_every_roster_has_the_size_that_was_asked_for(cast_of):
    village = cast_of(VENUE).village
    sizes = {
        "joint": 7,
        "party": 38,
        "reps": 45,
        "villagers": 951,
        "members": 960,
        "member_reps": 45,
        "committee": 5,
        "branch": 3,
    }
    assert {body: eligible(village, body) for body in sizes} == sizes
    assert eligible(village, "villagers", mode="households") == 322
    group = {"group_name": "第一村民小组"}
    assert eligible(village, "group", **group) == 60
    assert eligible(village, "group", mode="households", **group) == 21


def test_a_village_of_951_adults_is_built_in_a_moment(cast_of):
    begun = time.perf_counter()
    cast_of(VENUE)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("bodies", ALL.values(), ids=ALL.keys())
def test_everybody_is_where_they_can_be(cast_of, bodies):
    cast = cast_of(bodies)
    village, sizes = cast.village, cast.sizes
    assert eligible(village, "joint") == sizes.joint
    assert eligible(village, "party") == sizes.full
    assert eligible(village, "reps") == sizes.reps + sizes.committee
    assert eligible(village, "villagers") == sizes.adults
    assert eligible(village, "villagers", mode="households") == sizes.households
    women = rosters.compile(village, "reps", on=ON).entries.filter(sex="f")
    assert women.count() == sizes.women
    probationary = village.residents.filter(party="probationary")
    assert probationary.count() == sizes.probationary
    assert not village.residents.filter(household=None).exists()
    adults = Resident.objects.filter(village=village).adults(ON)
    assert not Seat.objects.exclude(resident__in=adults).exists()


@pytest.mark.parametrize("bodies", ALL.values(), ids=ALL.keys())
def test_offices_are_kept_apart(cast_of, bodies):
    cast = cast_of(bodies)
    seats = cast.village.bodies.values_list("kind", "seats__resident")
    sits_in = {
        kind: {resident for body, resident in seats if body == kind}
        for kind, _resident in seats
    }

    def holder(account):
        return cast.users[account].resident

    supervisors = {holder(f"supervisor{n + 1}").pk for n in range(3)}
    assert supervisors <= sits_in["supervisors"]
    assert not supervisors & sits_in["committee"]
    assert holder("clerk").pk not in supervisors | sits_in["committee"]
    assert holder("director") != holder("clerk")
    assert {holder("director").pk, holder("deputy_director").pk} <= sits_in["committee"]
    for account in ("secretary", "director", "recorder", "party01"):
        assert holder(account).party == "full"
    assert holder("secretary").pk in sits_in["branch"]
    assert holder("rep01").pk in sits_in["reps"]


def test_people_have_stable_names_in_every_body(cast_of):
    people = cast_of(VENUE).people
    assert [people[name].name for name in ("党员01", "党员38")] == ["党员01", "党员38"]
    assert people["党员39"].party == "probationary"
    assert "党员42" not in people
    assert people["代表01"].name == "代表01"
    assert "代表46" not in people
    assert people["村民0001"] == people["党员01"] == people["成员0001"]
    assert people["村民0951"].lives_here
    assert "村民0952" not in people
    assert "成员0960" in people


def test_accounts_and_offices(cast_of, township):
    cast = cast_of(VENUE)
    names = {user.username for user in cast.users.values()}
    assert names >= {
        "clerk@kou-shang",
        "secretary@kou-shang",
        "recorder@kou-shang",
        "director@kou-shang",
        "deputy_director@kou-shang",
        "supervisor1@kou-shang",
        "supervisor5@kou-shang",
        "party01@kou-shang",
        "rep01@kou-shang",
        "group_leader@kou-shang",
        "township@140724200",
        "county@140724",
    }
    assert cast.users["board_chair"] == cast.users["secretary"]
    for account, office in cast.offices.items():
        actor = acting(cast.users[account], cast.village, [office.role], on=ON)
        assert actor == cast.acting(account)
    assert Village.objects.for_user(cast.users["county"], on=ON).get() == cast.village


def test_who_watches_over_two_villages_has_one_account(cast_of, township):
    cast_of(SMALL)
    earlier = date(2009, 3, 1)
    build("王家山村", {}, slug="140724200205", division=township, on=earlier)
    assert User.objects.filter(username__startswith="township@").count() == 1
    office = Office.objects.get(role="township")
    assert office.since < earlier


def test_a_village_that_exists_is_filled(cast_of, village):
    cast = build("别名", SMALL, slug=village.slug, division=village.division, on=ON)
    assert cast.village == village
    assert cast.village.name == "王家山村"


def test_nobody_signs_in_until_let_in(cast_of, client):
    cast = cast_of(SMALL)
    assert not any(user.has_usable_password() for user in User.objects.all())
    let_in(cast, "md5$salt$" + "0" * 32)
    assert all(user.has_usable_password() for user in User.objects.all())


@pytest.mark.parametrize(
    ("bodies", "sentence"),
    [
        ({"council": 3}, "没有“council”这个机构。"),
        ({"party": {"half": 3}}, "party 的 half 不能是 3。"),
        ({"joint": "七"}, "joint 的 total 不能是 七。"),
        ({"joint": -1}, "joint 的 total 不能是 -1。"),
        ({"joint": 2}, "村民委员会至少三人。"),
        ({"joint": 4, "reps": {"committee": 5}}, "两委成员少于村民委员会成员。"),
        ({"reps": {"total": 4}}, "组成人员少于其中的村民委员会成员。"),
        ({"reps": {"total": 30, "women": 31}}, "妇女多于组成人员。"),
        ({"joint": 9, "party": {"full": 4}}, "正式党员太少"),
        ({"villagers": {"adults": 30, "households": 31}}, "户数多于成年村民。"),
        ({"villagers": {"adults": 20}}, "成年村民太少"),
        ({"collective": {"members": 5, "reps": 6}}, "成员代表多于成员。"),
        (
            {"villagers": {"adults": 90}, "group": {"adults": 90, "households": 20}},
            "小组的户数、人数与全村的对不上。",
        ),
    ],
)
def test_sizes_that_cannot_be_are_refused(cast_of, bodies, sentence):
    with pytest.raises(SizesDoNotFit, match=sentence):
        cast_of(bodies)
    assert not Village.objects.exists()
