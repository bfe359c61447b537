"""Lines of lists: a matter, a duty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows.templatetags.stages import zh_date

from .words import matter_url, waits_for

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from workflows.models import Matter
    from workflows.worklist import Todo


@dataclass(frozen=True)
class MatterRow:
    """A matter as _matter_row.html shows it."""

    url: str
    title: str
    number: str
    stage: str
    stage_label: str
    next: str
    type_label: str
    amount: Decimal | None
    updated_on: date
    village_name: str = ""


@dataclass(frozen=True)
class TodoRow:
    """A duty as _todo_row.html shows it."""

    url: str
    duty: str
    title: str
    since: date | None
    due: str
    overdue_days: int
    village_name: str = ""
    missing: list[str] = field(default_factory=list)


def matter_row(matter: Matter, *, with_village: bool = False) -> MatterRow:
    """Wants ballots with their sittings and notices fetched beforehand."""
    return MatterRow(
        url=matter_url(matter),
        title=matter.title,
        number=_("第%(number)s号") % {"number": matter.number},
        stage=matter.stage,
        stage_label=matter.stage_label,
        next=waits_for(matter),
        type_label=matter.kind.label,
        amount=matter.amount,
        updated_on=matter.stage_since,
        village_name=matter.village.name if with_village else "",
    )


def todo_row(todo: Todo, *, with_village: bool = False) -> TodoRow:
    """The last day as a sentence, and how far it is gone by."""
    return TodoRow(
        url=todo.url,
        duty=todo.sentence,
        title=todo.title,
        since=todo.since,
        due=_("%(due)s前") % {"due": zh_date(todo.due)} if todo.due else "",
        overdue_days=todo.late,
        village_name=todo.village_name if with_village else "",
        missing=list(todo.missing),
    )
