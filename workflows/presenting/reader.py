"""Who reads a page, and how much of it is shown to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from villages.models import Office
from villages.offices import offices_of
from workflows.bodies import Body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from villages.models import User, Village
    from workflows.models import Matter, Sitting

Role = Office.Role
# They read along; what only officers see is not for them.
READ_ALONG = frozenset({Role.PARTY, Role.REP, Role.GROUP_LEADER})


@dataclass(frozen=True)
class Reader:
    """The offices in which somebody reads a page."""

    roles: tuple[str, ...]
    label: str

    @classmethod
    def of(cls, user: User, village: Village | None = None) -> Reader:
        """In one village, or over everything where there is none."""
        held = (
            offices_of(user, village)
            if village is not None
            else list(Office.objects.held_by(user))
        )
        labels = dict.fromkeys(str(office) for office in held)
        return cls(tuple(office.role for office in held), "、".join(labels))

    @property
    def officer(self) -> bool:
        """Whether names, opened facts and findings are for this reader."""
        return bool(set(self.roles) - READ_ALONG)

    def sees_votes(self, body: Body) -> bool:
        """For and against of party and joint are for officers alone."""
        return body.public or self.officer

    def may(self, matter: Matter, *verbs: str) -> list[str]:
        """Which of these verbs stage and office allow now."""
        allowed = ((verb, matter.edge(verb)) for verb in verbs)
        return [v for v, edge in allowed if edge and self.holds(edge.permission.roles)]

    def keeps(self, sitting: Sitting) -> bool:
        """Whether sittings of that body are this reader's to keep."""
        return self.holds(sitting.words.operated_by)

    def holds(self, roles: Iterable[str]) -> bool:
        return bool(set(roles).intersection(self.roles))


def frame(user: Any, village: Village | None = None) -> dict[str, Any]:
    """What base.html says of reader and village: whose village, in which office."""
    reader = Reader.of(user, village)
    return {
        "reader": reader,
        "village": village,
        "office_label": reader.label,
        "board_url": f"/villages/{village.slug}/" if village else None,
    }
