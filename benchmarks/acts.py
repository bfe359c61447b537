"""The stage-moving acts of a matter of 四项程序 through the whole stack.

Act, duty and entry, in process, one commit each, against as many bare transitions of
viewflow and django-fsm-2. What prepares an act (sitting, count, posting) is not timed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from audit import clock
from benchmarks.measure import Ratio, seconds
from benchmarks.village import Hamlet
from workflows import flows
from workflows.acts import ballot, decision, disclosure, drafting, implementation
from workflows.acts import sitting as sittings
from workflows.figures import Figures
from workflows.models import Ballot, Matter

BATCHES, MATTERS = 40, 1
FLOOR = 0.5
WITNESS = {"joint": "secretary"}  # one of the committees themselves
Step = tuple[Matter, str, Callable[[], Any], Any]


def ratio(hamlet: Hamlet) -> Ratio:
    """Ours per second over bare per second; medians of interleaved batches."""
    ours, bare = [], []
    for _batch in range(BATCHES):
        ours.append(sum(_timed(hamlet) for _matter in range(MATTERS)))
        bare.append(sum(_timed_bare(hamlet) for _matter in range(MATTERS)))
    return Ratio.of("acts", bare, ours, FLOOR, per_batch=MATTERS * 8)


def _timed(hamlet: Hamlet) -> float:
    total = 0.0
    for matter, verb, act, who in moves(hamlet):
        total += seconds(flows.perform, matter, verb, act, actor=who)
    return total


def moves(hamlet: Hamlet) -> Iterator[Step]:
    """Each act that moves the stage, when everything for it is ready."""
    people = hamlet.users
    content = drafting.Draft(type="M05", title="误工补贴", text="每日 80 元。")
    clerk, director = people["clerk"], people["director"]
    matter = flows.draft(lambda: drafting.draft(hamlet.village, content, actor=clerk))
    for body, keeper in (("joint", clerk), ("party", people["recorder"])):
        yield _vote(hamlet, matter, body, keeper)
    yield _vote(hamlet, matter, "reps", clerk)
    yield matter, "announce", lambda: disclosure.announce(matter, actor=clerk), clerk
    _show(hamlet, matter)
    yield (
        matter,
        "begin",
        lambda: implementation.begin(matter, actor=director),
        director,
    )
    yield matter, "done", lambda: implementation.done(matter, actor=director), director
    yield (
        matter,
        "report_result",
        lambda: disclosure.report_result(matter, actor=clerk),
        clerk,
    )
    _show(hamlet, matter)
    yield matter, "archive", lambda: implementation.archive(matter, actor=clerk), clerk


def _vote(hamlet: Hamlet, matter: Matter, body: str, keeper: Any) -> Step:
    """A sitting of that body, counted and witnessed; the declaration is the act."""
    call = sittings.Call(
        body=body,
        held_at=clock.now() + timedelta(seconds=1),
        noticed_at=clock.now() - timedelta(days=5),
        matters=[matter],
        chair="支书",
    )
    sitting = sittings.convene(hamlet.village, call, actor=keeper)
    sittings.attend(sitting, sittings.Came(in_person=hamlet.sizes[body]), actor=keeper)
    put: Ballot = sitting.ballots.get()
    put.matter = matter
    ballot.open_ballot(put, actor=keeper)
    figures = Figures.by_hands(hamlet.sizes[body], hamlet.sizes[body], 0)
    ballot.count(put, figures, actor=keeper)
    ballot.witness(put, actor=hamlet.users[WITNESS.get(body, "party01")])
    return matter, "declare", lambda: decision.declare(put, actor=keeper), keeper


def _show(hamlet: Hamlet, matter: Matter) -> None:
    """Post and audit the newest notice, and let sixteen days pass."""
    notice = matter.notices.first()
    assert notice is not None
    disclosure.post(notice, actor=hamlet.users["clerk"])
    disclosure.audit_notice(notice, actor=hamlet.users["supervisor1"], outcome="pass")
    clock.move(clock.now() + timedelta(days=16))


def _timed_bare(hamlet: Hamlet) -> float:
    from benchmarks.bare.flows import BareFlow, move
    from benchmarks.bare.models import STATES, Paper

    paper = Paper.objects.create()
    run = BareFlow.open.run(paper=paper)
    user = hamlet.users["clerk"]
    return sum(seconds(move, run, state, user) for state in STATES[1:])
