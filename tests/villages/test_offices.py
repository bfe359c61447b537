from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Q

from audit import clock
from villages.models import Division, Office, User, Village
from villages.offices import CLOCK, acting, offices_of

ON = date(2026, 3, 16)
CLERK = frozenset({"clerk"})


def hold(user, role, place=None, *, division=None, **what):
    return Office.objects.create(
        holder=user,
        role=role,
        village=place,
        division=division,
        **{"since": date(2026, 1, 1), **what},
    )


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_an_office_counts_from_its_first_day_to_its_last(user, village, day, may):
    hold(user, "clerk", village, until=date(2026, 6, 30))
    assert (acting(user, village, CLERK, on=day) is not None) is may
    assert Village.objects.for_user(user, on=day).exists() is may


def test_without_a_day_the_day_in_the_village_counts(user, village):
    hold(user, "clerk", village, since=date(2026, 3, 17))
    with clock.moved_to(datetime(2026, 3, 16, 15, 59, tzinfo=UTC)):
        assert acting(user, village, CLERK) is None
    with clock.moved_to(datetime(2026, 3, 16, 16, 0, tzinfo=UTC)):
        assert acting(user, village, CLERK) is not None


def test_it_is_asked_in_one_query(user, village, django_assert_num_queries):
    hold(user, "director", village)
    hold(user, "clerk", village)
    village = Village.objects.get(pk=village.pk)
    with django_assert_num_queries(1):
        actor = acting(user, village, CLERK, on=ON)
    assert actor is not None
    with django_assert_num_queries(0):
        assert (actor.office, actor.place) == ("clerk", "140724200205")
        assert actor.person == f"{user.pk}:李"
        assert actor.label == "村文书"


def test_of_several_roles_the_first_counts_and_holders_before_deputies(user, village):
    hold(user, "clerk", village)
    hold(user, "director", village, deputy=True)
    hold(user, "director", village)
    actor = acting(user, village, ("director", "clerk"), on=ON)
    assert actor is not None
    assert (actor.role, actor.deputy) == ("director", False)


def test_a_deputy_acts_and_is_called_one(user, village):
    hold(user, "director", village, deputy=True)
    actor = acting(user, village, ("director",), on=ON)
    assert actor is not None
    assert actor.label == "村民委员会主任（临时代理）"


def test_the_office_of_one_village_is_none_in_the_next(user, village, next_village):
    hold(user, "clerk", next_village)
    assert acting(user, village, CLERK, on=ON) is None
    assert [*Village.objects.for_user(user, on=ON)] == [next_village]


def test_somebody_may_hold_offices_in_several_villages(user, village, next_village):
    hold(user, "secretary", village)
    hold(user, "secretary", next_village)
    assert Village.objects.for_user(user, on=ON).count() == 2


@pytest.mark.usefixtures("next_village")
@pytest.mark.parametrize(("level", "reached"), [("township", 1), ("county", 2)])
def test_township_and_county_reach_what_lies_below(user, village, level, reached):
    elsewhere = Village.objects.exclude(pk=village.pk).get()
    division = Division.objects.get(
        Q(pk=village.division_id) | Q(level="county"), level=level
    )
    hold(user, level, division=division)
    actor = acting(user, village, frozenset({level}), on=ON)
    assert actor is not None
    assert actor.place == division.code
    assert (acting(user, elsewhere, [level], on=ON) is not None) is (reached > 1)
    assert Village.objects.for_user(user, on=ON).count() == reached
    assert Village.objects.within(user, on=ON).count() == reached
    assert acting(user, village, CLERK, on=ON) is None


def test_watching_over_is_not_holding_an_office_in_the_village(user, village):
    hold(user, "clerk", village)
    assert not Village.objects.within(user, on=ON).exists()


def test_whose_villages_is_one_query(user, village, django_assert_num_queries):
    hold(user, "clerk", village)
    with django_assert_num_queries(1):
        assert [one.name for one in Village.objects.for_user(user)] == ["王家山村"]
    assert str(Village.objects.for_user(user).query).count("SELECT") == 2


def test_nobody_and_the_dismissed_hold_nothing(village):
    gone = User.objects.create(username="gone", is_active=False)
    hold(gone, "clerk", village)
    for nobody in (AnonymousUser(), gone):
        assert offices_of(nobody, village, on=ON) == []
        assert not Village.objects.for_user(nobody, on=ON).exists()


def test_the_clock_is_nobody():
    assert (CLOCK.office, CLOCK.place, CLOCK.person) == ("clock", "", None)
    assert CLOCK.label == "自动办理"


@pytest.mark.parametrize(
    ("role", "where"),
    [
        ("clerk", {}),
        ("clerk", {"division": "township"}),
        ("township", {"place": "village"}),
        ("clerk", {"place": "village", "division": "township"}),
        ("clerk", {"place": "village", "until": date(2025, 1, 1)}),
    ],
)
def test_the_database_refuses_offices_that_cannot_be(user, request, role, where):
    places = {
        key: request.getfixturevalue(value) if isinstance(value, str) else value
        for key, value in where.items()
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        hold(user, role, **places)


def test_a_village_has_one_director_and_may_have_several_clerks(user, village):
    other = User.objects.create(username="other")
    for role in ("clerk", "director"):
        hold(user, role, village)
    hold(other, "clerk", village)
    hold(other, "director", village, deputy=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        hold(other, "director", village)
