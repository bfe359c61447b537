"""The list of sittings: what is coming first, then what is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from tests.workflows.sitting_steps import convened, enter, held
from workflows.acts import sitting as keeping


def page(client, by, address="/sittings/"):
    client.force_login(by)
    return client.get(address)


def test_what_is_coming_stands_before_what_is_over(world, client):
    matter = world.draft()
    lapsed = held(world, matter, present=2)
    keeping.lapse(lapsed, actor=world.clerk)
    later = convened(world, matter, body="reps")
    sooner = convened(world, matter, held_at=clock.now() + timedelta(hours=5))
    context = page(client, world.clerk).context
    assert context["coming"] == [sooner, later]
    assert context["past"] == [lapsed]


def test_what_was_called_and_never_held_is_over_in_the_end(world, client):
    sitting = convened(world, world.draft())
    world.pass_days(31)
    context = page(client, world.clerk).context
    assert (context["coming"], context["past"]) == ([], [sitting])


def test_older_sittings_are_on_pages_of_their_own(world, client):
    matters = [world.draft() for _n in range(23)]
    world.pass_days(30)
    for days, matter in enumerate(matters):
        keeping.lapse(enter(world, matter, present=2, days_ago=days), actor=world.clerk)
    first = page(client, world.clerk)
    assert len(first.context["past"]) == 20
    second = page(client, world.clerk, f"/sittings/{first.context['older_url']}")
    assert len(second.context["past"]) == 3
    assert second.context["older_url"] is None
    shown = [*first.context["past"], *second.context["past"]]
    assert len({sitting.pk for sitting in shown}) == 23


@pytest.mark.parametrize("before", ["x", "1-", "-1", "1-x", "9" * 12 + "-1", "1-１"])
def test_an_address_that_was_tampered_with_is_not_found(world, client, before):
    assert page(client, world.clerk, f"/sittings/?before={before}").status_code == 404


@pytest.mark.parametrize(
    ("by", "buttons"),
    [("clerk", True), ("recorder", True), ("supervisor1", False), ("rep01", False)],
)
def test_only_who_may_keep_a_sitting_is_offered_to_call_one(world, client, by, buttons):
    html = page(client, getattr(world, by)).content.decode()
    assert ("/sittings/new/" in html) == ("/sittings/paper/" in html) == buttons


def test_the_county_sees_the_sittings_of_its_villages(world, client):
    sitting = convened(world, world.draft())
    for by in (world.township, world.county, world.rep01):
        assert page(client, by).context["coming"] == [sitting]


def test_a_stranger_sees_nothing_of_them(world, client):
    sitting = convened(world, world.draft())
    assert page(client, world.zhou).context["coming"] == []
    assert page(client, world.zhou, f"/sittings/{sitting.uid}/").status_code == 404
    assert page(client, world.li).context["coming"] == []


def test_who_has_not_signed_in_is_sent_to_sign_in(client, db):
    assert client.get("/sittings/").url == "/sign-in/?next=/sittings/"
    assert client.post("/sittings/").status_code == 405


def test_it_takes_as_many_queries_for_many_sittings_as_for_few(world, client):
    counts = []
    for more in (1, 9):
        for _n in range(more):
            convened(world, world.draft(), world.draft())
        page(client, world.clerk)
        with CaptureQueriesContext(connection) as queries:
            client.get("/sittings/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
