"""What does this person owe, and what may they do?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from villages.models import Office, Village
from workflows.models import Matter
from workflows.stage import CLOSED

from .alongside import approvals, bulletins, items
from .matters import matters
from .sittings import counts, sittings
from .todo import Todo, held_by
from .voting import votes
from .waiting import notices, objections, opinions, orders

if TYPE_CHECKING:
    from villages.models import User

__all__ = ["Todo", "followed", "open_to", "owed", "roles_in"]

LISTS = (
    votes,
    matters,
    notices,
    objections,
    opinions,
    orders,
    approvals,
    items,
    bulletins,
    sittings,
    counts,
)

VERBS = (
    "initiate",
    "announce",
    "begin",
    "accept",
    "done",
    "report_result",
    "archive",
    "disclose",
    "report",
    "approve",
    "amend",
    "erratum",
    "revise",
    "withdraw",
    "attach",
    "suggest",
    "advise",
    "order",
    "comply",
    "examine",
)


def owed(user: User) -> list[Todo]:
    """Everything this person owes now, what is most overdue first."""
    held = held_by(user)
    found = [todo for each in LISTS for todo in each(held, user)]
    return sorted(found, key=lambda todo: (-todo.late, todo.since or date.max))


def followed(user: User, limit: int = 20) -> list[Matter]:
    """The newest matters of the person's villages that are not closed."""
    return list(
        Matter.objects.filter(village__in=Village.objects.for_user(user))
        .exclude(stage__in=CLOSED)
        .select_related("village__division__parent")
        .prefetch_related("ballots__sitting")
        .order_by("-pk")[:limit]
    )


def open_to(matter: Matter, user: User) -> list[str]:
    """The verbs this person may perform on the matter now, by stage and office."""
    roles = set(roles_in(matter.village, user))
    return [
        verb
        for verb in VERBS
        if (edge := matter.edge(verb)) and roles & set(edge.permission.roles)
    ]


def roles_in(village: Village, user: User) -> list[str]:
    """The offices the person holds in or above this village today."""
    return [office.role for office in Office.objects.held_by(user).reaching(village)]
