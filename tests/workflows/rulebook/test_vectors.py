"""The worked examples of tests/vectors, under every rule set that speaks to them."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from workflows.days import deadline
from workflows.rulebook import RuleSet, in_force, named

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


@pytest.mark.parametrize("case", cases("days"))
def test_days(case: Case) -> None:
    """The day something starts is not one of them."""
    rules, given, expect = case
    days = {
        name: date.fromisoformat(day) for name, day in given.items() if "_on" in name
    }
    if "body" in given:
        ahead = timedelta(days=rules.days(f"{PREFIX[given['body']]}.notice_days"))
        latest = days["held_on"] - ahead
        assert latest.isoformat() == expect["latest_notice"]
        assert (days["noticed_on"] <= latest) is expect["in_time"]
    elif "notice" in given:
        shown = timedelta(days=rules.days(DISPLAY[given["notice"]]))
        assert (days["posted_on"] + shown).isoformat() == expect["last_day"]
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
