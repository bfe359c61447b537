"""Who leaves the room is not 到会 any more, and stays a member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from audit.rows import lines_of
from villages.models import RosterEntry
from workflows import permissions
from workflows.models import Attendance, Sitting

from . import BadInput, OutOfTurn, permit
from .sitting import nothing_open

if TYPE_CHECKING:
    from villages.models import User


@transaction.atomic
def leave(
    sitting: Sitting,
    entries: Sequence[RosterEntry] = (),
    *,
    actor: User,
    number: int = 0,
) -> Sitting:
    """These people left; of who came as a mere number, so many."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "leave")
    can_leave(sitting)
    gone = _gone(sitting, entries) if entries else _fewer(sitting, number)
    sitting.save(update_fields=["in_person", "online", "by_proxy", "strangers"])
    record(
        "sitting.left",
        sitting,
        by,
        wrote=[lines_of(Attendance, sitting.pk)] if entries else [],
        held_on=sitting.held_on,
        left=gone,
        present=sitting.present,
        who=[entry.name for entry in entries] or None,
    )
    return sitting


def can_leave(sitting: Sitting) -> None:
    """While the sitting goes on, and between two votes; raises OutOfTurn."""
    if sitting.paper or sitting.state != Sitting.State.HELD:
        raise OutOfTurn(None, "leave", _("会议没有在开，不能登记离会。"))
    nothing_open(sitting, "leave")


def _gone(sitting: Sitting, entries: Sequence[RosterEntry]) -> int:
    """Each of them was there until now."""
    there = sitting.attendances.filter(entry__in=entries, left_at=None)
    rows = list(there.select_related("entry"))
    if len(rows) != len({entry.pk for entry in entries}):
        raise BadInput(_("有人没有登记到会，或者已经登记离会。"), "people")
    for row in rows:  # how somebody came names the column that counts them
        setattr(sitting, row.how, getattr(sitting, row.how) - 1)
        sitting.strangers -= bool(row.entry.left_out)
        row.left_at = clock.now()
    Attendance.objects.bulk_update(rows, ["left_at"])
    return len(rows)


def _fewer(sitting: Sitting, number: int) -> int:
    if sitting.attendances.exists():
        raise BadInput(_("请选离会的人。"), "people")
    if not 0 < number <= sitting.in_person:
        why = _("离会的人数不对，现场有 %(n)s 人。") % {"n": sitting.in_person}
        raise BadInput(why, "number")
    sitting.in_person -= number
    return number
