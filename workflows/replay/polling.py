"""Votes that people cast themselves, as a scenario tells them: by name, or how many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from villages.models import RosterEntry
from workflows.acts import BadInput, casting, leaving, tallying
from workflows.figures import Figures
from workflows.models import Ballot, Choice
from workflows.presenting.voters import in_the_room, may_vote

if TYPE_CHECKING:
    from villages.models import Resident, User
    from workflows.models import Recusal, Sitting

    from .grammar import Count

    Named = Callable[[str], Resident]
    Votes = Mapping[str, str]  # by name


def line_of(sitting: Sitting, person: Resident) -> RosterEntry | None:
    """Where they stand on the frozen roster."""
    return RosterEntry.objects.filter(roster=sitting.roster_id, resident=person).first()


def told_on_roster(sitting: Sitting, person: Resident) -> RosterEntry:
    """The same of who must stand there."""
    if line := line_of(sitting, person):
        return line
    raise BadInput(_("%(name)s不在本次会议的名册上。") % {"name": person})


def leave(sitting: Sitting, gone: int | list[str], named: Named, actor: User) -> None:
    """These, or so many: the last of those who came."""
    if isinstance(gone, list):
        people = [told_on_roster(sitting, named(name)) for name in gone]
        leaving.leave(sitting, people, actor=actor)
    else:
        last = list(in_the_room(sitting))[-gone:]
        leaving.leave(sitting, last, actor=actor, number=gone)


def recusal(
    ballot: Ballot, person: Resident, reason: str, actor: User
) -> Callable[[], Recusal]:
    """The act by which somebody does not vote, to be performed."""
    line = told_on_roster(ballot.sitting, person)
    return lambda: casting.recuse(ballot, line, actor=actor, reason=reason)


def cast_by_name(ballot: Ballot, votes: Votes, named: Named) -> None:
    """Each as it is said; who may not vote is refused as at a telephone."""
    for name, choice in votes.items():
        line = line_of(ballot.sitting, named(name))
        if line is None:
            casting.can_vote(ballot, None, name)
        else:
            casting.cast_line(ballot, line, choice)


def cast_so_many(ballot: Ballot, count: Count) -> None:
    """The first of those who may vote in favour, the next against; the rest do not."""
    voters = list(may_vote(ballot))
    choices = list(_choices(count))
    if len(choices) > len(voters):
        tallying.check(ballot, _as_figures(ballot, count))
        raise BadInput(
            _("%(n)s 人可以投票，写了 %(sum)s 票。")
            % {"n": len(voters), "sum": len(choices)}
        )
    for line, choice in zip(voters, choices, strict=False):
        casting.cast_line(ballot, line, choice)


def _choices(count: Count) -> Iterator[str]:
    yield from [Choice.FOR] * count.votes_for
    yield from [Choice.AGAINST] * count.against
    yield from [Choice.ABSTAIN] * (count.abstain or 0)


def _as_figures(ballot: Ballot, count: Count) -> Figures:
    return Figures.on_paper(
        ballot.sitting.present,
        votes_for=count.votes_for,
        against=count.against,
        abstain=count.abstain or 0,
        invalid=0,
    )
