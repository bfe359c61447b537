"""Whom a question may concern: named in the text, or close kin of who is.

A hint for whoever keeps the sitting; nobody is recused by a computer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from villages.models import Kinship, Resident

if TYPE_CHECKING:
    from villages.models import RosterEntry
    from workflows.models import Ballot

SHORTEST_NAME = 2  # one character is found in any text


@dataclass(frozen=True)
class Concerned:
    """Somebody of the roster, and what links them to the question."""

    entry: RosterEntry
    why: str


def concerned(ballot: Ballot, people: list[RosterEntry]) -> list[Concerned]:
    """Those of these people, in the order of the roster."""
    named = _named_in(ballot)
    members = {entry.resident_id for entry in people if entry.resident_id}
    whys = {pk: _("方案里写到本人") for pk in named} | _of_kin(named, members)
    return [
        Concerned(entry, whys[entry.resident_id])
        for entry in people
        if entry.resident_id in whys
    ]


def _named_in(ballot: Ballot) -> dict[int, str]:
    """Residents of the village whose names stand in what is put to the vote."""
    text = f"{ballot.matter.title}\n{ballot.matter.text.text}"
    found = (
        Resident.objects.filter(village=ballot.matter.village_id)
        .annotate(said=Value(text, output_field=TextField()), length=Length("name"))
        .filter(said__contains=F("name"), length__gte=SHORTEST_NAME)
    )
    return dict(found.values_list("pk", "name"))


def _of_kin(named: dict[int, str], members: set[int]) -> dict[int, str]:
    """What each member is to somebody the text names: `b` is that to `a`."""
    ties = Kinship.objects.filter(Q(a__in=named) | Q(b__in=named))
    whys = {}
    for tie in ties.order_by("-pk"):
        kind = tie.get_relation_display()
        if tie.a_id in named and tie.b_id in members:
            said = _("方案里写到的%(name)s的%(kind)s")
            whys[tie.b_id] = said % {"name": named[tie.a_id], "kind": kind}
        elif tie.b_id in named and tie.a_id in members:
            said = _("方案里写到的%(name)s是本人的%(kind)s")
            whys[tie.a_id] = said % {"name": named[tie.b_id], "kind": kind}
    return whys
