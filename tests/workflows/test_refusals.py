"""Every way a rule can refuse has words, and the words get all their facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from audit import clock
from tests.workflows.rules.rows import put_to
from tests.workflows.sitting_steps import convened, opened
from workflows.acts import disclosure, drafting, objection, supervision
from workflows.figures import Figures
from workflows.models import Acceptance, Authorisation, Matter
from workflows.rules import Refusal, Rule, count, notice, quorum, readiness, scope, text
from workflows.stage import Stage

Found = Iterator[Refusal | None]


def every_rule() -> dict[str, Rule]:
    """All that stand before some step of the machine."""
    edges = Matter._meta.get_field("stage").get_all_transitions(Matter)
    return {rule.name: rule for edge in edges for rule in edge.conditions}


def of_scope() -> Found:
    for kind, body in (
        ("M13", "reps"),
        ("M13", "member_reps"),
        ("M02", "reps"),
        ("M04", "reps"),
        ("M15", "reps"),
        ("M23a", "reps"),
    ):
        yield scope.body_is_competent.judge(put_to(body, "2026-06-01", type=kind))
    group = put_to("reps", "2026-06-01", type="M27", chain_name="group")
    yield scope.body_is_competent.judge(group)
    collective = put_to("reps", "2026-06-01", type="M13")
    collective.for_collective = True
    yield scope.body_is_competent.judge(collective)
    for day in ("2025-06-01", "2026-06-01"):
        matter = put_to("reps", day)
        matter.guarantee = True
        yield scope.no_guarantee.judge(matter)


def of_sittings() -> Found:
    for body in ("villagers", "members", "reps"):
        yield notice.notice_given_in_time.judge(put_to(body, "2026-06-01"))
    for body, _verb in (b for b in quorum.SENTENCES.items() if b[0] != "households"):
        matter = put_to(body, "2026-06-01", of=45)
        yield quorum.quorum_present.judge(matter) or worded(matter)
    yield quorum.quorum_present.judge(
        put_to("villagers", "2026-06-01", mode="households", of=410)
    )
    matter = put_to("reps", "2026-06-01", strangers=1)
    yield count.voter_is_eligible.judge(matter)
    for figures in (
        Figures(5, 6, 6, 5, 1, 0, 0),
        Figures(5, 4, 5, 3, 2, 0, 0),
        Figures(5, 6, 5, 3, 2, 0, 0),
        Figures(5, 5, 4, 3, 2, 0, 0),
    ):
        matter = put_to("reps", "2026-06-01")
        matter.question.figures = figures
        yield count.ballots_match_attendance.judge(matter)
    matter = put_to("reps", "2026-06-01")
    matter.question.__dict__["tally"] = None
    yield count.count_witnessed.judge(matter)


def worded(matter: Matter) -> Refusal:
    """No law says how many must come, and yet the chair is told what it means."""
    sitting = matter.question.sitting
    said = quorum.Shortfall(
        sitting.rules,
        "mr.pass",
        quorum.quorum_case(sitting),
        quorum.quorum_facts(sitting),
    )
    return Refusal(quorum.quorum_present, said)


def of_authorisation(world) -> Found:
    given: list[dict[str, Any]] = [{}, {"types": ["M06"]}]
    given.append({"types": ["M05"], "until": clock.today() - timedelta(days=1)})
    for authorisation in given:
        Authorisation.objects.all().delete()
        if authorisation:
            since = clock.today() - timedelta(days=9)
            Authorisation.objects.create(
                village=world.village, since=since, **authorisation
            )
        matter = put_to("reps", clock.today().isoformat())
        matter.village = world.village
        yield scope.authorised.judge(matter)


def of_text(world) -> Found:
    matter = world.matter_at(Stage.REVIEWED)
    sitting = convened(world, matter, body="reps")
    given = {"text": "改为每天一百元。", "source": "村民"}
    world.do(matter, drafting.amend, world.clerk, **given)
    matter.question = sitting.ballots.get()
    yield text.text_unchanged.judge(matter)
    matter = world.matter_at(Stage.ADOPTED)
    matter.texts.create(
        version=2, change="amend", text="改了", hash="0" * 64, written_at=clock.now()
    )
    matter.text_version = 2
    yield text.text_unchanged.judge(matter)
    matter = world.matter_at(Stage.REVIEWED)
    opened(world, matter, body="reps")
    yield scope.withdraw_in_time.judge(matter)


def of_notices(world) -> Found:
    rejected = world.matter_at(Stage.REJECTED)
    matter = world.matter_at(Stage.ANNOUNCED, type="M18")
    shown, seen = readiness.supervisors_reviewed, notice.shown_long_enough
    yield from (seen.judge(rejected), shown.judge(rejected))
    yield from (seen.judge(matter), shown.judge(matter))
    yield readiness.disclosures_complete.judge(matter)
    yield readiness.documents_complete.judge(matter)
    paper = matter.standing_notices[0]
    given = {"of": paper, "name": "李秀英", "text": "少算了。"}
    lodged = world.do(matter, objection.object_to, world.clerk, **given)
    yield readiness.objections_answered.judge(matter)
    answer = {"outcome": "upheld", "remedy": "corrected_notice", "text": "属实。"}
    world.do(matter, objection.answer, world.director, of=lodged, **answer)
    yield readiness.objections_answered.judge(matter)
    audit = {"of": paper, "outcome": "rectify", "note": "金额不一致。"}
    world.do(matter, disclosure.audit_notice, world.supervisor1, **audit)
    world.do(matter, disclosure.post, world.clerk, of=paper)
    yield from (seen.judge(matter), shown.judge(matter))
    world.do(matter, disclosure.take_down, world.clerk, of=paper)
    yield seen.judge(matter)


def of_the_end(world) -> Found:
    matter = world.matter_at(Stage.ADOPTED, type="M01a")
    yield readiness.approved_by_authority.judge(matter)
    world.do(matter, supervision.approve, world.clerk, outcome="refused")
    yield readiness.approved_by_authority.judge(matter)
    works = world.matter_at(Stage.UNDERWAY, type="M03")
    for people in (["李秀英"], ["钱有田"]):
        works.acceptance = Acceptance(works=True, people=people, supervisors=0)
        works.__dict__.pop("_judged", None)
        yield readiness.accepted_by_supervisors.judge(works)


@pytest.fixture
def refusals(world) -> dict[tuple[str, str], Refusal]:
    """One of each, out of real situations."""
    found = [
        *of_scope(),
        *of_sittings(),
        *of_authorisation(world),
    ]
    supervision.authorise(world.village, actor=world.clerk, types=[], everything=True)
    found += [*of_text(world), *of_notices(world), *of_the_end(world)]
    for i, f in enumerate(found):
        print(i, f and (f.name, f.shortfall.case))
    assert None not in found
    return {(r.name, r.shortfall.case): r for r in found if r is not None}


def test_every_case_of_every_rule_says_what_is_missing_why_and_what_to_do(refusals):
    cases = {(n, case) for n, rule in every_rule().items() for case in rule.words}
    assert set(refusals) == cases
    for refusal in refusals.values():
        said = (refusal.title, refusal.sentence, refusal.because, refusal.todo)
        for words in said:
            assert words.strip()
            assert not {"%", "{", "None"} & {
                part for part in ("%", "{", "None") if part in words
            }
        assert refusal.sentence.endswith(("。", "更正公示。", "。"))
