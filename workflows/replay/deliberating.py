"""Sittings as a scenario tells them: called, attended, counted, decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from villages.entitlement import Line, lines_of
from villages.models import Resident, Roster
from workflows import flows, permissions, rulebook
from workflows.acts import (
    BadInput,
    OutOfTurn,
    casting,
    correction,
    decision,
)
from workflows.acts import ballot as ballots
from workflows.acts import sitting as sittings
from workflows.bodies import notice_key
from workflows.figures import Figures
from workflows.models import Ballot, Sitting
from workflows.models.ballot import ELECTRONIC

from . import polling
from .grammar import Count
from .scene import GROUP, Scene, does

if TYPE_CHECKING:
    from villages.models import User

    from .scenario import Act

Step = tuple[datetime, Callable[[], None]]
CHAIRS = {"joint": "secretary", "party": "secretary", "group": "group_leader"}
COLLECTIVE = ("members", "member_reps")
# Who compares the counts: a party member among the party, a member among the two
# committees, anybody the meeting names elsewhere.
WITNESSES = {
    "party": ("party01", "secretary", "director"),
    "joint": ("director", "secretary", "deputy_director"),
}
ANYBODY = ("rep", "supervisor", "secretary", "director")
# Beyond so many, totals are entered and nobody is ticked off.
TICKED_AT_MOST = 100
NEVER_DECLARED = ("scheduled", "voided")


def steps(scene: Scene, act: Act) -> Iterator[Step]:
    """A sitting is called on one day and held on another."""
    meeting = Meeting(scene, act)
    called = act.given.get("notice_at") or meeting.latest_notice
    yield called, lambda: meeting.convene(called)
    if act.given.get("leave") != "convened":
        yield act.at, meeting.hold


class Meeting:
    """One sitting on the scenario's matter. Not the sitting's row."""

    def __init__(self, scene: Scene, act: Act) -> None:
        self.scene, self.act, self.given = scene, act, act.given
        self.body: str = act.given["body"]
        self.pk = 0

    @property
    def actor(self) -> User:
        roles = permissions.sitting_of(self.body).roles
        return self.scene.actor(self.given.get("by"), roles)

    @property
    def latest_notice(self) -> datetime:
        """As many days before as the law or the county asks."""
        at: datetime = self.given["at"]
        overlays = self.scene.cast.village.overlays
        rules, key = rulebook.in_force(at.date(), overlays), notice_key(self.body)
        return at - timedelta(days=rules.days(key) if key in rules else 0)

    def call(self, noticed_at: datetime) -> sittings.Call:
        return sittings.Call(
            body=self.body,
            held_at=self.given["at"],
            matters=[self.scene.matter],
            chair=self.chair,
            mode=self.mode,
            group_name=GROUP if self.body == "group" else "",
            noticed_at=noticed_at,
            special_reason=self.given.get("special", ""),
            place=_("村委会会议室"),
        )

    @property
    def mode(self) -> str:
        return str(self.given.get("mode", Sitting.Mode.PERSONS))

    @property
    def chair(self) -> str:
        """Who chairs, in the office that usually does."""
        if named := self.given.get("chair"):
            return str(named)
        usual = "board_chair" if self.body in COLLECTIVE else "director"
        office = CHAIRS.get(self.body, usual)
        known = self.scene.cast.users
        return str(known[office] if office in known else known["director"])

    def convene(self, noticed_at: datetime) -> None:
        called = sittings.convene(
            self.scene.cast.village, self.call(noticed_at), actor=self.actor
        )
        self.pk = called.pk

    def hold(self) -> None:
        """Who came, and what they decided; with no count at all, it lapses."""
        sitting = Sitting.objects.get(pk=self.pk)
        sitting = sittings.attend(sitting, self.came, actor=self.actor)
        if gone := self.given.get("left"):
            polling.leave(sitting, gone, self.named, self.actor)
        if self.given.get("tally") is None and "votes" not in self.given:
            sittings.lapse(sitting, actor=self.actor)
        else:
            self.decide(sitting.ballots.get())

    def decide(self, ballot: Ballot) -> None:
        for name, reason in self.given.get("recused", {}).items():
            recuse = polling.recusal(ballot, self.named(name), reason, self.actor)
            self.on(ballot, "recuse", recuse)
        method = self.given.get("method", Ballot.Method.HANDS)
        self.on(
            ballot,
            "open_ballot",
            lambda: ballots.open_ballot(ballot, actor=self.actor, method=method),
        )
        figures = None
        if method in ELECTRONIC:
            ballot.sitting.refresh_from_db()
            self.poll(ballot)
        else:
            figures = self.count(ballot)
        if self.given.get("leave") == "counted":
            return
        if self.given.get("witness", True):
            second = self.witness
            self.on(
                ballot,
                "witness",
                lambda: ballots.witness(ballot, actor=second, figures=figures),
                second,
            )
        self.on(ballot, "declare", lambda: decision.declare(ballot, actor=self.actor))

    def count(self, ballot: Ballot) -> Figures:
        """The clerk enters the counts of hands, or of slips of paper."""
        figures = self.figures(ballot, self.given["tally"])
        self.on(
            ballot,
            "count",
            lambda: ballots.count(ballot, figures, actor=self.actor),
        )
        return figures

    def poll(self, ballot: Ballot) -> None:
        """Each votes, and the chair ends it."""
        if votes := self.given.get("votes"):
            polling.cast_by_name(ballot, votes, self.named)
        else:
            polling.cast_so_many(ballot, self.given["tally"])
        self.on(
            ballot,
            "close_ballot",
            lambda: casting.close_ballot(ballot, actor=self.actor),
        )

    def figures(self, ballot: Ballot, count: Count) -> Figures:
        there = Ballot.objects.select_related("sitting").get(pk=ballot.pk).voting
        return figures_of(count, there, self.given.get("method", ""))

    def on(
        self,
        ballot: Ballot,
        verb: str,
        do: Callable[[], Any],
        actor: User | None = None,
    ) -> None:
        flows.perform(ballot.matter, verb, do, actor=actor or self.actor)

    @property
    def witness(self) -> User:
        offices = WITNESSES.get(self.body, ANYBODY)
        return self.scene.second(offices, str(self.actor), self.chair)

    @property
    def came(self) -> sittings.Came:
        """So many of the roster from its top, those named, or totals."""
        present = self.given["present"]
        if isinstance(present, dict):
            return sittings.Came(**present)
        if isinstance(present, list):
            return sittings.Came(residents=[self.named(name) for name in present])
        people = self.first(present)
        if people is None:
            return sittings.Came(in_person=present)
        return sittings.Came(residents=people)

    def named(self, name: str) -> Resident:
        people = self.scene.cast.people
        if name not in people:
            raise BadInput(f"这个村没有叫“{name}”的人。")
        return people[name]

    def first(self, number: int) -> list[Resident] | None:
        """The first of the roster, if the list is short enough to be ticked off."""
        cast = self.given.get("method") in ELECTRONIC
        many = number > TICKED_AT_MOST and not cast
        if many or self.mode == Sitting.Mode.HOUSEHOLDS:
            return None
        roster = Roster(
            village=self.scene.cast.village,
            body=self.body,
            group_name=GROUP if self.body == "group" else "",
            compiled_on=self.given["at"].date(),
        )
        lines = sorted(lines_of(roster), key=Line.place)[:number]
        found = [line.resident for line in lines if line.resident is not None]
        return found if len(found) == number else None


def figures_of(count: Count, present: int, method: str) -> Figures:
    """By hands the rest of those present abstain, unless the sheet says otherwise."""
    by_hands = method != Ballot.Method.PAPER
    rest = present - count.votes_for - count.against - count.invalid
    unsaid = max(rest, 0) if by_hands else 0
    return Figures.on_paper(
        present,
        votes_for=count.votes_for,
        against=count.against,
        abstain=unsaid if count.abstain is None else count.abstain,
        invalid=count.invalid,
        issued=count.issued,
        returned=present if by_hands else count.returned,
    )


def record_paper(scene: Scene, act: Act) -> None:
    """A sitting held on paper is entered as it was."""
    meeting = Meeting(scene, act)
    actor = meeting.actor
    call = meeting.call(act.given.get("notice_at") or meeting.latest_notice)
    sitting = sittings.record_paper(scene.cast.village, call, meeting.came, actor=actor)
    count = act.given.get("tally")
    if count is None:
        sittings.lapse(sitting, actor=actor)
        return
    ballot = sitting.ballots.get()
    seen = act.given.get("witness", True)
    meeting.on(
        ballot,
        "declare",
        lambda: decision.declare_paper(
            ballot,
            meeting.figures(ballot, count),
            actor=actor,
            method=act.given.get("method", Ballot.Method.HANDS),
            witness_name=str(meeting.witness) if seen else "",
        ),
    )


def newest(scene: Scene, verb: str) -> Ballot:
    """The ballot put last; before those that were kept as flawed."""
    put = scene.matter.ballots.exclude(state__in=NEVER_DECLARED).order_by("pk")
    found = put.filter(flawed=[]).last() or put.last()
    if found is None:
        raise OutOfTurn(scene.matter, verb)
    return found


def recount(scene: Scene, act: Act) -> None:
    """The counts of the newest ballot are corrected by two people."""
    ballot = newest(scene, "recount")
    figures = figures_of(act.given["tally"], ballot.voting, ballot.method)

    def do(_matter: Any, actor: User) -> Any:
        return correction.recount(
            ballot,
            figures,
            actor=actor,
            text=act.given["text"],
            witness_name=str(scene.second(ANYBODY, str(actor))),
        )

    does(scene, act, permissions.recount, do)


def void(scene: Scene, act: Act) -> None:
    """The newest ballot is void, and the matter is voted on again."""
    ballot = newest(scene, "void")

    def do(_matter: Any, actor: User) -> Any:
        return correction.void(
            ballot,
            actor=actor,
            text=act.given["text"],
            witness_name=str(scene.second(ANYBODY, str(actor))),
        )

    does(scene, act, permissions.void, do)
