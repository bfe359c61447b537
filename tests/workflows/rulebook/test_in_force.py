"""Which text a day and a place are under, and how it is cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from workflows.rulebook import (
    BOOK,
    NoRuleSet,
    RulebookError,
    illustrate,
    in_force,
    named,
)

DEMO = ("demo-county",)
TODAY = date(2026, 3, 1)
# What the demonstration county switches on, and nothing else.
SWITCHED = {
    "joint.quorum",
    "joint.pass",
    "vr.notice_days",
    "count.witnessed",
    "vote.electronic",
    "pub.supervisor_review",
    "implementation.waits_for",
    "objections.answered",
    "disclosures.complete",
    "construction.before_begin",
    "acceptance.min",
    "acceptance.supervisors",
}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2010, 10, 28), "national-2010"),
        (date(2025, 4, 30), "national-2010"),
        (date(2025, 5, 1), "national-2025"),
        (date(2025, 12, 31), "national-2025"),
        (date(2026, 1, 1), "national-2026"),
        (date(2099, 1, 1), "national-2026"),
    ],
)
def test_the_text_of_the_day_is_in_force(day: date, name: str) -> None:
    assert in_force(day).name == name


def test_before_the_first_text_there_is_none() -> None:
    with pytest.raises(NoRuleSet, match="2010-10-27"):
        in_force(date(2010, 10, 27))


def test_every_day_has_exactly_one_text() -> None:
    day = BOOK.national[0].since
    while day < date(2027, 1, 1):
        covering = [
            rules
            for rules in BOOK.national
            if rules.since <= day and (rules.until is None or day <= rules.until)
        ]
        assert len(covering) == 1
        day += timedelta(days=17)


def test_an_overlay_changes_its_own_keys_and_no_others() -> None:
    plain, county = in_force(TODAY), in_force(TODAY, DEMO)
    assert county.name == "national-2026+demo-county"
    changed = {key for key in county if county[key] != plain[key]}
    assert changed == SWITCHED
    assert all(county[key].origin == "demo-county" for key in changed)
    assert set(county) == set(plain)


def test_what_the_county_wrote_down_refuses_and_what_is_only_done_does_not() -> None:
    plain, county = in_force(TODAY), in_force(TODAY, DEMO)
    for key in SWITCHED - {"vote.electronic", "objections.answered"}:
        assert not plain[key].refuses, key
        assert county[key].refuses, key


def test_law_and_party_refuse_everywhere() -> None:
    for rules in BOOK.national:
        for key in ("vr.quorum", "vm.quorum.person", "pm.quorum", "vm.notice_days"):
            assert rules[key].refuses, (rules.name, key)
        for key in ("text.unchanged", "ballot.invariant"):
            assert rules[key].basis == "control"
            assert rules[key].refuses


def test_policy_local_and_control_point_out_in_the_national_texts() -> None:
    said_so = {
        "text.unchanged",
        "ballot.invariant",
        "objections.answered",
        "bodies.M04",
    }
    for rules in BOOK.national:
        refusing = {
            key
            for key in rules
            if rules[key].refuses and rules[key].basis in ("policy", "local", "control")
        }
        assert refusing == said_so


def test_an_overlay_nobody_wrote_is_an_error_that_names_it() -> None:
    with pytest.raises(RulebookError, match="atlantis"):
        in_force(TODAY, ("atlantis",))


def test_a_pin_names_the_same_rules_on_any_later_day() -> None:
    county = in_force(TODAY, DEMO)
    again = named(county.name)
    assert again is county
    assert again.hash == county.hash


def test_an_unknown_pin_is_an_error_that_names_it() -> None:
    with pytest.raises(NoRuleSet, match="national-1998"):
        named("national-1998")


def test_hashes_tell_rule_sets_apart() -> None:
    sets = [*BOOK.national, *(in_force(s.since, DEMO) for s in BOOK.national)]
    assert len({rules.hash for rules in sets}) == len(sets)
    assert all(len(rules.hash) == 64 for rules in sets)


def test_an_illustration_plays_one_text_on_any_day_without_overlays() -> None:
    with illustrate("national-2010"):
        assert in_force(date(2009, 3, 16), DEMO).name == "national-2010"
        assert in_force(TODAY).name == "national-2010"
    assert in_force(TODAY, DEMO).name == "national-2026+demo-county"


def test_the_national_text_of_the_day_can_be_played_without_overlays() -> None:
    with illustrate("national"):
        assert in_force(date(2025, 4, 30), DEMO).name == "national-2010"
        assert in_force(TODAY, DEMO).name == "national-2026"


def test_an_illustration_ends_even_when_the_story_breaks_off() -> None:
    with pytest.raises(ZeroDivisionError), illustrate("national-2010"):
        raise ZeroDivisionError
    assert in_force(TODAY).name == "national-2026"


def test_an_illustration_of_nothing_is_refused_before_it_begins() -> None:
    with pytest.raises(NoRuleSet), illustrate("national-1949"):
        pass


def test_a_missing_key_is_named_with_its_rule_set() -> None:
    rules = named("national-2010")
    with pytest.raises(KeyError, match=r"national-2010.*mm\.pass"):
        rules["mm.pass"]
    assert "mm.pass" not in rules
    assert "mm.pass" in in_force(TODAY)


def test_a_key_of_another_kind_is_no_share_and_no_number_of_days() -> None:
    rules = in_force(TODAY)
    with pytest.raises(RulebookError, match=r"vm\.notice_days"):
        rules.threshold("vm.notice_days")
    with pytest.raises(RulebookError, match=r"vr\.quorum"):
        rules.days("vr.quorum")
    with pytest.raises(RulebookError, match=r"vm\.notice_special"):
        rules.days("vm.notice_special")


def test_an_overlay_holds_from_its_day_on() -> None:
    overlay = BOOK.overlays["demo-county"]
    assert overlay.covers(overlay.since)
    assert not overlay.covers(overlay.since - timedelta(days=1))
    ended = replace(overlay, until=date(2026, 1, 31))
    assert ended.covers(date(2026, 1, 31))
    assert not ended.covers(date(2026, 2, 1))
