"""Who was in the room: who came, who left, who stood back, who voted how by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows.models import Ballot
from workflows.models.casting import Choice
from workflows.presenting.attending import excuses, listeners, with_note
from workflows.templatetags.stages import zh_clock

from .people import Signer, entitled, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.models import Entry
    from workflows.models import Sitting


class Room:
    """Who came to a sitting, and until when; members stay as many as they were."""

    def __init__(self, sitting: Sitting, entries: Sequence[Entry]) -> None:
        self.sitting = sitting
        self._left = [entry for entry in entries if entry.kind == "sitting.left"]

    @cached_property
    def _lines(self) -> list[Signer]:
        return lines_of(self.sitting)

    @cached_property
    def _came(self) -> set[str]:
        """By their keys, those as well who left before the end."""
        there = self.sitting.attendances.select_related("entry")
        return {one.entry.key for one in there}

    @property
    def gone(self) -> int:
        """How many left before the end."""
        return sum(entry.facts["left"] for entry in self._left)

    @property
    def present(self) -> int:
        """实到: of those who have a vote, also who left later."""
        if self._came:
            return sum(one.key in self._came for one in entitled(self._lines))
        return self.sitting.present - self.sitting.strangers + self.gone

    @property
    def missing(self) -> int:
        return self.sitting.eligible - self.present

    @property
    def absent(self) -> list[str]:
        """By name and as far as it is known with the reason, where they are named."""
        if not self._came:
            return []
        why = excuses(self.sitting)
        away = [p for p in entitled(self._lines) if p.key not in self._came]
        return [why.get(person.key, person.name) for person in away]

    @property
    def observers(self) -> list[str]:
        """Who came and has no vote: of the roster's list, and who was entered so."""
        listed = [p.name for p in self._lines if p.left_out and p.key in self._came]
        return [*listed, *listeners(self.sitting)]

    @property
    def leavers(self) -> list[str]:
        """卫秀兰（上午9时40分）; of those entered as a number, so many."""
        rows = self.sitting.attendances.exclude(left_at=None).select_related("entry")
        named = [
            with_note(row.entry.name, zh_clock(row.left_at))
            for row in rows.order_by("left_at", "entry__number")
        ]
        unnamed = [] if named else self._left
        return named + [
            with_note(
                _("%(n)s 人") % {"n": entry.facts["left"]}, zh_clock(entry.recorded_at)
            )
            for entry in unnamed
        ]


@dataclass(frozen=True)
class StoodBack:
    """Who did not vote on one question, and why."""

    position: int
    name: str
    reason: str


def stood_back(ballots: Sequence[Ballot]) -> list[StoodBack]:
    """In the order of the agenda."""
    return [
        StoodBack(ballot.position, str(recusal), recusal.reason.rstrip("。"))
        for ballot in ballots
        for recusal in ballot.recusals.select_related("entry").order_by("entry__number")
    ]


def by_name(ballot: Ballot) -> list[tuple[str, list[str]]]:
    """What each chose, where the vote was by name; nothing of any other."""
    if ballot.method != Ballot.Method.NAMED:
        return []
    votes = ballot.participations.exclude(choice="").select_related("entry")
    rows = list(votes.order_by("entry__number"))
    chosen = [
        (choice, [str(vote) for vote in rows if vote.choice == choice])
        for choice in Choice
    ]
    return [(str(choice.label), names) for choice, names in chosen if names]
