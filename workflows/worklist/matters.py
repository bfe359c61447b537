"""The duty of a matter's stage, for those who are reminded of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from workflows import rulebook
from workflows.bodies import BODIES
from workflows.models import Ballot, Matter, Sitting
from workflows.stage import Stage

from .todo import LIMIT, SENTENCES, Held, Todo, matter_url

if TYPE_CHECKING:
    from villages.models import User


@lru_cache
def _waiting_for(verb: str) -> Q:
    """Matters whose own chain says that this verb leaves their stage."""
    asked = Q(pk=None)
    for chain in rulebook.CHAINS.values():
        for stage in chain.stages:
            if chain.next_verb(stage) == ("accept" if verb == "done" else verb):
                asked |= Q(chain_name=chain.name, stage=stage)
    if verb in ("accept", "done"):
        works = [code for code, kind in rulebook.CATALOGUE.items() if kind.works]
        asked &= Q(type__in=works) if verb == "accept" else ~Q(type__in=works)
    if verb == "archive":
        asked |= Q(stage=Stage.REJECTED, notices__isnull=False)
    if verb == "reject":
        asked = Q(stage=Stage.REJECTED, notices__isnull=True)
    return asked


# Who is reminded first; who else may act finds the matter in the list.
REMINDED = {
    "initiate": ("secretary",),
    "propose": ("clerk", "director"),
    "review": ("recorder", "secretary"),
    "adopt": ("clerk", "director", "group_leader", "board_chair"),
    "announce": ("clerk",),
    "reject": ("clerk",),
    "begin": ("director", "deputy_director"),
    "accept": ("supervisor",),
    "done": ("director",),
    "report_result": ("clerk",),
    "archive": ("clerk",),
}


def matters(held: Held, user: User) -> list[Todo]:
    """The duty of the stage, for those who are reminded of it."""
    asked = Q(pk=None)
    for verb, roles in REMINDED.items():
        if villages := held.where(roles):
            asked |= Q(village__in=villages) & _waiting_for(verb)
    rows = (
        Matter.objects.filter(asked)
        .select_related("village__division__parent")
        .prefetch_related(
            "notices__postings",
            "notices__audits",
            "objections",
            "documents",
            "approvals",
            "ballots__sitting",
            "resolutions__ballot__sitting",
        )
        .distinct()
        .order_by("stage_since", "pk")[:LIMIT]
    )
    return [_duty(matter) for matter in rows if not _is_called(matter)]


def _is_called(matter: Matter) -> bool:
    """Whether the sitting it waits for is called already, and is a duty of its own."""
    return any(
        ballot.sitting.state in (Sitting.State.CONVENED, Sitting.State.HELD)
        and matter.chain.step_for_body(ballot.sitting.body, matter.stage)
        for ballot in matter.ballots.all()
        if ballot.state not in (Ballot.State.DECLARED, Ballot.State.VOIDED)
    )


def _duty(matter: Matter) -> Todo:
    verb = matter.owed or ""
    if matter.stage == Stage.REJECTED and not matter.standing_notices:
        verb = "reject"
    unmet = matter.unmet(verb) if verb in ("begin", "archive") else []
    # Where the branch put it forward, the two committees confer.
    confers = verb == "propose" and matter.stage == Stage.INITIATED
    sentence = str(SENTENCES["confer" if confers else verb])
    if unmet and verb == "begin":
        sentence = _("组织实施前还有事要办")
    return Todo(
        sentence % {"body": BODIES[matter.deciding_body].short},
        matter.title,
        matter_url(matter),
        matter.village.name,
        since=matter.stage_since,
        missing=[refusal.title for refusal in unmet],
    )
