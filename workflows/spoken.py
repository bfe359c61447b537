"""What entries say of the procedure's rows, and how it is checked.

Each column of each row that an act writes has its verdict here: it is sealed with the
rows, or with the persons, which may be erased; or it is recomputed; or nothing speaks
of it, for the reason given. A column without a verdict fails `manage.py check`.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Extract

from audit.rows import LineTable, Recomputed, Table, register_check
from villages.models import RosterEntry

from .models import (
    Absence,
    Acceptance,
    Advice,
    Approval,
    Attendance,
    Authorisation,
    Ballot,
    Document,
    Explanation,
    Heartbeat,
    Matter,
    MatterText,
    Notice,
    NoticeAudit,
    Objection,
    Observer,
    Opinion,
    Participation,
    Posting,
    Proceeding,
    Receipt,
    Rectification,
    Recusal,
    Report,
    Resolution,
    SecretVote,
    Signature,
    SignedPage,
    Sitting,
    Slip,
    Tally,
)
from .models.notice import hash_of

# Counts of sittings that keep them to themselves are among these.
VOTES = ("votes_for", "votes_against", "abstain", "invalid")


def digest_of(text: MatterText) -> str:
    return text.matter.digest(text.text)


def board_hash(notice: Notice) -> str:
    return hash_of(notice.title, notice.board_text)


def tallies() -> QuerySet[Tally]:
    """With whether it is the newest of its ballot, of which entries speak."""
    later = Tally.objects.filter(ballot=OuterRef("ballot"), pk__gt=OuterRef("pk"))
    return Tally.objects.prefetch_related("ballot").annotate(newest=~Exists(later))


def postings() -> QuerySet[Posting]:
    """The same of the postings of a notice."""
    later = Posting.objects.filter(notice=OuterRef("notice"), pk__gt=OuterRef("pk"))
    return Posting.objects.prefetch_related("notice").annotate(newest=~Exists(later))


def resolutions() -> QuerySet[Resolution]:
    later = Resolution.objects.filter(ballot=OuterRef("ballot"), pk__gt=OuterRef("pk"))
    return Resolution.objects.prefetch_related("ballot").annotate(newest=~Exists(later))


def number_on_roster() -> Subquery:
    """The number of a line of attendance; None where it points nowhere."""
    line = RosterEntry.objects.filter(pk=OuterRef("entry"))
    return Subquery(line.values("number"))


def at(column: str) -> Cast:
    """An instant, as text of one form; None where there is none."""
    return Cast(Extract(column, "epoch"), TextField())


def uid_of(row: Any) -> str:
    return str(row.uid)


def ended(model: type[models.Model]) -> QuerySet[Any]:
    """Votes of ballots that were counted: until then they are nobody's to tell."""
    counted = Tally.objects.filter(ballot=OuterRef("ballot"))
    return model._default_manager.filter(Exists(counted))


register_check(
    Table(
        Matter,
        kept=(
            *("uid", "village", "number", "type", "chain_name", "amount"),
            *("guarantee", "for_collective", "origin_by", "origin_count"),
            *("group_name", "monitors", "follows", "text_version", "stage"),
            *("stage_since", "drafted_at"),
        ),
        elsewhere={"title": "sealed when it was drafted, and in each text's hash"},
        secret=("title",),
        named=uid_of,
        also={"title": lambda matter: matter.title},
    ),
    Table(
        MatterText,
        kept=("matter", "version", "change", "hash", "written_at"),
        personal=("source",),
        recomputed=[Recomputed("hash", ["text"], digest_of)],
        rows=lambda: MatterText.objects.prefetch_related("matter"),
        named=lambda text: f"{text.matter.uid}/{text.version}",
    ),
    Table(
        Sitting,
        kept=(
            *("uid", "village", "body", "mode", "group_name", "state", "paper"),
            *("convenor", "operator", "place", "held_at", "noticed_at", "means"),
            *("reached", "unreached", "roster", "in_person", "online", "strangers"),
            *("by_proxy", "ruleset", "ruleset_hash", "recorded_at", "sign_in_hash"),
            "tally_hash",
        ),
        personal=(
            *("chair", "recorder", "special_reason", "unreached_who"),
            *("sign_in_sheet", "tally_sheet"),
        ),
        rows=lambda: Sitting.objects.prefetch_related("roster"),
        named=uid_of,
        also={
            "present": lambda sitting: sitting.present,
            "eligible": lambda sitting: sitting.eligible,
            "roster_root": lambda sitting: sitting.roster and sitting.roster.root,
        },
    ),
    LineTable(
        Attendance,
        of="sitting",
        columns=("entry", "how", "signed", "came_at", "left_at"),
        values=(number_on_roster(), "how", "signed", at("came_at"), at("left_at")),
        unspoken={"id": "nothing refers to it; who came is told by roster and number"},
    ),
    Table(
        Signature,
        kept=("sitting", "entry", "hash"),
        personal=("name", "strokes"),
    ),
    Table(Absence, kept=("sitting", "entry", "reason"), personal=("name", "note")),
    Table(Observer, kept=("sitting", "capacity"), personal=("name", "post")),
    Table(
        SignedPage,
        kept=(
            *("sitting", "number", "sort", "hash", "size", "attached_by"),
            "attached_at",
        ),
        personal=("file", "reading", "exif"),
        rows=lambda: SignedPage.objects.prefetch_related("sitting"),
        named=lambda page: f"{page.sitting.uid}/{page.number}",
    ),
    Table(
        Ballot,
        kept=(
            *("uid", "sitting", "matter", "position", "announced_version", "version"),
            *("method", "state", "flawed", "verb", "step_verb", "stage_before"),
            *("opened_at", "closes_at", "declared_at"),
        ),
        personal=("void_reason",),
        named=uid_of,
    ),
    Table(Recusal, kept=("ballot", "entry"), personal=("reason",)),
    LineTable(
        Participation,
        of="ballot",
        columns=("entry", "choice"),
        values=(number_on_roster(), "choice"),
        rows=lambda: ended(Participation),
    ),
    LineTable(
        SecretVote,
        of="ballot",
        columns=("token", "choice"),
        values=(Cast("token", TextField()), "choice"),
        rows=lambda: ended(SecretVote),
    ),
    LineTable(
        Receipt,
        of="ballot",
        columns=("code",),
        values=("code",),
        rows=lambda: ended(Receipt),
    ),
    Table(
        Tally,
        kept=(
            *("ballot", "supersedes", "eligible", "present", "issued", "returned"),
            *(*VOTES, "quorum_need", "need", "passed", "entered_by", "witness"),
            *("witnessed_at", "counted_at", "sheet_hash"),
        ),
        personal=("witness_name", "caller_name", "teller_name", "reason", "sheet"),
        secret=VOTES,
        rows=tallies,
        named=lambda tally: tally.ballot.uid if tally.newest else None,
    ),
    Table(
        Resolution,
        kept=("uid", "matter", "ballot", "tally", "text", "passed", "resolved_on"),
        rows=resolutions,
        named=lambda made: made.ballot.uid if made.newest else None,
    ),
    Table(
        Notice,
        kept=(
            *("uid", "village", "matter", "resolution", "kind", "item", "text_hash"),
            *("days", "ruleset", "ruleset_hash", "supersedes", "published_at"),
            *("audit_due_on", "published_by"),
        ),
        personal=("inapplicable",),
        recomputed=[Recomputed("text_hash", ["title", "board_text"], board_hash)],
        named=uid_of,
    ),
    Table(
        Posting,
        kept=(
            *("uid", "notice", "place", "posted_on", "first_day", "last_day"),
            *("photo_hash", "taken_down_on", "repaired_on", "recorded_at"),
        ),
        personal=("photo",),
        rows=postings,
        named=lambda posting: posting.notice.uid if posting.newest else None,
    ),
    Table(
        NoticeAudit,
        kept=("notice", "outcome", "audited_by", "audited_at"),
        personal=("note",),
    ),
    Table(
        Report,
        kept=("notice", "progress", "spent"),
        personal=("note",),
        rows=lambda: Report.objects.prefetch_related("notice"),
        named=lambda report: str(report.notice.uid),
    ),
    Table(
        Objection,
        kept=(
            *("uid", "matter", "notice", "state", "lodged_at", "due_on", "ruleset"),
            *("remedy", "answered_at"),
        ),
        personal=("name", "phone", "text", "answer"),
        named=uid_of,
    ),
    Table(
        Opinion,
        kept=("uid", "matter", "given_at", "due_on", "answered_at"),
        personal=("text", "answer"),
        named=uid_of,
    ),
    Table(Advice, kept=("uid", "matter", "given_at"), personal=("text",)),
    Table(
        Approval,
        kept=("uid", "matter", "kind", "outcome", "decided_on"),
        personal=("authority", "paper"),
    ),
    Table(
        Acceptance,
        kept=("uid", "matter", "works", "supervisors", "accepted_on"),
        personal=("people", "note"),
    ),
    Table(
        Document,
        kept=("uid", "matter", "code", "hash", "added_by", "added_at"),
        personal=("name", "absent_because", "file"),
    ),
    Table(
        Explanation,
        kept=("uid", "matter", "finding", "given_by", "given_at"),
        personal=("text",),
    ),
    Table(
        Rectification,
        kept=(
            *("uid", "matter", "stage_left", "basis", "due_on", "ordered_by_role"),
            *("ordered_at", "state"),
        ),
        personal=("text", "complied"),
        named=uid_of,
    ),
    Table(
        Authorisation,
        kept=("uid", "village", "types", "everything", "since", "until"),
        personal=("resolved_by",),
    ),
    unspoken={
        Proceeding: "who owes the next act: it follows from the stage",
        Heartbeat: "when a task last ran",
        Slip: "a means to vote once; that somebody voted is told of the participation",
    },
)
