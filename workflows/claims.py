"""What entries say in clear of the procedure's rows: the newest of it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audit.rows import Claim, register_check

from .models import Ballot
from .spoken import VOTES

Facts = Mapping[str, Any]
COUNTED = (
    *("eligible", "present", "issued", "returned", *VOTES),
    *("quorum_need", "need", "passed"),
)
OF_SITTINGS = (
    *("body", "mode", "convenor", "ruleset", "ruleset_hash", "present"),
    *("eligible", "roster_root", "reached", "unreached"),
)
NOTICED = ("matter.announced", "matter.reported")


def some(facts: Facts, **columns: str) -> dict[str, Any]:
    """What these facts say of these columns; nothing of a fact that is not there."""
    return {column: facts[fact] for column, fact in columns.items() if fact in facts}


def uid_in(reference: Any) -> str:
    """The uid in `noun/uid`."""
    return str(reference).partition("/")[2]


def of_matters(kind: str, uid: str, facts: Facts) -> Iterator[Claim]:
    """The stage is the newest entry's, and so is the text."""
    if not kind.startswith(("matter.", "report.")):
        return
    said = some(facts, stage="stage")
    if kind == "matter.drafted":
        said |= some(facts, type="type", chain_name="chain", amount="amount")
        said |= some(facts, title="title")
        said |= some(facts, origin_by="origin", origin_count="origin_count")
    if "text_version" in facts:
        if "ballot" not in facts:
            said |= some(facts, text_version="text_version")
        name = f"{uid}/{facts['text_version']}"
        yield "workflows_mattertext", name, {"hash": facts["text_hash"]}
    if said:
        yield "workflows_matter", uid, said


def of_ballots(kind: str, uid: str, facts: Facts) -> Iterator[Claim]:
    """The counts of a ballot are those of its newest entry, and so is the outcome."""
    ballot = uid if kind.startswith("ballot.") else uid_in(facts.get("ballot", ""))
    if not ballot:
        return
    if "votes_for" in facts or "passed" in facts:
        counted = some(facts, **{name: name for name in COUNTED})
        yield "workflows_tally", ballot, counted
        if "passed" in facts and kind != "ballot.declared":
            yield "workflows_resolution", ballot, {"passed": facts["passed"]}
    if "method" in facts:
        yield "workflows_ballot", ballot, some(facts, method="method")
    if kind in ("ballot.voided", "matter.voided"):
        yield "workflows_ballot", ballot, {"state": Ballot.State.VOIDED.value}


def of_sittings(kind: str, uid: str, facts: Facts) -> Iterator[Claim]:
    """Who was entitled, by which roster, and how many came."""
    if kind.startswith("sitting."):
        told = some(facts, **{name: name for name in OF_SITTINGS})
        yield "workflows_sitting", uid, told
    if kind == "sitting.attached":
        for number, one in enumerate(facts["hashes"], facts["first"]):
            said = {"sort": facts["sort"], "hash": one}
            yield "workflows_signedpage", f"{uid}/{number}", said


def of_notices(kind: str, uid: str, facts: Facts) -> Iterator[Claim]:
    """What a notice says, for how long; when it hung and when it was taken down."""
    if kind in NOTICED or kind == "notice.published":
        name = uid if kind == "notice.published" else uid_in(facts["notice"])
        same = {n: n for n in ("text_hash", "days", "item", "ruleset", "ruleset_hash")}
        yield "workflows_notice", name, some(facts, kind="content", **same)
    elif kind == "notice.posted":
        days = some(facts, posted_on="posted_on", first_day="first_on")
        days |= some(facts, last_day="last_on")
        nothing = {"taken_down_on": None, "repaired_on": None}
        yield "workflows_posting", uid, {**nothing, **days}
    elif kind in ("notice.repaired", "notice.taken_down"):
        days = some(facts, repaired_on="repaired_on", taken_down_on="taken_on")
        yield "workflows_posting", uid, days
    elif kind == "report.given" and "notice" in facts:
        told = some(facts, progress="progress", spent="spent")
        yield "workflows_report", uid_in(facts["notice"]), told


def of_answers(kind: str, uid: str, facts: Facts) -> Iterator[Claim]:
    """Until when an answer is due, and what it was."""
    if kind == "objection.lodged":
        told = some(facts, due_on="due_on", ruleset="ruleset", name="name", text="text")
        yield "workflows_objection", uid, told
    elif kind == "objection.answered":
        yield (
            "workflows_objection",
            uid,
            some(facts, state="outcome", remedy="remedy", answer="text"),
        )
    elif kind == "opinion.suggested":
        yield "workflows_opinion", uid, some(facts, due_on="due_on", text="text")
    elif kind == "opinion.answered":
        yield "workflows_opinion", uid, some(facts, answer="text")
    elif kind == "matter.ordered":
        name = uid_in(facts["rectification"])
        told = some(facts, basis="basis", due_on="due_on")
        yield "workflows_rectification", name, told


for claims in (of_matters, of_ballots, of_sittings, of_notices, of_answers):
    register_check(claims=claims)
