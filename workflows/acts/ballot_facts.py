"""What the log says of a ballot: numbers, codes and hashes, never a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.log import sealed
from workflows.bodies import BODIES
from workflows.rules.majority import pass_key

from . import rule_facts

if TYPE_CHECKING:
    from workflows.models import Ballot, Sitting, Tally


def agenda_facts(ballot: Ballot) -> dict[str, str]:
    return {"matter": ballot.matter.subject, "sitting": ballot.sitting.subject}


def present_facts(sitting: Sitting) -> dict[str, Any]:
    """Who was entitled, by the frozen roster, and how many came."""
    assert sitting.roster is not None
    return {
        "roster_root": sitting.roster.root,
        "eligible": sitting.eligible,
        "present": sitting.present,
    }


def vote_facts(ballot: Ballot, tally: Tally) -> dict[str, Any]:
    """The counts as the log may show them: those of party and joint sealed.

    So are first counts that somebody is to count again without having seen them.
    """
    names = ("votes_for", "votes_against", "abstain", "invalid")
    facts: dict[str, Any] = {name: getattr(tally, name) for name in names}
    if ballot.waits_unseen or not BODIES[ballot.sitting.body].public:
        facts = {name: sealed(votes) for name, votes in facts.items()}
    return {"body": ballot.sitting.body, **facts}


def paper_facts(ballot: Ballot, tally: Tally) -> dict[str, Any]:
    return {
        "issued": tally.issued,
        "returned": tally.returned,
        "paper": ballot.sitting.paper,
    }


def sheet_facts(tally: Tally) -> dict[str, Any]:
    """The photographed sheet the counts were taken from, by its hash."""
    return {"sheet": tally.sheet_hash or None}


def deciding_facts(ballot: Ballot, tally: Tally) -> dict[str, Any]:
    """What the log says of a decision: who was entitled, the counts, the law."""
    sitting = ballot.sitting
    assert ballot.version is not None
    return {
        "ballot": ballot.subject,
        "sitting": sitting.subject,
        "mode": sitting.mode,
        "method": ballot.method,
        "quorum_key": sitting.quorum_key,
        "quorum_need": tally.quorum_need,
        "pass_key": pass_key(ballot),
        "need": tally.need,
        "passed": tally.passed,
        "text_hash": ballot.version.hash,
        "text_version": ballot.version.version,
        **rule_facts(sitting.rules),
        **present_facts(sitting),
        "present": tally.present,  # somebody may have left since
        **vote_facts(ballot, tally),
        **paper_facts(ballot, tally),
    }


def closing_facts(ballot: Ballot, tally: Tally) -> dict[str, Any]:
    """What the log says of votes that were cast: the same, and who held back.

    Of a secret ballot nothing tells who chose what; of a named one all is sealed.
    """
    facts = deciding_facts(ballot, tally)
    said = {name: facts[name] for name in facts if name not in ("ballot", "mode")}
    said |= agenda_facts(ballot) | {"recused": ballot.recusals.count()}
    if ballot.method == ballot.Method.NAMED:
        cast = ballot.participations.order_by("entry__number")
        votes = cast.values_list("entry__number", "entry__name", "choice")
        said["votes"] = [list(vote) for vote in votes]
    return said
