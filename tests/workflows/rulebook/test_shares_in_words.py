"""A share stands in the rule set alone: change it there, and every sentence says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.workflows.pointed_out import found
from tests.workflows.rules.rows import put_to
from tests.workflows.sitting_steps import declare, declared, enter
from workflows import verdicts
from workflows.figures import Figures
from workflows.presenting.quorum import quorum_of
from workflows.rulebook import Threshold, choice
from workflows.rulebook.words import at_least, portion, reached
from workflows.rules import quorum, scope
from workflows.stage import Stage

NATIONAL = "national-2026.toml"


@pytest.mark.parametrize(
    ("num", "den", "inclusive", "asked", "came"),
    [
        (1, 2, False, "过半数", "超过半数"),
        (1, 2, True, "半数以上", "达到半数以上"),
        (2, 3, True, "三分之二以上", "达到三分之二以上"),
        (2, 3, False, "超过三分之二", "超过三分之二"),
        (3, 4, True, "四分之三以上", "达到四分之三以上"),
    ],
)
def test_a_share_is_named_as_the_statutes_name_it(num, den, inclusive, asked, came):
    threshold = Threshold("eligible", num, den, inclusive)
    assert portion(threshold) == asked
    assert reached(threshold) + at_least(threshold) == came


@pytest.fixture
def let_ask(copy, monkeypatch) -> Iterator[Callable[..., None]]:
    """Let the law of the day ask for another share than it does."""

    def ask(key: str, share: str) -> None:
        key = f'"{key}"'
        stands = copy.passage(NATIONAL, key)
        asks = next(line for line in stands.splitlines() if line.startswith("value"))
        copy.edit_within(NATIONAL, key, asks, f"value = {{{share}}}")
        monkeypatch.setattr(choice, "BOOK", copy.load())
        forget()

    yield ask
    monkeypatch.undo()
    forget()


def forget() -> None:
    choice.named.cache_clear()
    choice._on.cache_clear()


THREE_QUARTERS = 'of = "eligible", num = 3, den = 4, inclusive = true'
TWO_FIFTHS = 'of = "eligible", num = 2, den = 5, inclusive = true'
MORE_THAN_THREE_FIFTHS = 'of = "present", num = 3, den = 5, inclusive = false'


def test_too_few_came(let_ask):
    let_ask("vm.quorum.person", THREE_QUARTERS)
    matter = put_to("villagers", "2026-06-01", of=100, in_person=70)
    refusal = quorum.quorum_present.judge(matter)
    assert "要有四分之三以上即 75 人到会" in refusal.sentence
    assert refusal.sentence == quorum_of(matter.question.sitting, came=True).sentence


def test_nothing_can_pass_any_more(let_ask):
    let_ask("mr.pass", THREE_QUARTERS)
    sitting = put_to("member_reps", "2026-06-01", of=40, in_person=29).question.sitting
    assert "决定事项须全体代表四分之三以上即 30 人同意" in (
        quorum_of(sitting, came=True).sentence
    )


def test_the_committee_acts_for_the_collective(let_ask):
    let_ask("mm.pass", THREE_QUARTERS)
    matter = put_to("reps", "2026-06-01", type="M13")
    matter.for_collective = True
    refusal = scope.body_is_competent.judge(matter)
    assert "仍应由全体成员四分之三以上同意" in refusal.sentence


@pytest.mark.parametrize(
    ("votes_for", "said"),
    [
        (10, "赞成 10 票，超过到会人员的五分之三（至少 10 票），通过。"),
        (9, "赞成未超过到会人员的五分之三（至少 10 票），未通过。"),
    ],
)
def test_the_verdict(world, let_ask, votes_for, said):
    let_ask("vr.quorum", THREE_QUARTERS)
    let_ask("vr.pass", MORE_THAN_THREE_FIFTHS)
    matter = world.matter_at(Stage.REVIEWED)
    counts = {"votes_for": votes_for, "against": 16 - votes_for}
    ballot = declared(world, matter, body="reps", **counts)
    verdict = verdicts.verdict(ballot)
    assert "到会 16 人，达到四分之三以上（至少 12 人）；" in verdict
    assert said in verdict


def test_what_was_held_on_paper_by_too_few(world, let_ask):
    let_ask("vr.quorum", THREE_QUARTERS)
    matter = world.matter_at(Stage.REVIEWED)
    sitting = enter(world, matter, body="reps", present=11)
    ballot = declare(world, sitting, matter, Figures.by_hands(11, 11, 0))
    assert ballot.flawed == ["quorum_present"]
    assert "未达到四分之三以上（至少 12 人）" in verdicts.verdict(ballot)


@pytest.mark.parametrize(
    ("share", "votes_for", "said"),
    [
        (THREE_QUARTERS, 7, "达到应到会人数的四分之三以上（至少 7 人），审议通过。"),
        (THREE_QUARTERS, 6, "未达到应到会人数 9 人的四分之三（至少 7 人），审议未通过"),
    ],
)
def test_the_party(world, let_ask, share, votes_for, said):
    let_ask("pm.pass", share)
    matter = world.matter_at(Stage.PROPOSED)
    counts = {"votes_for": votes_for, "against": 9 - votes_for}
    assert said in verdicts.verdict(declared(world, matter, body="party", **counts))


def test_what_is_only_pointed_out(world, let_ask):
    let_ask("vr.comp.women_share", TWO_FIFTHS)
    matter = world.matter_at(Stage.REVIEWED)
    world.hold(matter, "reps")
    said = found(matter)["vr_women_share"].sentence
    assert "妇女村民代表 6 人，少于五分之二（至少 7 人）" in said
