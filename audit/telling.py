"""What the entries of a matter say of its rows, told from the first to the last.

`TELLS` names, for each kind of entry, the rows it speaks of and which fact is which
column. Told through, they give what every row must hold. Needs the standard library
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

UNOPENED = object()  # a sealed fact whose value is not at hand

RULES = "ruleset ruleset_hash"
ROSTER = "eligible roster_root"
VOTES = "votes_for votes_against abstain invalid"
PAPERS = "issued returned"
SIGNED = (
    "sheet?=file_hash witness?=witness_name caller?=caller_name teller?=teller_name"
)
NOTICE = f"content=kind text_hash days item supersedes {RULES}"
SHOWN = "first_on=first_day last_on=last_day"
COUNTS = f"{VOTES} {PAPERS} present eligible need quorum_need passed"
DECIDED = (
    ("@ballot", "sitting method text_version text_hash"),
    # Somebody may have left since: how many came is told where people come and go.
    ("@sitting", f"body mode {ROSTER} {RULES}"),
)
# `subject`: what the entry is about; `@fact`: what that fact names; `+name` after
# either: the next of its rows of that name; `-name`: the newest of them. A fact that is
# not given means that the column is empty; `fact?`, that nothing is said of it, as the
# fact is younger than some entries of its kind.
TELLS: dict[str, tuple[tuple[str, str], ...]] = {
    "matter.drafted": (
        ("subject", "type chain title amount follows origin=origin_by origin_count"),
    ),
    "matter.proposed": (*DECIDED, ("@sitting", "held_on")),
    "matter.reviewed": (*DECIDED, ("@sitting", "held_on")),
    "matter.adopted": (*DECIDED, ("@sitting", "held_on")),
    "matter.rejected": (*DECIDED, ("@sitting", "held_on")),
    "matter.recounted": DECIDED,
    "matter.voided": (("@ballot", "reason=void_reason"),),
    "matter.announced": (("@notice", NOTICE),),
    "matter.reported": (("@notice", NOTICE),),
    "matter.accepted": (
        ("+acceptances", "acceptors=people supervisors held_on=accepted_on"),
    ),
    "matter.completed": (("+acceptances", "held_on=accepted_on"),),
    "matter.ordered": (("@rectification", "basis due_on text"),),
    "matter.complied": (("@rectification", "text=complied"),),
    "matter.examined": (("@rectification", ""),),
    "matter.advised": (("+advices", "text"),),
    "matter.approved": (
        ("+approvals", "approval=kind outcome number=paper held_on=decided_on"),
    ),
    "matter.attached": (("+documents", "document=code file_hash name absent_because"),),
    "matter.explained": (("+explanations", "finding text"),),
    "report.given": (
        ("@notice", "text_hash?"),
        ("@notice/report", "progress spent note"),
    ),
    "sitting.convened": (
        (
            "subject",
            "body mode convenor meets_on=held_on noticed_on special=special_reason "
            + RULES,
        ),
    ),
    "sitting.served": (("subject", "reached unreached means"),),
    "sitting.attended": (
        ("subject", f"body present online proxies=by_proxy held_on {ROSTER}"),
    ),
    "sitting.recorded": (
        (
            "subject",
            "body mode convenor noticed_on special=special_reason present held_on "
            f"{ROSTER} {RULES}",
        ),
        ("subject/sign_in_sheet", "sign_in_sheet?=file_hash"),
        ("subject/tally_sheet", "tally_sheet?=file_hash"),
    ),
    "sitting.arrived": (("subject", f"body present {ROSTER}"),),
    "sitting.left": (("subject", "present"),),
    "sitting.lapsed": (("subject", f"body present {ROSTER} {RULES}"),),
    "ballot.opened": (
        ("subject", "sitting method text_version text_hash closes_at?"),
        ("@sitting", f"body present {ROSTER} {RULES}"),
    ),
    "ballot.recused": (("subject", "sitting"),),
    "ballot.slips": (("subject", "sitting"),),
    "ballot.assisted": (("subject", "sitting"),),
    "ballot.closed": (
        ("subject", "sitting method text_version text_hash"),
        ("@sitting", f"body {ROSTER} {RULES}"),
    ),
    "ballot.counted": (("subject", "sitting"), ("@sitting", "body")),
    "ballot.witnessed": (("subject", "sitting"), ("@sitting", "body")),
    "ballot.declared": (
        ("subject", "sitting flaws=flawed"),
        ("@sitting", f"body present held_on {ROSTER}"),
    ),
    "ballot.voided": (("subject", "sitting reason=void_reason"),),
    "notice.published": (("subject", NOTICE),),
    "notice.posted": (
        ("subject+postings", f"posted_on photo_hash=file_hash {SHOWN}"),
        ("subject", f"days {RULES}"),
    ),
    "notice.repaired": (("subject-postings", "repaired_on"),),
    "notice.taken_down": (("subject-postings", "taken_on=taken_down_on"),),
    "notice.audited": (("subject+audits", "outcome text=note"),),
    "notice.elapsed": (("subject-postings", SHOWN),),
    "audit.overdue": (("subject", "due_on=audit_due_on"),),
    "objection.lodged": (("subject", "notice due_on text name"),),
    "objection.answered": (("subject", "outcome=state remedy text=answer"),),
    "objection.overdue": (("subject", "due_on"),),
    "opinion.suggested": (("subject", "due_on text"),),
    "opinion.answered": (("subject", "text=answer"),),
}
# How a text came about, by the kind of entry that says so.
WRITTEN = {
    "matter.drafted": "draft",
    "matter.corrected": "erratum",
    "matter.amended": "amend",
    "matter.revised": "revise",
}
# Which columns of a count these entries tell; only the last is a count of its own
# where there is one already.
COUNTED = {
    "ballot.counted": f"{VOTES} {PAPERS} present {SIGNED}",
    "ballot.closed": COUNTS,
    "ballot.witnessed": f"{VOTES} sheet?=file_hash",
    "ballot.declared": f"{VOTES} present eligible passed",
    "matter.proposed": COUNTS,
    "matter.reviewed": COUNTS,
    "matter.adopted": COUNTS,
    "matter.rejected": COUNTS,
    "matter.recounted": f"{COUNTS} reason witness=witness_name photo_hash?=file_hash",
}


@dataclass(frozen=True)
class Told:
    """What an entry said, and which."""

    value: Any
    entry: int


@dataclass
class Story:
    """What was told so far: of which row which column, and the stage reached."""

    matter: str
    opened: Callable[[int, str, Any], Any]  # what a fact says, or UNOPENED
    rows: dict[str, dict[str, Told]] = field(default_factory=dict)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    stage: str | None = None

    def tell(self, number: int, entry: Mapping[str, Any]) -> None:
        """One entry more."""
        kind, facts = entry["kind"], entry["facts"]
        said = {"held_on": entry["held_on"], **facts}
        self.rows.setdefault(entry["subject"], {})
        if facts.get("matter", self.matter) != self.matter:
            self.wrong.append(f"第 {number} 号记录说的是另一件事项")
        self._rows(number, entry, said)
        if kind in COUNTED:
            self._count(number, entry, said)
        if kind in WRITTEN:
            self._text(number, WRITTEN[kind], entry, said)
        elif "text_version" in facts:
            self._say(number, f"texts/{facts['text_version']}", "text_hash=hash", said)
        if "stage" in facts:
            self._move(number, entry)
        if kind in ("matter.adopted", "matter.rejected", "matter.recounted"):
            self.decisions.append(said)

    def _say(
        self, number: int, row: str, columns: str, said: Mapping[str, Any]
    ) -> None:
        found = {}
        for each in columns.split():
            fact, _, column = each.partition("=")
            fact, may_lack, _ = fact.partition("?")
            if fact in said or not may_lack:
                value = self.opened(number, f"/facts/{fact}", said.get(fact))
                found[column or fact] = Told(value, number)
        # A sheet has no row where nothing is said of it.
        if found or not row.endswith("_sheet"):
            self.rows.setdefault(row, {}).update(found)

    def _row(self, pattern: str, entry: Mapping[str, Any]) -> str:
        """Which row is meant, as the comment on TELLS says."""
        for sign in "+-":
            of, found, name = pattern.partition(sign)
            if found:
                before = f"{self._row(of, entry)}/" if of else ""
                return self._numbered(f"{before}{name}", new=sign == "+")
        of, slash, rest = pattern.partition("/")
        subject = of == "subject"
        name = entry["subject"] if subject else entry["facts"].get(of.removeprefix("@"))
        return f"{name}{slash}{rest}"

    def _numbered(self, name: str, *, new: bool) -> str:
        many = self.many(name)
        return f"{name}/{many + 1 if new else max(many, 1)}"

    def speaks_of(self, row: str, column: str) -> bool:
        """Whether some entry says what that column holds."""
        return column in self.rows.get(row, {})

    def many(self, name: str) -> int:
        """How many rows of that name were told of."""
        many = 0
        while f"{name}/{many + 1}" in self.rows:
            many += 1
        return many

    def _count(
        self, number: int, entry: Mapping[str, Any], said: Mapping[str, Any]
    ) -> None:
        ballot = entry["facts"].get("ballot", entry["subject"])
        again = entry["kind"] == "matter.recounted"
        row = self._numbered(f"{ballot}/tallies", new=again)
        if entry["kind"] in ("ballot.counted", "ballot.closed"):
            self.rows.pop(row, None)
        self._say(number, row, COUNTED[entry["kind"]], said)

    def _rows(
        self, number: int, entry: Mapping[str, Any], said: Mapping[str, Any]
    ) -> None:
        for row, columns in TELLS.get(entry["kind"], ()):
            self._say(number, self._row(row, entry), columns, said)
        if entry["kind"] == "sitting.attached":
            self._pages(number, entry)

    def _pages(self, number: int, entry: Mapping[str, Any]) -> None:
        """What was signed by hand: one row for each file that was handed in."""
        facts = entry["facts"]
        for place, one in enumerate(facts["hashes"], facts["first"]):
            said = {"number": place, "sort": facts["sort"], "file_hash": one}
            row = f"{entry['subject']}/pages/{place}"
            self._say(number, row, "number sort file_hash", said)

    def _text(
        self,
        number: int,
        change: str,
        entry: Mapping[str, Any],
        said: Mapping[str, Any],
    ) -> None:
        row = f"texts/{entry['facts']['text_version']}"
        more = {**said, "change": change, "source": said.get("source")}
        self._say(number, row, "text_hash=hash change source", more)
        self._say(number, self.matter, "text_version", said)

    def _move(self, number: int, entry: Mapping[str, Any]) -> None:
        facts = entry["facts"]
        before, after = facts.get("from_stage"), facts["stage"]
        if before != self.stage:
            self.wrong.append(
                f"第 {number} 号记录从 {before} 开始，前面的记录却到 {self.stage} 为止"
                "（中间少了记录，或者不是同一件事项）"
            )
        said = {"stage": after, "stage_since": entry["held_on"]}
        columns = "stage stage_since" if before != after else "stage"
        self._say(number, self.matter, columns, said)
        self.stage = after
