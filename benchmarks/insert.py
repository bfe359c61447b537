"""Entries appended by record(), against a bare ORM insert of the same bytes.

Ours is what an act does at its end, one commit each: how its rows stand is read off
and sealed, the entry is written canonically, PostgreSQL reads its columns and its leaf
off its body, and lets it wait for its number.

The floor is given what came of that, as one text: the body, and of each sealed value
its path, salt and canonical JSON. It inserts that with create(), one commit each, into
a table of one column of text that computes, checks and refers to nothing. Both append
the same entries, in batches that alternate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from audit import clock
from audit.log import record
from audit.models import Commitment, Entry
from benchmarks.many import draft
from benchmarks.measure import Ratio, seconds
from benchmarks.village import Hamlet

BATCHES, ENTRIES = 40, 50
FLOOR = 0.7


@dataclass(frozen=True)
class Clerk:
    """Who acts, as acts hand it to record()."""

    place: str
    office: str = "clerk"
    person: str = "12:王文书"


def ratio(hamlet: Hamlet) -> Ratio:
    """Ours per second over the floor's; medians of interleaved batches."""
    append = _appending(hamlet)
    _commit_each([append] * ENTRIES)  # each statement was planned once
    ours, floor = [], []
    for _batch in range(BATCHES):
        before = _newest()
        ours.append(seconds(_commit_each, [append] * ENTRIES))
        floor.append(seconds(_commit_each, _inserting(before)))
    return Ratio.of("insert", floor, ours, FLOOR, per_batch=ENTRIES)


def _commit_each(acts: list[Callable[[], Any]]) -> None:
    for act in acts:
        with transaction.atomic():
            act()


def _appending(hamlet: Hamlet) -> Callable[[], Entry]:
    matter, clerk = draft(hamlet), Clerk(hamlet.village.slug)
    facts = {"from_stage": "reported", "stage": "archived"}
    today = clock.today()
    return lambda: record("matter.archived", matter, clerk, held_on=today, **facts)


def _newest() -> int:
    return Entry.objects.order_by("-id").values_list("id", flat=True)[0]


def _inserting(before: int) -> list[Callable[[], Any]]:
    """For each entry since then, an insert of all that was kept of it."""
    from benchmarks.bare.models import Line

    since = Entry.objects.filter(pk__gt=before).order_by("pk")
    return [_insert(each, Line) for each in since.prefetch_related("commitments")]


def _insert(entry: Entry, line: Any) -> Callable[[], Any]:
    text = entry.body + "".join(map(_sealed, entry.commitments.all()))
    return lambda: line.objects.create(text=text)


def _sealed(kept: Commitment) -> str:
    return f"{kept.path}{bytes(kept.salt).hex()}{kept.value}"
