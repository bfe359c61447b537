"""The parts of a matter's page: sittings, notices, papers, what people brought."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit import clock
from workflows import findings, verdicts
from workflows.masking import surname
from workflows.models import Ballot, Notice, Sitting
from workflows.templatetags.stages import span, zh_date

from .words import flaw, notice_url, sitting_url

if TYPE_CHECKING:
    from workflows.findings import Finding
    from workflows.models import Matter, Objection, Tally

    from .reader import Reader


@dataclass(frozen=True)
class Held:
    """A sitting as far as it was about this matter."""

    url: str
    body: str
    held_on: date
    state: str
    verdict: str = ""
    tally: Tally | Counted | None = None
    flaws: list[str] = field(default_factory=list)
    before: list[Tally] = field(default_factory=list)  # counts that were corrected
    version: int | None = None
    void_reason: str = ""


@dataclass(frozen=True)
class Counted:
    """Who came, where the votes are not for this reader."""

    eligible: int
    present: int


def held(matter: Matter, reader: Reader) -> list[Held]:
    """Every sitting that had the matter on its agenda, the newest first."""
    ballots = sorted(matter.ballots.all(), key=lambda ballot: -ballot.pk)
    return [_held(ballot, reader) for ballot in ballots]


def _held(ballot: Ballot, reader: Reader) -> Held:
    sitting, tally = ballot.sitting, ballot.tally
    seen = reader.sees_votes(sitting.words)
    told = tally if ballot.state == Ballot.State.DECLARED else None
    say = verdicts.verdict if seen else verdicts.public_verdict
    lapsed = sitting.state == Sitting.State.LAPSED
    counted = told and (told if seen else Counted(told.eligible, told.present))
    return Held(
        url=sitting_url(sitting),
        body=str(sitting.words.name),
        held_on=sitting.held_on,
        state=_state(ballot),
        verdict=verdicts.lapsed(sitting) if lapsed else say(ballot) if told else "",
        tally=counted,
        flaws=[flaw(name) for name in ballot.flawed],
        before=[t for t in ballot.tallies.all() if told and seen and t != told],
        version=ballot.version.version if ballot.version else None,
        void_reason=ballot.void_reason if reader.officer else "",
    )


def _state(ballot: Ballot) -> str:
    if ballot.flawed:
        return _("程序有瑕疵，不作为推进依据")
    if ballot.state == Ballot.State.SCHEDULED:
        return str(ballot.sitting.get_state_display())
    if ballot.state == Ballot.State.DECLARED:
        return verdicts.short(ballot)
    return str(ballot.get_state_display())


@dataclass(frozen=True)
class Shown:
    """A notice, how it stands, and what can be done about it."""

    notice: Notice
    url: str
    status: str
    tone: str
    verbs: list[str]


def shown(matter: Matter, reader: Reader) -> list[Shown]:
    """The notices of the matter, those that were replaced last."""
    standing = {notice.pk for notice in matter.standing_notices}
    rows = sorted(
        matter.notices.all(), key=lambda notice: (notice.pk not in standing, -notice.pk)
    )
    return [_shown(matter, n, reader, stands=n.pk in standing) for n in rows]


def _shown(matter: Matter, notice: Notice, reader: Reader, *, stands: bool) -> Shown:
    status, tone = notice_status(notice) if stands else (_("已更正"), "over")
    verbs = _verbs(notice) if stands else ()
    return Shown(notice, notice_url(notice), status, tone, reader.may(matter, *verbs))


def notice_status(notice: Notice) -> tuple[str, str]:
    """How a standing notice stands on the board, in words and in tone."""
    if notice.kind in (Notice.Kind.REPLY, Notice.Kind.BULLETIN):
        return _("%(date)s发出") % {"date": zh_date(notice.published_on)}, "over"
    posting, today = notice.posting, clock.today()
    if posting is None:
        return _("已发布，还没有张贴"), "ask"
    if notice.elapsed(today):
        return _("公示已满"), "over"
    if posting.taken_down_on:
        return _("已撤下（提前，需重新公示）"), "stop"
    left = min((posting.last_day - today).days + 1, notice.days)
    days = span(posting.first_day, posting.last_day)
    return _("公示中，还有 %(n)s 天（%(days)s）") % {"n": left, "days": days}, "up"


def _verbs(notice: Notice) -> tuple[str, ...]:
    """What the notice waits for or allows; who may is asked elsewhere."""
    if notice.kind in (Notice.Kind.REPLY, Notice.Kind.BULLETIN):
        return ()
    posting = notice.posting
    hangs = posting is not None and posting.taken_down_on is None
    full = notice.elapsed(clock.today())
    found = ["repair", "take_down"] if hangs else [] if full else ["post"]
    if notice.audit is None or notice.audit.outcome != notice.audit.Outcome.PASS:
        found.insert(0, "audit_notice")
    return (*found, *(() if full else ("object",)))


@dataclass(frozen=True)
class PointedOut:
    """Something irregular, and of which sitting or notice it is said."""

    finding: Finding
    about: str


def pointed_out(matter: Matter, reader: Reader) -> list[PointedOut]:
    """What is irregular, for officers alone; what was not explained yet first."""
    if not reader.officer:
        return []
    told: dict[str, str] = {}
    for ballot in matter.ballots.all():
        sitting = ballot.sitting
        told[ballot.uid] = told[sitting.uid] = _("%(date)s%(body)s") % {
            "date": zh_date(sitting.held_on),
            "body": sitting.words.short,
        }
    told |= {notice.uid: notice.title for notice in matter.notices.all()}
    found = sorted(findings.of_matter(matter), key=lambda finding: finding.explained)
    return [PointedOut(finding, told.get(finding.where, "")) for finding in found]


@dataclass(frozen=True)
class Brought:
    """An objection as this reader may see it."""

    row: Objection
    name: str
    open: bool


def brought(matter: Matter, reader: Reader) -> list[Brought]:
    """The objections; who brought them is told to officers alone."""
    return [
        Brought(
            row,
            row.name if reader.officer and row.name else surname(row.name),
            row.state == row.State.OPEN,
        )
        for row in matter.objections.all()
    ]
