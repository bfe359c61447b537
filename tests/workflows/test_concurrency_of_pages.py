"""Two officers press the same button on their telephones: what the slower one reads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from tests.workflows import sitting_steps
from tests.workflows.owing import RIGHT, check_worklist
from tests.workflows.racing import Act, at_once, one_behind_the_other
from tests.world import World
from villages.models import User
from workflows.acts import arriving
from workflows.models import Ballot, Matter
from workflows.presenting.people import on_roster
from workflows.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)

Place = tuple[str, dict[str, Any], User, User]


def act(matter: Matter, verb: str) -> str:
    return reverse("workflows:act", args=[matter.village.slug, matter.number, verb])


def item(ballot: Ballot, verb: str) -> str:
    return reverse(f"workflows:{verb}", args=[ballot.sitting.uid, ballot.position])


def beginning(world: World) -> Place:
    matter = world.matter_at(Stage.ANNOUNCED)
    world.pass_days(world.show(matter).days + 1)
    return act(matter, "begin"), {}, world.director, world.deputy_director


def announcing(world: World) -> Place:
    matter = world.matter_at(Stage.ADOPTED)
    sent = {"text": "误工补贴每人每天一百二十元。", "days": "15"}
    return act(matter, "announce"), sent, world.clerk, world.clerk


def declaring(world: World) -> Place:
    ballot = sitting_steps.witnessed(world, world.draft())
    return item(ballot, "declare"), {}, world.clerk, world.director


def witnessing(world: World) -> Place:
    ballot = sitting_steps.counted(world, world.draft())
    assert ballot.tally is not None
    sent = {"seen": str(ballot.tally.pk)}
    return item(ballot, "witness"), sent, world.secretary, world.deputy_director


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def press(user: User, url: str, sent: dict[str, Any]) -> Act:
    client = browser(user)
    return lambda: client.post(url, sent)


@pytest.mark.parametrize("place", [beginning, announcing, declaring, witnessing])
def test_the_slower_one_reads_at_once_that_it_was_done(world, place):
    def attempt():
        url, sent, first, second = place(world)
        before = Entry.objects.count()
        winner, loser = one_behind_the_other(
            press(first, url, sent), press(second, url, sent)
        )
        assert (winner.error, loser.error) == (None, None)
        assert winner.result.status_code == 302
        assert loser.result.status_code == 409
        assert "已经办过" in loser.result.content.decode()
        kinds = sitting_steps.kinds_since(before)
        assert kinds
        assert len(kinds) == len(set(kinds))  # nothing was recorded twice
        assert check_worklist() == RIGHT
        return winner, loser

    assert at_once(attempt)


def test_who_signs_in_while_the_list_waits_to_be_entered_stays(world):
    sitting = sitting_steps.convened(world, world.draft())
    keys = on_roster(sitting).keys
    arriving.arrive(sitting, keys[0], actor=world.clerk)
    sent = {"people": keys[2:3], "shown": ",".join(keys), "there": keys[0]}
    url = reverse("workflows:attend", args=[sitting.uid])
    came, listed = one_behind_the_other(
        lambda: arriving.arrive(sitting, keys[1], actor=world.clerk),
        press(world.clerk, url, {**sent, "again": "1"}),
    )
    assert (came.error, listed.result.status_code) == (None, 302)
    there = {row.entry.key for row in sitting.attendances.select_related("entry")}
    assert there == {keys[1], keys[2]}
