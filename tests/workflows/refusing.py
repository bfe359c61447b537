"""One situation for each way in which a rule can refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from audit import clock
from tests.workflows.refusing_sittings import of_scope, of_sittings
from tests.workflows.rules.rows import put_to
from tests.workflows.sitting_steps import convened, opened
from tests.world import World
from workflows.acts import disclosure, drafting, objection, supervision
from workflows.models import Acceptance, Authorisation, Matter
from workflows.rules import (
    Refusal,
    Shortfall,
    notice,
    readiness,
    scope,
    text,
)
from workflows.stage import Stage

Found = Iterator[Refusal | None]


def of_authorisation(world: World) -> Found:
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


def of_text(world: World) -> Found:
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


def of_notices(world: World) -> Found:
    rejected = world.matter_at(Stage.REJECTED)
    matter = world.matter_at(Stage.ANNOUNCED, type="M18")
    shown, seen = readiness.supervisors_reviewed, notice.shown_long_enough
    yield from (seen.judge(rejected), shown.judge(rejected))
    yield from (seen.judge(matter), shown.judge(matter))
    yield readiness.disclosures_complete.judge(matter)
    yield Refusal(readiness.documents_complete, papers_missing(matter))
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


def papers_missing(matter: Matter) -> Shortfall:
    """What is said where a county marks papers as required; none here does."""
    names = "、".join(str(paper.label) for paper in matter.missing_documents)
    return Shortfall(matter.rules_on(), "documents.required", "", {"names": names})


def of_the_end(world: World) -> Found:
    matter = world.matter_at(Stage.ADOPTED, type="M01a")
    yield readiness.approved_by_authority.judge(matter)
    world.do(matter, supervision.approve, world.clerk, outcome="refused")
    yield readiness.approved_by_authority.judge(matter)
    works = world.matter_at(Stage.UNDERWAY, type="M03")
    for people in (["李秀英"], ["钱有田"]):
        works.acceptance = Acceptance(works=True, people=people, supervisors=0)
        works.__dict__.pop("_judged", None)
        yield readiness.accepted_by_supervisors.judge(works)


def of_every_kind(world: World) -> dict[tuple[str, str], Refusal]:
    """By rule and case."""
    found = [*of_scope(), *of_sittings(), *of_authorisation(world)]
    supervision.authorise(world.village, actor=world.clerk, types=[], everything=True)
    found += [*of_text(world), *of_notices(world), *of_the_end(world)]
    assert None not in found
    return {(r.name, r.shortfall.case): r for r in found if r is not None}
