"""The demonstration county: villages where something can be done at every stage.

All its stories are told together, in the order of time, so that the record reads as
one that was written day by day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit import clock, sequencer
from audit.models import Entry
from villages import cast
from villages.cast import Cast
from villages.divisions import load
from villages.models import Division, Resident, User, Village
from workflows import rulebook
from workflows.acts import BadInput
from workflows.acts.drafting import Draft
from workflows.models import Matter

from . import scenario
from .company import OVERLAY
from .naming import name_everybody
from .passing import pass_until
from .player import (
    A_DAY,
    Refusing,
    authorise,
    steps_of,
    the_clock_goes_back,
    why_of,
)
from .reading import Key, Leaf, the_file
from .scenario import Act, VillagePlan
from .scene import Scene

STORIES = Path(__file__).resolve().parent.parent / "demo"
COUNTY = "140724"
FIRST = "140724200205"  # 王家山村, whose accounts `make run` prints
PASSWORD = "sixu-demo"  # noqa: S105 (printed on the first page of the demonstration)
SEEDING = 0x51F1
# The stories are told under the newest text, also where some of their days lie before.
NEWEST = f"{rulebook.BOOK.national[-1].name}+{OVERLAY}"

Say = Callable[[str], None]


class Occupied(Exception):
    """The database holds other data."""


class DoesNotPlay(Exception):
    """A story of the demonstration cannot happen as it is told: says which and why."""


@dataclass(frozen=True)
class Story:
    """One matter of a village, and what was done."""

    draft: Draft
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Place:
    """One village of the demonstration and its matters."""

    plan: VillagePlan
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class Event:
    """One step of one act, at its moment."""

    moment: datetime
    scene: Scene
    act: Act
    step: Callable[[], None]


def is_there() -> bool:
    """Whether the demonstration stands already; raises Occupied for other data."""
    if User.objects.filter(username=f"clerk@{FIRST}").exists():
        return True
    rows = (User, Resident, Matter, Entry)
    if any(model._default_manager.exists() for model in rows):
        raise Occupied
    return False


def seed(say: Say) -> None:
    """Build the whole county in one transaction: all of it, or nothing."""
    now, today = clock.now(), clock.today()
    with transaction.atomic(), the_clock_goes_back(), rulebook.illustrate(NEWEST):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEEDING])
        say(_("村和社区：%s 个") % load())
        Division.objects.filter(pk=COUNTY).update(overlay=OVERLAY)
        places = [place(file, today) for file in sorted(STORIES.glob("*.yaml"))]
        events = list(prepared(places, say))
        play(sorted(events, key=lambda event: event.moment), now, say)
        sequencer.sequence_all()


def place(file: Path, today: date) -> Place:
    """A village of the demonstration, its days counted from today."""
    root = the_file(file, today)
    given = root.fields({"village": Key(village), "matters": Key(Leaf.items)})
    return Place(given["village"], tuple(map(story, given["matters"])))


def village(leaf: Leaf) -> VillagePlan:
    given = leaf.fields({"slug": Key(Leaf.text), "bodies": Key(scenario.bodies)})
    return VillagePlan(name="", **given)


def story(leaf: Leaf) -> Story:
    given = leaf.fields(
        {
            "chain": Key(scenario.chain),
            "matter": Key(Leaf.entries),
            "acts": Key(lambda leaf: leaf),
        }
    )
    content = scenario.matter(leaf.entries()["matter"], given["chain"])
    return Story(content, tuple(scenario.acts(given["acts"], content.type)))


def prepared(places: list[Place], say: Say) -> Iterator[Event]:
    """The villages, peopled; and everything that will happen there."""
    encoded = make_password(PASSWORD)
    begins = min(story.acts[0].at for place in places for story in place.stories)
    pass_until(begins - A_DAY)
    for number, found in enumerate(places):
        people = settle(found.plan, begins.date())
        name_everybody(people, start=number * 40)
        cast.let_in(people, encoded)
        authorise(people, found.plan)
        told = {"village": people.village, "n": len(found.stories)}
        say(_("%(village)s：%(n)s 件事项") % told)
        for each in found.stories:
            yield from events_of(Scene(people, each.draft), each.acts)


def settle(plan: VillagePlan, on: date) -> Cast:
    known = Village.objects.select_related("division__parent").get(slug=plan.slug)
    return cast.build(
        known.name, plan.bodies, slug=known.slug, division=known.division, on=on
    )


def events_of(scene: Scene, acts: tuple[Act, ...]) -> Iterator[Event]:
    for act in acts:
        for moment, step in steps_of(scene, act):
            yield Event(moment, scene, act, step)


def play(events: list[Event], now: datetime, say: Say) -> None:
    """Everything that has happened by now, day by day."""
    past = [event for event in events if event.moment <= now]
    for done, event in enumerate(past, start=1):
        pass_until(event.moment)
        perform(event)
        if done % 100 == 0 or done == len(past):
            say(_("已办 %(done)s 步，共 %(all)s 步") % {"done": done, "all": len(past)})
    pass_until(now)


def perform(event: Event) -> None:
    try:
        with transaction.atomic():
            event.step()
    except (*Refusing, BadInput) as refused:
        told = {
            "village": event.scene.cast.village,
            "title": event.scene.draft.title,
            "n": event.act.index,
            "verb": event.act.verb,
            "why": why_of(refused),
        }
        raise DoesNotPlay(
            _("%(village)s“%(title)s” acts[%(n)s] %(verb)s：%(why)s") % told
        ) from refused
