"""Sittings that must not be: of the wrong body, too late, too few, badly counted."""

from __future__ import annotations

from collections.abc import Iterator

from tests.workflows.rules.rows import put_to
from workflows.figures import Figures
from workflows.models import Matter
from workflows.rules import Refusal, Shortfall, count, notice, quorum, scope

Found = Iterator[Refusal | None]


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
    sitting = put_to("party", "2026-06-01").question.sitting
    for case in count.NOT_THIS_ONE:
        yield count.not_this_voter(sitting, case, "李秀英")
    for figures in (
        Figures(5, 6, 6, 5, 1, 0, 0),
        Figures(5, 4, 5, 3, 2, 0, 0),
        Figures(5, 6, 5, 3, 2, 0, 0),
        Figures(5, 5, 4, 3, 2, 0, 0),
    ):
        matter = put_to("reps", "2026-06-01")
        matter.question.figures = figures
        yield count.ballots_match_attendance.judge(matter)
    for method in ("hands", "secret"):
        matter = put_to("reps", "2026-06-01")
        matter.question.__dict__["tally"] = None
        matter.question.method = method
        yield count.count_witnessed.judge(matter)


def worded(matter: Matter) -> Refusal:
    """No law says how many must come, and yet the chair is told what it means."""
    sitting = matter.question.sitting
    said = Shortfall(
        sitting.rules,
        "mr.pass",
        quorum.quorum_case(sitting),
        quorum.refusal_facts(sitting),
    )
    return Refusal(quorum.quorum_present, said)
