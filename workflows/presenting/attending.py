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

    from workflows.models import Absence, Attendance, Ballot, Sitting


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
        said = said_of(came) if came else (why_absent(away) if away else "")
        state = "there" if here else "left" if came else "absent" if away else ""
        found.append(Member(person.key, person.label, state, said, drawn))
    return found


def said_of(came: Attendance) -> str:
    """When and how somebody signed in, and when they left."""
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


def why_absent(away: Absence) -> str:
    """The reason, in the words of the list and their own."""
    if not away.note:
        return str(away.get_reason_display())
    return _("%(reason)s：%(note)s") % {
        "reason": away.get_reason_display(),
        "note": away.note,
    }


@dataclass(frozen=True)
class Room:
    """Names: who is still missing, who is excused and why, who left, who listens."""

    missing: list[str]
    absent: list[str]
    left: list[str]
    observers: list[str]


def excuses(sitting: Sitting) -> dict[str, str]:
    """By the keys of those who are absent with a reason: the name, and why."""
    away = sitting.absences.select_related("entry").order_by("entry__number")
    return {a.entry.key: with_note(a.entry.name, why_absent(a)) for a in away}


def listeners(sitting: Sitting) -> list[str]:
    """Who has no vote and was entered as listening, and as what."""
    return [
        with_note(row.name, row.post or row.get_capacity_display())
        for row in sitting.observers.order_by("pk")
    ]


def with_note(name: str, note: object) -> str:
    """卫秀兰（上午9时40分）."""
    return _("%(name)s（%(note)s）") % {"name": name, "note": note}


def room(sitting: Sitting) -> Room:
    """Empty where people were counted and not named."""
    named = list(sitting.attendances.select_related("entry").order_by("entry__number"))
    came = {row.entry.key for row in named}
    excused = excuses(sitting)
    entitled = on_roster(sitting).entitled if named else ()
    others = [p.label for p in entitled if p.key not in came | excused.keys()]
    gone = [row for row in named if row.left_at]
    return Room(
        others,
        list(excused.values()),
        [with_note(row.entry.name, zh_clock(row.left_at)) for row in gone],
        listeners(sitting),
    )


def after_leaving(
    sitting: Sitting, inside: Room | None, ballots: Iterable[Ballot]
) -> str:
    """That too few are left for what comes, and that what was decided stands."""
    decided = sum(b.state == b.State.DECLARED for b in ballots)
    live = sitting.state == sitting.State.HELD
    if not (live and decided and inside and inside.left) or sitting.quorate:
        return ""
    return _(
        "%(names)s离会后，到会降为 %(n)s 人，本项不能表决；"
        "已表决的前 %(k)s 项仍然有效。"
    ) % {"names": "、".join(inside.left), "n": sitting.present, "k": decided}


def one_of(found: Iterable[Member], key: str) -> Member | None:
    return next((member for member in found if member.key == key), None)
