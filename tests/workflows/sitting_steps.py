"""A sitting, brought as far as a test wants it, each step through the acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps

from audit import clock
from audit.models import Entry
from villages.models import RosterEntry, User
from workflows import flows
from workflows.acts import ballot as voting
from workflows.acts import casting, decision
from workflows.acts import sitting as keeping
from workflows.acts.attaching import attach_pages
from workflows.figures import Figures
from workflows.models import Ballot, Matter, SignedPage, Sitting
from workflows.pictures import page_of
from workflows.presenting.people import on_roster

if TYPE_CHECKING:
    from tests.world import World

DAYS = {"joint": 0, "party": 3, "reps": 3, "villagers": 10, "members": 10}


def keeper(world: World, body: str) -> User:
    return world.recorder if body == "party" else world.clerk


def call(world: World, *matters: Matter, body: str = "joint", **more: Any) -> Any:
    """A notice given now, for the first day on which the sitting may be held."""
    given: dict[str, Any] = {
        "held_at": clock.now() + timedelta(days=DAYS.get(body, 3)),
        "place": "村委会会议室",
        "chair": str(world.director),
        "recorder": str(world.deputy_director),
    }
    return keeping.Call(body=body, matters=list(matters), **(given | more))


def convened(
    world: World, *matters: Matter, body: str = "joint", **more: Any
) -> Sitting:
    wanted = call(world, *matters, body=body, **more)
    return keeping.convene(world.village, wanted, actor=keeper(world, body))


def held(  # noqa: PLR0913
    world: World,
    *matters: Matter,
    body: str = "joint",
    present: int | None = None,
    ticked: bool = False,
    **more: Any,
) -> Sitting:
    """Called, its day has come, and so many came: all, if nothing else is said."""
    sitting = convened(world, *matters, body=body, **more)
    clock.move(max(clock.now(), sitting.held_at))
    everybody = on_roster(sitting).keys
    number = len(everybody) if present is None else present
    came = keeping.Came(in_person=number)
    if ticked:
        came = keeping.Came(people=everybody[:number])
    return keeping.attend(sitting, came, actor=keeper(world, body))


def perform(ballot: Ballot, verb: str, act: Any, by: User, **given: Any) -> Any:
    """One act on one item, under the line of its matter."""
    done = flows.perform(
        ballot.matter, verb, lambda: act(ballot, actor=by, **given), actor=by
    )
    again = Ballot.objects.get(pk=ballot.pk)
    ballot.__dict__.update(again.__dict__)
    ballot._state.fields_cache.clear()
    ballot.__dict__.pop("tally", None)
    return done


def opened(
    world: World, matter: Matter, *, method: str = "hands", **more: Any
) -> Ballot:
    ballot = held(world, matter, **more).ballots.get(matter=matter)
    by = keeper(world, ballot.sitting.body)
    perform(ballot, "open_ballot", voting.open_ballot, by, method=method)
    return ballot


def voting_on(
    world: World, matter: Matter, *, method: str = "secret", **more: Any
) -> Ballot:
    """A vote that those in the room cast themselves."""
    return opened(world, matter, method=method, ticked=True, **more)


def lines(ballot: Ballot) -> list[RosterEntry]:
    """Those entitled, in the order of the roster."""
    roster = ballot.sitting.roster
    assert roster is not None
    return list(roster.entries.entitled())


def all_cast(ballot: Ballot, *choices: str) -> list[str]:
    """The first of the roster vote like this; their receipts."""
    return [
        casting.cast_line(ballot, entry, choice)
        for entry, choice in zip(lines(ballot), choices, strict=False)
    ]


def counted(
    world: World, matter: Matter, *, votes_for: int = 4, against: int = 1, **more: Any
) -> Ballot:
    ballot = opened(world, matter, **more)
    figures = Figures.by_hands(ballot.sitting.present, votes_for, against)
    by = keeper(world, ballot.sitting.body)
    perform(ballot, "count", voting.count, by, figures=figures)
    return ballot


def witnessed(world: World, matter: Matter, **more: Any) -> Ballot:
    ballot = counted(world, matter, **more)
    among = {"joint": world.secretary, "party": world.party01}
    by = among.get(ballot.sitting.body, world.supervisor1)
    perform(ballot, "witness", voting.witness, by)
    return ballot


def declared(world: World, matter: Matter, **more: Any) -> Ballot:
    ballot = witnessed(world, matter, **more)
    perform(ballot, "declare", decision.declare, keeper(world, ballot.sitting.body))
    matter.refresh_from_db()
    return ballot


def enter(  # noqa: PLR0913
    world: World,
    *matters: Matter,
    body: str = "joint",
    present: int = 5,
    days_ago: int = 0,
    told: int = 11,
    by: User | None = None,
    scans: keeping.Scans | None = None,
) -> Sitting:
    """The sitting, so many days ago, of which people were told so long before."""
    held_at = clock.now() - timedelta(days=days_ago)
    call = keeping.Call(
        body=body,
        held_at=held_at,
        matters=list(matters),
        place="村委会会议室",
        chair=str(world.director),
        noticed_at=held_at - timedelta(days=told),
    )
    came = keeping.Came(in_person=present)
    actor = by or keeper(world, body)
    given = {"scans": scans} if scans else {}
    return keeping.record_paper(world.village, call, came, actor=actor, **given)


def declare(
    world: World, sitting: Sitting, matter: Matter, figures: Figures, **given: Any
) -> Ballot:
    """What a sitting entered afterwards decided on one matter."""
    ballot = sitting.ballots.get(matter=matter)
    by = keeper(world, sitting.body)
    flows.perform(
        ballot.matter,
        "declare",
        lambda: decision.declare_paper(ballot, figures, actor=by, **given),
        actor=by,
    )
    matter.refresh_from_db()
    ballot.refresh_from_db()
    return ballot


def sign(
    world: World, sitting: Sitting, *files: Any, sort: str = "minutes"
) -> list[SignedPage]:
    """Photographs or scans of what was signed, handed in by who kept the sitting."""
    pages = [page_of(file) for file in files]
    return attach_pages(sitting, sort, pages, actor=keeper(world, sitting.body))


def rows() -> dict[str, list[Any]]:
    """Everything that is written down; who signed in when is not of this."""
    models = [
        model
        for app in ("audit", "villages", "workflows")
        for model in apps.get_app_config(app).get_models()
        if model is not User
    ]
    return {
        m._meta.label: list(m._default_manager.order_by("pk").values_list())
        for m in models
    }


@contextmanager
def nothing_changes() -> Iterator[None]:
    """What is inside leaves every row as it was."""
    before = rows()
    yield
    assert rows() == before


def kinds_since(count: int) -> list[str]:
    """The kinds of the entries after so many."""
    return [entry.kind for entry in Entry.objects.order_by("id")[count:]]


@contextmanager
def records(*kinds: str) -> Iterator[None]:
    """What is inside is recorded by exactly these entries."""
    before = Entry.objects.count()
    yield
    assert kinds_since(before) == list(kinds)
