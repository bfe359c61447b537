"""The drawn chain: each stage of a matter's way, and how it was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows import verdicts
from workflows.bodies import BODIES
from workflows.models import Ballot
from workflows.stage import Stage

from .words import sitting_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.models import Entry
    from workflows.models import Matter

    from .reader import Reader

# At these stages what the stage is called after still goes on.
GOING_ON = (Stage.ANNOUNCED, Stage.UNDERWAY, Stage.REPORTED)
OFF_PATH = (Stage.REJECTED, Stage.WITHDRAWN, Stage.RECTIFYING)
# Entries that lead back to a stage and do not reach it for the first time.
RETURNS = ("matter.examined", "matter.voided", "matter.reopened")


@dataclass(frozen=True)
class Step:
    """A step as _chain.html draws it."""

    label: str
    state: str
    state_label: str = ""
    held_on: date | None = None
    body: str = ""
    tally: str = ""
    url: str = ""


def chain_steps(matter: Matter, entries: Sequence[Entry], reader: Reader) -> list[Step]:
    """Every step of the matter's chain; of one that ended early, those it saw."""
    drawing = Drawing(matter, entries, reader)
    return [drawing.step(n) for n in drawing.places]


class Drawing:
    """How far a matter has come, read from its entries and its ballots."""

    def __init__(
        self, matter: Matter, entries: Sequence[Entry], reader: Reader
    ) -> None:
        self.matter, self.reader = matter, reader
        self.steps = matter.chain.steps
        self.moves = [e for e in entries if e.stage and e.stage != e.from_stage]
        self.ballots = [
            ballot
            for ballot in matter.ballots.all()
            if ballot.state == Ballot.State.DECLARED and not ballot.flawed
        ]
        self.left_for, last = self._off_path()
        self.reached = self._place(last)

    def _off_path(self) -> tuple[str, str]:
        """For what the matter left its path, and its last stage on it."""
        on_it = "", str(self.matter.stage)
        for entry in reversed(self.moves):
            if entry.stage == self.matter.stage == Stage.ARCHIVED:
                if entry.from_stage != Stage.REJECTED:
                    return on_it
            elif entry.stage in OFF_PATH:
                return str(entry.stage), str(entry.from_stage or Stage.DRAFTED)
            else:
                return on_it
        return on_it

    def _place(self, stage: str) -> int:
        return self.matter.chain.stages.index(stage)

    @property
    def places(self) -> list[int]:
        """The steps to be drawn: after a no only its filing is still to come."""
        every = list(range(len(self.steps)))
        if self.left_for in ("", Stage.RECTIFYING):
            return every
        seen = every[: self.reached + 2]
        return seen if self.left_for == Stage.WITHDRAWN else [*seen, every[-1]]

    def step(self, n: int) -> Step:
        state, words = self._state(n)
        known = state in ("done", "halt") or n <= self.reached
        ballot = self._ballot(n) if known else None
        return Step(
            label=self._label(n),
            state=state,
            state_label=words,
            held_on=self._held_on(n, ballot) if known else None,
            body=str(ballot.sitting.words.name) if ballot else "",
            tally=self._tally(ballot) if ballot else "",
            url=sitting_url(ballot.sitting) if ballot else "",
        )

    def _label(self, n: int) -> str:
        """What is done at the step, the same whether or not it was."""
        if n == 0:
            return _("起草")
        matter, body = self.matter, str(BODIES[self.matter.deciding_body].short)
        stage, works = self.steps[n - 1].stage, self.matter.kind.works
        return matter.chain.todo(stage, body, works=works).removeprefix("待")

    def _state(self, n: int) -> tuple[str, str]:
        if self.left_for:
            return self._state_off_path(n)
        if self.matter.stage == Stage.ARCHIVED:
            return "done", ""
        now = self.reached + (self.matter.stage not in GOING_ON)
        return ("done" if n < now else "now" if n == now else "todo"), ""

    def _state_off_path(self, n: int) -> tuple[str, str]:
        stage, last = self.left_for, self.reached
        halted = last if stage == Stage.RECTIFYING else last + 1
        if n < halted:
            return "done", ""
        if n == halted:
            words = {
                Stage.WITHDRAWN: _("已撤回"),
                Stage.RECTIFYING: _("责令改正中"),
            }
            return "halt", words.get(Stage(stage), "")
        archived = self.matter.stage == Stage.ARCHIVED
        return ("done" if archived else "todo"), ""

    def _ballot(self, n: int) -> Ballot | None:
        """The ballot that led to the step, or that said no to it."""
        verb = self.steps[n].verb
        if self.left_for == Stage.REJECTED and n == self.reached + 1:
            found = [b for b in self.ballots if b.verb == "reject"]
        else:
            found = [b for b in self.ballots if verb and b.step_verb == verb]
        return max(found, key=lambda ballot: ballot.pk, default=None)

    def _held_on(self, n: int, ballot: Ballot | None) -> date | None:
        if ballot is not None:
            return ballot.sitting.held_on
        stage = self.steps[n].stage
        reached = (e for e in reversed(self.moves) if e.stage == stage)
        first = next((e for e in reached if e.kind not in RETURNS), None)
        return first.held_on if first else None

    def _tally(self, ballot: Ballot) -> str:
        """The counts where this reader may see them; always who came, and the end."""
        tally = ballot.tally
        if tally is None:
            return ""
        facts = {
            "of": tally.eligible,
            "n": tally.present,
            "f": tally.votes_for,
            "a": tally.votes_against,
            "outcome": verdicts.short(ballot),
        }
        if self.reader.sees_votes(ballot.sitting.words):
            return (
                _("应到 %(of)s，到会 %(n)s，赞成 %(f)s，反对 %(a)s，%(outcome)s")
                % facts
            )
        return _("应到 %(of)s，到会 %(n)s，%(outcome)s") % facts
