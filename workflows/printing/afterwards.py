"""会议记录、决议书: what a sitting did, to be signed by those who were there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit import clock
from audit.models import Entry
from workflows import bodies, verdicts
from workflows.models import Ballot, Resolution
from workflows.presenting.words import convenor_of

from .naming import Naming, recorded
from .press import Sheet
from .room import Room, StoodBack, by_name, stood_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflows.models import Sitting, Tally

State = Ballot.State
DECIDES = (
    *("matter.proposed", "matter.reviewed", "matter.adopted", "matter.rejected"),
    *("ballot.declared", "matter.recounted"),
)


@dataclass(frozen=True)
class Done:
    """What became of one item."""

    position: int
    title: str
    version: int
    changed: str
    method: str
    tally: Tally | None
    verdict: str
    outcome: str  # the verdict without who came and by which article
    declared_at: datetime | None  # None where it was entered afterwards
    note: str
    by_name: list[tuple[str, list[str]]]


class Minutes:
    """What every line of the minutes says that is known already."""

    def __init__(self, sitting: Sitting, ballots: Sequence[Ballot]) -> None:
        self.sitting = sitting
        self.naming = Naming(sitting)
        self.items = [_done(ballot) for ballot in ballots]
        self._ballots = ballots

    @cached_property
    def room(self) -> Room:
        return Room(self.sitting, self._entries)

    @property
    def stood_back(self) -> list[StoodBack]:
        return stood_back(self._ballots)

    @cached_property
    def _entries(self) -> list[Entry]:
        about = [self.sitting, *self._ballots, *(b.matter for b in self._ballots)]
        found = Entry.objects.of(*about).order_by("id")
        known = {self.sitting.subject, *(b.subject for b in self._ballots)}
        return [e for e in found if e.subject in known or self._decided_here(e)]

    def _decided_here(self, entry: Entry) -> bool:
        return entry.facts.get("sitting") == self.sitting.subject

    @property
    def entries(self) -> list[str]:
        """The numbers of the records of what was decided; they never change."""
        return [entry.uid for entry in self._entries if entry.kind in DECIDES]

    @property
    def ended_at(self) -> datetime | None:
        """When it was closed, or its last result announced; unknown from paper."""
        if self.sitting.paper:
            return None
        closed = [e for e in self._entries if e.kind == "sitting.closed"]
        declared = [item.declared_at for item in self.items if item.declared_at]
        return closed[-1].recorded_at if closed else max(declared, default=None)

    @property
    def because(self) -> list[str]:
        """The articles by which was decided, each once."""
        decided = [b for b in self._ballots if _decided(b)]
        return list(dict.fromkeys(verdicts.because(ballot) for ballot in decided))

    def sheet(self, template: str = "minutes.html") -> Sheet:
        sitting, last = self.sitting, self._entries[-1]
        context = {
            "minutes": self,
            "sitting": sitting,
            "village": sitting.village,
            "naming": self.naming,
            "copy": _("存村"),
            "moment": recorded(last.recorded_at),
            "convenor": convenor_of(sitting),
            "entries": self.entries,
            "lapsed": verdicts.lapsed(sitting)
            if sitting.state == sitting.State.LAPSED
            else "",
        }
        return Sheet(template, context)

    def paste_in(self) -> Sheet:
        """Half a page for the county's bound book."""
        return self.sheet("paste_in.html")


def _decided(ballot: Ballot) -> bool:
    return ballot.state == State.DECLARED and ballot.tally is not None


def _done(ballot: Ballot) -> Done:
    decided = _decided(ballot)
    return Done(
        position=ballot.position,
        title=ballot.matter.title,
        version=(ballot.version or ballot.announced_version).version,
        changed=_changed(ballot),
        method=str(ballot.get_method_display()) if ballot.version else "",
        tally=ballot.tally if decided else None,
        verdict=verdicts.verdict(ballot) if decided else "",
        outcome=verdicts.outcome(ballot) if decided else "",
        declared_at=None if ballot.sitting.paper else ballot.declared_at,
        note=_note(ballot),
        by_name=by_name(ballot) if decided else [],
    )


def _changed(ballot: Ballot) -> str:
    """Whose advice was taken in between the notice and the vote."""
    text = ballot.version
    if text is None or text.version == ballot.announced_version.version:
        return _("无")
    source = (
        _("采纳%(source)s的意见，") % {"source": text.source} if text.source else ""
    )
    return _("%(source)s改为第 %(n)s 稿") % {"source": source, "n": text.version}


def _note(ballot: Ballot) -> str:
    if ballot.state == State.VOIDED:
        return _("本次表决作废：%(reason)s") % {"reason": ballot.void_reason}
    return "" if ballot.state == State.DECLARED else _("没有表决")


class Decision:
    """One resolution, also one against the matter, as its paper says it."""

    def __init__(self, ballot: Ballot, resolution: Resolution) -> None:
        self.ballot, self.resolution = ballot, resolution
        self.matter, self.sitting = ballot.matter, ballot.sitting
        self.tally = resolution.tally
        self.naming = Naming(self.sitting)

    @property
    def lines(self) -> list[str]:
        text = self.resolution.text.text
        return [line.strip() for line in text.splitlines() if line.strip()]

    @property
    def verdict(self) -> str:
        return verdicts.verdict(self.ballot, self.tally)

    @property
    def entitled(self) -> str:
        """应到组成人员; of households, 应到户."""
        if self.sitting.body == "reps":
            return _("应到组成人员")
        if self.sitting.mode == self.sitting.Mode.HOUSEHOLDS:
            return _("应到户代表")
        return _("应到")

    @property
    def enough_came(self) -> bool:
        return self.tally.present >= self.tally.quorum_need

    @property
    def executor(self) -> str:
        """Who carries it out."""
        of_collective = self.sitting.body in ("members", "member_reps")
        if of_collective and not self.matter.for_collective:
            return _("理事会")
        return _("村民委员会")

    @property
    def refused(self) -> str:
        """What follows a no: the people are told, or whoever proposed it."""
        if bodies.BODIES[self.sitting.body].public:
            return _("本决议为不通过，按规定予以公示。")
        return _("本决议为不通过，书面答复提议人。")

    @property
    def undersigned(self) -> str:
        if self.executor == _("理事会"):
            return _("%(name)s农村集体经济组织") % {"name": self.sitting.village.name}
        return _("%(name)s村民委员会") % {"name": self.sitting.village.name}

    @property
    def approval(self) -> str:
        """What an authority has still to do, by the catalogue."""
        asked = self.matter.kind.approval
        if asked is None:
            return ""
        facts = {"who": asked.authority, "what": asked.label}
        if asked.blocks:
            return _("须报%(who)s%(what)s，%(what)s后实施。") % facts
        return _("并报%(who)s%(what)s。") % facts

    @property
    def citations(self) -> str:
        """Quorum and majority, as they were in force on the day."""
        rules = self.sitting.rules
        keys = (self.sitting.quorum_key, bodies.pass_key(self.sitting.body))
        said = [rules.cite(key) for key in keys if key in rules and rules.cite(key)]
        return "；".join(dict.fromkeys(said))

    @property
    def resolved_on(self) -> date:
        return self.resolution.resolved_on

    def sheet(self) -> Sheet:
        village = self.sitting.village
        context: dict[str, Any] = {
            "decision": self,
            "matter": self.matter,
            "sitting": self.sitting,
            "tally": self.tally,
            "village": village,
            "naming": self.naming,
            "numbers": self.matter.number,
            "number": self.naming.resolution_number(self.resolution),
            "copy": _("存村"),
            "moment": recorded(clock.local(self.tally.counted_at)),
        }
        return Sheet("resolution.html", context)
