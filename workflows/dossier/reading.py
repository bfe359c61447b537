"""What index.html shows: the matter's page for officers, standing still."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit.models import Entry
from workflows.models import Document, Posting, SignedPage, Tally
from workflows.presenting import Reader, brought, chain_steps, held, timeline, versions
from workflows.presenting.timeline import Event

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from workflows.models import Ballot, Matter
    from workflows.presenting import Held

# Dossiers are for officers, whichever of them asks.
OFFICER = Reader(("clerk",), "")


@dataclass(frozen=True)
class Meeting:
    """A sitting as far as it was about the matter, and who came."""

    ballot: Ballot
    held: Held
    came: list[str]


@dataclass(frozen=True)
class Numbered:
    """What was done, and its number in the log."""

    number: int
    event: Event


def page_of(matter: Matter, entries: list[Entry]) -> dict[str, Any]:
    """The context of the pages in a dossier; nothing of it depends on today."""
    items = {item.code: item.label for item in matter.kind.disclosures}
    events = timeline(entries, for_officers=True, items=items)
    return {
        "matter": matter,
        "village": matter.village,
        "steps": chain_steps(matter, entries, OFFICER),
        "versions": versions(list(matter.texts.all())),
        "meetings": _meetings(matter),
        "resolutions": sorted(matter.resolutions.all(), key=lambda r: r.pk),
        "notices": sorted(matter.notices.all(), key=lambda n: n.pk),
        "standing": {notice.pk for notice in matter.standing_notices},
        "objections": brought(matter, OFFICER),
        "explanations": sorted(matter.explanations.all(), key=lambda e: e.pk),
        "events": [
            Numbered(entry.leaf.index, event)
            for entry, event in zip(entries, events, strict=True)
        ],
    }


def _meetings(matter: Matter) -> list[Meeting]:
    """In the order in which they were called."""
    ballots = sorted(matter.ballots.all(), key=lambda ballot: ballot.pk)
    found = held(matter, OFFICER)[::-1]
    return [
        Meeting(ballot, each, _came(ballot))
        for ballot, each in zip(ballots, found, strict=True)
    ]


def _came(ballot: Ballot) -> list[str]:
    """The names of those who came, where each was ticked."""
    rows = ballot.sitting.attendances.order_by("entry__number")
    return list(rows.values_list("entry__name", flat=True))


def listed(files: dict[str, FieldFile]) -> list[tuple[str, str]]:
    """Where each attachment lies, and what it is."""
    return [(place, _what(file)) for place, file in files.items()]


def _what(file: FieldFile) -> str:
    row: Any = file.instance
    if isinstance(row, Document):
        return row.name
    if isinstance(row, Posting):
        return _("张贴照片：%(title)s") % {"title": row.notice.title}
    if isinstance(row, SignedPage):
        return f"{row.sitting}　{row}"
    if isinstance(row, Tally):
        return f"{file.field.verbose_name}：{row.ballot.sitting}"
    return f"{file.field.verbose_name}：{row}"
