"""Who of those entitled is there, since when and by which sign; who is not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows import strokes
from workflows.templatetags.stages import zh_clock

from .people import on_roster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workflows.models import Absence, Attendance, Sitting


@dataclass(frozen=True)
class Member:
    """One person of the roster, at the door."""

    key: str
    label: str
    state: str = ""  # there, left or absent; empty where nobody knows yet
    said: str = ""  # when and how they signed in, and left; or why they are absent
    drawn: str = ""  # their signature, as the path of an SVG

    @property
    def there(self) -> bool:
        return self.state == "there"


def members(sitting: Sitting) -> list[Member]:
    """All who are entitled, in the order of the roster."""
    there = {row.entry.key: row for row in sitting.attendances.select_related("entry")}
    absent = {row.entry.key: row for row in sitting.absences.select_related("entry")}
    signed = {row.entry_id: row.strokes for row in sitting.signatures.all()}
    found = []
    for person in on_roster(sitting).entitled:
        came, away = there.get(person.key), absent.get(person.key)
        here = came is not None and came.left_at is None
        drawn = strokes.path(signed.get(came.entry_id, "")) if came else ""
        said = _said_of(came) if came else (_why(away) if away else "")
        state = "there" if here else "left" if came else "absent" if away else ""
        found.append(Member(person.key, person.label, state, said, drawn))
    return found


def _said_of(came: Attendance) -> str:
    how = str(came.get_signed_display())
    if came.how != came.How.IN_PERSON:
        how = str(came.get_how_display())
    if came.came_at is None:
        return how
    said = _("%(when)s　%(how)s") % {"when": zh_clock(came.came_at), "how": how}
    if came.left_at is None:
        return said
    left = _("%(when)s离会") % {"when": zh_clock(came.left_at)}
    return f"{said}，{left}"


def _why(away: Absence) -> str:
    if not away.note:
        return str(away.get_reason_display())
    return _("%(reason)s：%(note)s") % {
        "reason": away.get_reason_display(),
        "note": away.note,
    }


def one_of(found: Iterable[Member], key: str) -> Member | None:
    return next((member for member in found if member.key == key), None)
