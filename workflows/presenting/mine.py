"""What is put to one person, and what became of what they voted on.

That somebody voted is told to them alone; how, where the vote was by name. Of a secret
vote nothing here could tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from villages.models import RosterEntry
from workflows import verdicts
from workflows.models import (
    Absence,
    Attendance,
    Ballot,
    Document,
    MatterText,
    Participation,
    Recusal,
    Sitting,
    Tally,
)

from .attending import said_of, why_absent
from .people import is_called
from .words import matter_url, sitting_url

if TYPE_CHECKING:
    from villages.models import Resident

    from .reader import Reader

MOST = 10  # sittings that are coming, on one page
State = Ballot.State


@dataclass(frozen=True)
class Put:
    """One matter that is put to a sitting: the text, and the papers there are."""

    ballot: Ballot
    url: str
    text: MatterText
    papers: list[tuple[str, str]]  # name and address
    vote_url: str = ""  # where it can be voted on this moment


@dataclass(frozen=True)
class Invited:
    """A sitting somebody is called to."""

    sitting: Sitting
    url: str
    there: str  # how they signed in, if they have
    items: list[Put]


@dataclass(frozen=True)
class Became:
    """What became of one matter, and what the person's own part in it was."""

    ballot: Ballot
    url: str
    outcome: str
    verdict: str
    mine: str


@dataclass(frozen=True)
class Sat:
    """A sitting that is over, to which somebody was entitled to come."""

    sitting: Sitting
    url: str
    there: str
    items: list[Became] = field(default_factory=list)


class Mine:
    """What one person is called to, and where they were."""

    def __init__(self, resident: Resident, reader: Reader) -> None:
        self.resident, self.reader = resident, reader

    def coming(
        self, sittings: Iterable[Sitting], open_votes: Iterable[int]
    ) -> list[Invited]:
        """Those of these sittings to which they are called."""
        theirs = (each for each in sittings if is_called(each, self.resident))
        called = list(islice(theirs, MOST))
        ballots, own = _by_sitting(called), _Own(self.resident, called)
        open_now = set(open_votes)
        return [
            Invited(
                each,
                sitting_url(each),
                own.said(each),
                [_put(ballot, open_now) for ballot in _live(ballots[each.pk])],
            )
            for each in called
        ]

    def over(self, sittings: Sequence[Sitting]) -> list[Sat]:
        """What became of each of these, in their order."""
        ballots, own = _by_sitting(sittings), _Own(self.resident, sittings)
        return [
            Sat(
                each,
                sitting_url(each),
                own.said(each),
                [self._became(ballot, own) for ballot in ballots[each.pk]],
            )
            for each in sittings
        ]

    def _became(self, ballot: Ballot, own: _Own) -> Became:
        declared = ballot.state == State.DECLARED and ballot.tally
        seen = self.reader.sees_votes(ballot.sitting.words)
        say = verdicts.verdict if seen else verdicts.public_verdict
        outcome = verdicts.short(ballot) if declared else _not_decided(ballot)
        verdict = say(ballot) if declared else ""
        url = matter_url(ballot.matter)
        return Became(ballot, url, outcome, verdict, own.part_in(ballot))


def _live(ballots: Iterable[Ballot]) -> list[Ballot]:
    return [ballot for ballot in ballots if ballot.state != State.VOIDED]


def _not_decided(ballot: Ballot) -> str:
    if ballot.state == State.SCHEDULED:
        return _("没有表决")
    return str(ballot.get_state_display())


def _put(ballot: Ballot, open_now: set[int]) -> Put:
    matter = ballot.matter
    args = [matter.village.slug, matter.number]
    papers = [
        (paper.name, reverse("workflows:document", args=[*args, paper.uid]))
        for paper in matter.documents.all()
        if paper.file
    ]
    may = ballot.pk in open_now
    vote = reverse("workflows:vote", args=[ballot.uid]) if may else ""
    text = ballot.version or ballot.announced_version
    return Put(ballot, matter_url(matter), text, papers, vote)


def _by_sitting(sittings: Iterable[Sitting]) -> dict[int, list[Ballot]]:
    """What is on the agenda of each, in a fixed number of queries."""
    known = {sitting.pk: sitting for sitting in sittings}
    found: dict[int, list[Ballot]] = {pk: [] for pk in known}
    rows = (
        Ballot.objects.filter(sitting__in=known)
        .select_related("matter", "version", "announced_version")
        .prefetch_related(
            Prefetch("tallies", Tally.objects.order_by("pk")),
            Prefetch("matter__documents", Document.objects.order_by("pk")),
            "matter__ballots__sitting",
        )
        .order_by("position", "pk")
    )
    for ballot in rows:
        ballot.sitting = known[ballot.sitting_id]
        ballot.matter.village = ballot.sitting.village
        ballot.matter.question = ballot
        found[ballot.sitting_id].append(ballot)
    return found


class _Own:
    """The person's own rows at these sittings."""

    def __init__(self, resident: Resident, sittings: Iterable[Sitting]) -> None:
        here = [sitting.pk for sitting in sittings]
        own = {"entry__in": RosterEntry.objects.entitled().of(resident)}
        everybody = Attendance.objects.filter(sitting__in=here)
        self.named = set(everybody.values_list("sitting", flat=True).distinct())
        came = everybody.filter(**own)
        away = Absence.objects.filter(sitting__in=here, **own)
        of_ballot = {"ballot__sitting__in": here, **own}
        voted = Participation.objects.filter(**of_ballot)
        recused = Recusal.objects.filter(**of_ballot)
        self.came = {row.sitting_id: row for row in came}
        self.away = {row.sitting_id: row for row in away}
        self.voted = {row.ballot_id: row for row in voted}
        self.recused = {row.ballot_id: row for row in recused}

    def said(self, sitting: Sitting) -> str:
        """Whether they were there, in words; nothing where people were counted."""
        if came := self.came.get(sitting.pk):
            return _("到会：%(how)s") % {"how": said_of(came)}
        if away := self.away.get(sitting.pk):
            return _("缺席：%(why)s") % {"why": why_absent(away)}
        over = sitting.state not in (Sitting.State.CONVENED, Sitting.State.HELD)
        return _("没有到会") if over and sitting.pk in self.named else ""

    def part_in(self, ballot: Ballot) -> str:
        """That they voted, and how where it was by name; or that they stood back."""
        if ballot.pk in self.recused:
            return _("您回避了这一项")
        voted = self.voted.get(ballot.pk)
        if voted is None:
            return ""
        if not voted.choice:
            return _("您投过票（无记名）")
        return _("您表决：%(choice)s") % {"choice": voted.get_choice_display()}
