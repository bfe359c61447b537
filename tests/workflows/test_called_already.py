"""What is called already is one duty, on its own day, and not two."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.journeys.walking import Person
from tests.workflows.sitting_steps import convened
from tests.world import World
from workflows import worklist
from workflows.acts import disclosure
from workflows.presenting import timeline
from workflows.stage import Stage
from workflows.templatetags.stages import zh_date


def duties(world: World, account: str) -> list[tuple[str, str]]:
    owed = worklist.owed(getattr(world, account))
    return [(todo.sentence, todo.title) for todo in owed]


def test_a_matter_waits_for_the_sitting_that_is_called(world: World) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    assert duties(world, "recorder") == [("请召集党员大会审议", matter.title)]
    sitting = convened(world, matter, body="party")
    when = f"党支部党员大会（{zh_date(sitting.held_on)}）"
    assert duties(world, "recorder") == [("请通知到人，并登记通知情况", when)]


@pytest.mark.parametrize("account", ["recorder", "secretary"])
def test_a_later_sitting_takes_no_duty_away(world: World, account: str) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    convened(world, matter, body="reps")
    assert ("请召集党员大会审议", matter.title) in duties(world, account)
    officer = Person(getattr(world, account)).open("/").follow("请召集党员大会审议")
    officer.follow("发会议通知").press("发会议通知")


def test_a_call_stands_at_the_day_it_was_made(world: World) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    sitting = convened(world, matter, body="party")
    assert sitting.held_on == clock.today() + timedelta(days=3)
    (event,) = timeline(Entry.objects.of(sitting), for_officers=True)
    assert event.held_on is None
    assert clock.local(event.recorded_at).date() == clock.today()
    assert not event.late


def test_the_timeline_names_what_was_disclosed(world: World) -> None:
    matter = world.matter_at(Stage.ANNOUNCED, type="M03")
    notice = world.do(
        matter, disclosure.disclose, world.clerk, item="site", text="村口。"
    )
    items = {item.code: item.label for item in matter.kind.disclosures}
    (event,) = timeline(Entry.objects.of(notice), for_officers=False, items=items)
    assert event.what == "公开选址"
