"""Which step of its chain a ballot is, and whether the matter waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.bodies import BODIES
from workflows.rulebook.vocabulary import COMPETENT

if TYPE_CHECKING:
    from workflows.models import Ballot


def verb_of(ballot: Ballot) -> str:
    """What a yes of this sitting does to the matter, as its chain has it."""
    matter, body = ballot.matter, ballot.sitting.body
    step = matter.chain.step(matter.chain.next_verb(matter.stage) or "")
    if step is not None and step.body == body:
        return str(step.verb)
    return BODIES[body].verb


def in_its_place(ballot: Ballot) -> bool:
    """Whether the matter waits for just this body, where its chain names one."""
    chain, body = ballot.matter.chain, ballot.sitting.body
    step = chain.step(chain.next_verb(ballot.matter.stage) or "")
    if step is not None and step.body not in (COMPETENT, body):
        return False
    return ballot.matter.in_turn(verb_of(ballot))
