"""All rows of a matter as data, and the files that belong to them.

A row is called as entries call it (`ballot/4h8n1v6z0c`); rows that entries do not name
are numbered in the order in which they came (`documents/1`). `audit.telling` says which
column is told by which fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from audit.canonical import instant
from villages import rosters

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from workflows.models import Ballot, Matter, Notice, Sitting

Rows = dict[str, dict[str, Any]]

RULES = "ruleset ruleset_hash"
MATTER = (
    "number type chain_name=chain title amount guarantee for_collective origin_by "
    "origin_count group_name monitors text_version stage stage_since drafted_at"
)
TEXT = "version=text_version change source text hash written_at"
SITTING = (
    "body mode group_name state paper convenor chair recorder operator place held_at "
    "held_on noticed_at noticed_on special_reason means reached unreached "
    "unreached_who in_person online by_proxy strangers present eligible recorded_at "
    + RULES
)
BALLOT = (
    "position method state flawed verb step_verb stage_before opened_at closes_at "
    "declared_at void_reason"
)
TALLY = (
    "eligible present issued returned votes_for votes_against abstain invalid "
    "quorum_need need passed entered_by witness witness_name caller_name "
    "teller_name witnessed_at reason "
    "counted_at sheet_hash=file_hash"
)
NOTICE = (
    "kind item inapplicable title board_text text_hash days published_at audit_due_on "
    f"published_by {RULES}"
)
POSTING = (
    "place posted_on first_day last_day photo_hash=file_hash taken_down_on repaired_on "
    "recorded_at"
)
AUDIT = "outcome note audited_by audited_at"
# The telephone of who objected stays where it is: no archive needs it.
NAMED = {
    "objections": "name text state lodged_at due_on ruleset answer remedy answered_at",
    "opinions": "text given_at due_on answer answered_at",
    "rectifications": "stage_left basis text due_on ordered_by_role ordered_at state "
    "complied",
}
NUMBERED = {
    "resolutions": "passed resolved_on",
    "advices": "text given_at",
    "approvals": "kind authority outcome paper decided_on",
    "acceptances": "works people supervisors note accepted_on",
    "documents": "code name absent_because hash=file_hash added_by added_at",
    "explanations": "finding text given_by given_at",
}
PAGE = "number sort hash=file_hash exif attached_by attached_at"
CAME = ("entry__number", "how")
SUFFIXES = (".jpg", ".jpeg", ".png", ".pdf", ".webp")


def rows_of(matter: Matter) -> tuple[Rows, dict[str, FieldFile]]:
    """The rows by their names, and the attachments by their places in the dossier."""
    gathered = Gathered()
    gathered.village(matter)
    gathered.matter(matter)
    for ballot in sorted(matter.ballots.all(), key=lambda b: b.pk):
        gathered.sitting(ballot.sitting)
        gathered.ballot(ballot)
    for notice in sorted(matter.notices.all(), key=lambda n: n.pk):
        gathered.notice(notice)
    return gathered.rows, gathered.files


class Gathered:
    """What was gathered so far."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self.files: dict[str, FieldFile] = {}

    def village(self, matter: Matter) -> None:
        village = matter.village
        division = str(village.division) if village.division else ""
        self.rows["village"] = {"division": division} | columns(village, "slug name")

    def matter(self, matter: Matter) -> None:
        follows = matter.follows.subject if matter.follows else None
        self.rows[matter.subject] = columns(matter, MATTER) | {
            "follows": follows,
            "chain_label": str(matter.chain.title),
            "type_label": str(matter.kind.label),
        }
        for text in matter.texts.all():
            self.rows[f"texts/{text.version}"] = columns(text, TEXT)
        for related, wanted in NAMED.items():
            for row in in_order(getattr(matter, related).all()):
                self.rows[row.subject] = columns(row, wanted)
        for objection in matter.objections.all():
            self.rows[objection.subject]["notice"] = objection.notice.subject
        for related, wanted in NUMBERED.items():
            for name, row in numbered(related, getattr(matter, related).all()):
                self.rows[name] = columns(row, wanted)
        self._details(matter)

    def _details(self, matter: Matter) -> None:
        """What the numbered rows say beyond their own columns."""
        for name, row in numbered("resolutions", matter.resolutions.all()):
            self.rows[name]["ballot"] = row.ballot.subject
            self.rows[name]["text_version"] = row.text.version
        for name, paper in numbered("documents", matter.documents.all()):
            self._attach(name, paper.file)

    def sitting(self, sitting: Sitting) -> None:
        if sitting.subject in self.rows:
            return
        row = self.rows[sitting.subject] = columns(sitting, SITTING)
        roster = sitting.roster
        if roster is None:
            row["eligible"] = None
            return
        shown = rosters.root_of(roster) == roster.root
        row["roster_root"] = roster.root
        row["roster"] = rosters.written_out(roster) if shown else None
        came = sitting.attendances.order_by("entry__number")
        stayed, left = came.filter(left_at=None), came.exclude(left_at=None)
        row["came"] = lines_of(stayed, *CAME)
        row["left"] = lines_of(left, *CAME, "left_at")
        self._beside(sitting, row)
        self._sheets(sitting)
        self._signed(sitting)

    def _beside(self, sitting: Sitting, row: dict[str, Any]) -> None:
        """What is kept of a sitting besides who came, by numbers of the roster."""
        number, absent = "entry__number", sitting.absences
        came = sitting.attendances.order_by(number)
        row["signed_in"] = lines_of(came, number, "signed", "came_at")
        row["absent"] = lines_of(absent.order_by(number), number, "reason", "note")
        listening = sitting.observers.order_by("pk")
        row["observers"] = lines_of(listening, "name", "capacity", "post")
        signed = sitting.signatures.order_by(number)
        row["signatures"] = lines_of(signed, number, "strokes", "hash")

    def _sheets(self, sitting: Sitting) -> None:
        """The photographed sheets of a sitting held on paper."""
        sheets = {
            "sign_in_sheet": (sitting.sign_in_sheet, sitting.sign_in_hash),
            "tally_sheet": (sitting.tally_sheet, sitting.tally_hash),
        }
        for sheet, (file, written) in sheets.items():
            if file or written:
                name = f"{sitting.subject}/{sheet}"
                self.rows[name] = {"file_hash": written}
                self._attach(name, file)

    def _signed(self, sitting: Sitting) -> None:
        """The pages signed by hand, as they were handed in."""
        for page in sitting.pages.all():
            name = f"{sitting.subject}/pages/{page.number}"
            self.rows[name] = columns(page, PAGE)
            self._attach(name, page.file)

    def ballot(self, ballot: Ballot) -> None:
        text = ballot.version
        self.rows[ballot.subject] = columns(ballot, BALLOT) | {
            "sitting": ballot.sitting.subject,
            "text_version": text.version if text else None,
            "text_hash": text.hash if text else None,
            "recused": said_by(ballot.recusals, "reason"),
        }
        if ballot.method == ballot.Method.NAMED and ballot.tally:
            self.rows[ballot.subject]["votes"] = said_by(
                ballot.participations, "choice"
            )
        for name, tally in numbered(f"{ballot.subject}/tallies", ballot.tallies.all()):
            self.rows[name] = columns(tally, TALLY)
            self._attach(name, tally.sheet)

    def notice(self, notice: Notice) -> None:
        replaced = notice.supersedes.subject if notice.supersedes else None
        self.rows[notice.subject] = columns(notice, NOTICE) | {"supersedes": replaced}
        for name, posting in numbered(
            f"{notice.subject}/postings", notice.postings.all()
        ):
            self.rows[name] = columns(posting, POSTING)
            self._attach(name, posting.photo)
        for name, audit in numbered(f"{notice.subject}/audits", notice.audits.all()):
            self.rows[name] = columns(audit, AUDIT)
        if report := getattr(notice, "report", None):
            row = columns(report, "progress spent note")
            self.rows[f"{notice.subject}/report"] = row

    def _attach(self, row: str, file: FieldFile) -> None:
        """Put the file beside the rows, where it is still there."""
        if not file or not file.storage.exists(str(file.name)):
            return
        suffix = PurePosixPath(str(file.name)).suffix.lower()
        suffix = suffix if suffix in SUFFIXES else ".bin"
        place = f"attachments/{row.replace('/', '-')}{suffix}"
        self.rows[row]["file"] = place
        self.files[place] = file


def lines_of(rows: Any, *columns: str) -> list[list[Any]]:
    """These columns of rows that are many."""
    return [[plainly(value) for value in line] for line in rows.values_list(*columns)]


def said_by(rows: Any, column: str) -> list[list[Any]]:
    """A column of rows about people, by their numbers on the roster."""
    return lines_of(rows.order_by("entry__number"), "entry__number", column)


def in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.pk)


def numbered(name: str, rows: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(f"{name}/{n}", row) for n, row in enumerate(in_order(rows), 1)]


def columns(row: Any, wanted: str) -> dict[str, Any]:
    """The columns of a row, `column` or `column=name` each."""
    found = {}
    for each in wanted.split():
        column, _, name = each.partition("=")
        found[name or column] = plainly(getattr(row, column))
    return found


def plainly(value: Any) -> Any:
    """A value as JSON has it, written as entries write it."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, list):
        return [plainly(each) for each in value]
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
