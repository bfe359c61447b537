"""The worked examples of tests/vectors, under every rule set that speaks to them."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clock import at, on
from tests.workflows.rules.rows import answer
from villages.appointments import CLOSE_KIN
from villages.models import Kinship
from workflows.days import deadline
from workflows.figures import Figures
from workflows.models import Ballot, Matter, Notice, Posting, Sitting
from workflows.rulebook import RuleSet, in_force, matter_type, named
from workflows.rules.notice import notice_given_in_time, shown_long_enough

VECTORS = Path(__file__).parents[2] / "vectors"
PREFIX = {
    "joint": "joint",
    "branch": "branch",
    "party": "pm",
    "reps": "vr",
    "villagers": "vm",
    "group": "vg",
    "members": "mm",
    "member_reps": "mr",
}
DISPLAY = {"resolution": "pub.min_days", "result": "pub.result_min_days"}
Case = tuple[RuleSet, dict[str, Any], dict[str, Any]]


def rules_of(text: str) -> RuleSet:
    """A rule set by its name, or the one of a day."""
    return in_force(date.fromisoformat(text)) if text[0].isdigit() else named(text)


def cases(name: str) -> list[Any]:
    rows = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    found = []
    for row in rows:
        assert set(row) == {"desc", "ruleset", "given", "expect"}
        sets = row["ruleset"] if isinstance(row["ruleset"], list) else [row["ruleset"]]
        for text in sets:
            case = (rules_of(text), row["given"], row["expect"])
            found.append(pytest.param(case, id=f"{text} {row['desc']}"))
    return found


@pytest.mark.parametrize("case", cases("quorum"))
def test_quorum(case: Case) -> None:
    rules, given, expect = case
    key = f"{PREFIX[given['body']]}.quorum"
    if given["body"] == "villagers":
        key += ".household" if given["mode"] == "households" else ".person"
    quorum = rules.threshold(key)
    assert quorum.of == "eligible"
    assert quorum.need(given["eligible"]) == expect["need"]
    assert quorum.met_by(given["present"], given["eligible"]) is expect["met"]


@pytest.mark.parametrize("case", cases("majority"))
def test_majority(case: Case) -> None:
    rules, given, expect = case
    body = given["body"]
    special = rules.pass_key(given["type"], body) if "type" in given else None
    majority = rules.threshold(special or f"{PREFIX[body]}.pass")
    assert majority.need(given[majority.of]) == expect["need"]
    assert majority.met_by(given["for"], given[majority.of]) is expect["passed"]


@pytest.mark.parametrize("case", cases("bodies"))
def test_competent_body(case: Case) -> None:
    rules, given, expect = case
    assert (given["body"] in rules.bodies(given["type"])) is expect["competent"]
    if "needs_authorisation" in expect:
        by_law = matter_type(given["type"]).statute_names_reps
        assert by_law is not expect["needs_authorisation"]


Days = dict[str, date]


def called(rules: RuleSet, given: dict[str, Any], days: Days) -> Matter:
    """A matter put to that body on that day; nothing is saved."""
    sitting = Sitting(
        body=given["body"],
        ruleset=rules.name,
        held_at=at(days["held_on"]),
        noticed_at=at(days["noticed_on"]),
        special_reason=given.get("special_reason", ""),
    )
    matter = Matter(type="M05", chain_name="four_step")
    matter.question = Ballot(sitting=sitting, matter=matter)
    return matter


def posted(rules: RuleSet, given: dict[str, Any], days: Days) -> Matter:
    """A matter whose notice was posted on that day; nothing is saved."""
    shown = rules.days(DISPLAY[given["notice"]])
    notice = Notice(kind=given["notice"], days=shown, ruleset=rules.name)
    notice.posting = Posting(
        notice=notice,
        first_day=days["posted_on"] + timedelta(days=1),
        last_day=days["posted_on"] + timedelta(days=max(shown, 1)),
        taken_down_on=days.get("taken_down_on"),
    )
    stage = "reported" if given["notice"] == "result" else "rejected"
    matter = Matter(type="M05", chain_name="four_step", stage=stage)
    matter.__dict__["notice_on_show"] = notice
    return matter


@pytest.mark.parametrize("case", cases("days"))
def test_days(case: Case) -> None:
    """The day something starts is not one of them."""
    rules, given, expect = case
    days = {
        name: date.fromisoformat(day) for name, day in given.items() if "_on" in name
    }
    judged = expect.get("answer")
    if "body" in given:
        ahead = timedelta(days=rules.days(f"{PREFIX[given['body']]}.notice_days"))
        latest = days["held_on"] - ahead
        assert latest.isoformat() == expect["latest_notice"]
        assert (days["noticed_on"] <= latest) is expect["in_time"]
        matter = called(rules, given, days)
        assert judged in (None, answer(notice_given_in_time, matter))
    elif "notice" in given:
        shown = timedelta(days=rules.days(DISPLAY[given["notice"]]))
        assert (days["posted_on"] + shown).isoformat() == expect["last_day"]
        matter = posted(rules, given, days)
        with on(date.fromisoformat(given.get("today", given["posted_on"]))):
            assert judged in (None, answer(shown_long_enough, matter))
    else:
        due = deadline(days["asked_on"], rules.days("objection.reply_days"))
        assert due.isoformat() == expect["reply_due"]


@pytest.mark.parametrize("case", cases("composition"))
def test_composition_of_the_representatives(case: Case) -> None:
    rules, given, expect = case
    reps = rules.threshold("vr.comp.rep_share")
    women = rules.threshold("vr.comp.women_share")
    total = given["total"]
    assert reps.need(total) == expect["reps_need"]
    assert reps.met_by(given["reps"], total) is expect["reps_enough"]
    assert women.need(total) == expect["women_need"]
    assert women.met_by(given["women"], total) is expect["women_enough"]


@pytest.mark.parametrize("case", cases("requirements"))
def test_requirement(case: Case) -> None:
    rules, given, expect = case
    key = rules[given["key"]]
    for name, wanted in expect.items():
        stands = getattr(key, name)
        if is_dataclass(stands) and not isinstance(stands, type):
            stands = asdict(stands)
        assert (list(stands) if isinstance(stands, tuple) else stands) == wanted


@pytest.mark.parametrize("case", cases("counts"))
def test_counts(case: Case) -> None:
    """The sums close, in all rule sets alike; the rest of the room abstains."""
    rules, given, expect = case
    assert rules["ballot.invariant"].refuses
    votes = {"votes_for": given["for"], "against": given["against"]}
    if given["method"] == "hands":
        figures = Figures.by_hands(given["present"], **votes)
    else:
        names = ("abstain", "invalid", "issued", "returned")
        slips = {name: given[name] for name in names if name in given}
        figures = Figures.on_paper(given["present"], **votes, **slips)
    found = {"abstain": figures.abstain, "mismatch": figures.mismatch}
    assert found == expect


@pytest.mark.parametrize("case", cases("kin"))
def test_kin_of_the_committee_who_may_not_supervise(case: Case) -> None:
    """What the rulebook says, and what appointments go by."""
    rules, given, expect = case
    relation = Kinship.Relation(given["relation"])
    assert (relation.value in rules["supervisor.kin"].value) is expect["barred"]
    assert (relation in CLOSE_KIN) is expect["barred"]
