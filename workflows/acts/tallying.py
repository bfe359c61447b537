"""Writing the counts of a ballot down, and who is said to have seen them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit import clock
from workflows.bodies import AMONG_THEMSELVES
from workflows.models import Ballot, Sitting, Tally
from workflows.rules.count import ballots_match_attendance
from workflows.rules.majority import votes_needed
from workflows.rules.quorum import quorum_present
from workflows.uploads import sha256_of

from . import BadInput, Refused

if TYPE_CHECKING:
    from villages.models import User
    from workflows.figures import Figures
    from workflows.rules import Refusal

State = Ballot.State


@dataclass(frozen=True)
class Helpers:
    """Who read the slips out, and who counted them."""

    caller: str = ""
    teller: str = ""

    def do_not_witness(self, name: str) -> None:
        """Raises BadInput where this one of them is said to have watched as well."""
        if name.strip() and name.strip() in (self.caller, self.teller):
            why = _("唱票人、计票人不能兼监票人，请另一人核对。")
            raise BadInput(why, "witness_name")


def enter(  # noqa: PLR0913
    ballot: Ballot,
    figures: Figures,
    actor: User,
    witness_name: str = "",
    sheet: Any = None,
    *,
    supersedes: Tally | None = None,
    reason: str = "",
    helpers: Helpers = Helpers(),  # noqa: B008 (frozen)
) -> Tally:
    """Write the counts down; raises Refused where they do not close."""
    check(ballot, figures, again=supersedes is not None)
    not_the_same(witness_name, ballot.sitting.chair, actor)
    helpers.do_not_witness(witness_name)
    outcome = _outcome(ballot, figures, supersedes)
    if supersedes is None:
        ballot.tallies.all().delete()
    tally = Tally.objects.create(
        ballot=ballot,
        supersedes=supersedes,
        entered_by=actor,
        reason=reason,
        caller_name=helpers.caller,
        teller_name=helpers.teller,
        counted_at=clock.now(),
        **outcome,
        **_signed(ballot, witness_name, sheet, corrects=supersedes is not None),
    )
    ballot.__dict__.pop("tally", None)
    ballot.state = State.WITNESSED if tally.witnessed else State.COUNTED
    ballot.save(update_fields=["state"])
    return tally


def _outcome(
    ballot: Ballot, figures: Figures, corrected: Tally | None
) -> dict[str, Any]:
    """The counts, out of how many they are, and what they come to.

    Who has left since a count that is corrected was there when it was voted.
    """
    sitting = ballot.sitting
    present = corrected.present if corrected else sitting.present
    need = votes_needed(ballot, present)
    return {
        "eligible": sitting.eligible,
        "present": present,
        "issued": figures.issued,
        "returned": figures.returned,
        "votes_for": figures.votes_for,
        "votes_against": figures.against,
        "abstain": figures.abstain,
        "invalid": figures.invalid,
        "quorum_need": sitting.quorum_need,
        "need": need,
        "passed": figures.votes_for >= need,
    }


def _signed(
    ballot: Ballot, witness_name: str, sheet: Any, *, corrects: bool
) -> dict[str, Any]:
    """Who is said to have seen the counts, and the sheet they signed.

    While the sitting goes on a name counts with the sheet that bears it. What was held
    on paper is taken as it was and pointed out; a correction is made by two people.
    """
    who = witness_name.strip()
    counts = bool(who and (sheet or ballot.sitting.paper or corrects))
    return {
        "witness_name": who,
        "witnessed_at": clock.now() if counts else None,
        "sheet": sheet or "",
        "sheet_hash": sha256_of(sheet),
    }


def not_the_same(witness: str, chair: str, actor: User) -> None:
    """Whoever is named as witness neither enters the counts nor chairs."""
    who = witness.strip()
    if who and who == str(actor):
        why = _("票数由%(name)s录入，须另一人核对。") % {"name": who}
        raise BadInput(why, "witness_name")
    if who and who == chair.strip():
        raise BadInput(_("主持人不能兼监票人，请另一人核对。"), "witness_name")


def check(ballot: Ballot, figures: Figures, *, again: bool = False) -> None:
    """Sums that do not close are refused, live and on paper; of too few only live."""
    ballot.figures = figures
    found: list[Refusal] = []
    live = not (again or ballot.sitting.paper)
    if live and (short := quorum_present.refusal(ballot.matter)):
        found.append(short)
    if mismatch := ballots_match_attendance.judge(ballot.matter):
        found.append(mismatch)
    if found:
        raise Refused(found)


def not_of_the_body(sitting: Sitting, **who: Any) -> bool:
    """Whether the body counts among itself, and this is none of its voters."""
    if sitting.body not in AMONG_THEMSELVES or sitting.roster is None:
        return False
    return not sitting.roster.entries.entitled().filter(**who).exists()
